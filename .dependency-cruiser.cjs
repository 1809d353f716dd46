/**
 * The borders between the rooms of `src/`, each as a sentence. Type imports count like any other, unless a rule says
 * otherwise. `npm run borders` checks the sources against them, and then that trespassers are caught.
 */

/** From a room, nothing of ours may be imported but the rooms named. */
const mayImportOnly = (name, room, others, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...others].join('|')})/` },
});

/** From these rooms, no package may be imported but those named. */
const mayUseOnly = (name, rooms, packages, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: `^src/(${rooms.join('|')})/` },
  to: { path: 'node_modules/', pathNot: `node_modules/(${packages.join('|')})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    mayImportOnly('protocol-stands-alone', 'protocol', [], 'The wire contract is what both sides agree on, so it knows neither.'),
    mayImportOnly('platform-stands-alone', 'platform', [], 'What we know of the platform holds whoever asks: it knows no relay and no widget.'),
    mayImportOnly('styles-stand-alone', 'styles', [], 'Tokens and base styles are used by elements and know none.'),
    mayImportOnly('dictionaries-stand-alone', 'i18n', [], 'A dictionary is data: a page may load one without loading the chat.'),
    mayImportOnly('the-relay-joins-protocol-and-platform', 'relay', ['protocol', 'platform'], 'The relay translates between two contracts. Store, clock and log come to it through its ports.'),
    mayImportOnly('adapters-fill-the-relays-ports', 'adapters', ['relay', 'protocol'], 'An adapter knows a runtime and the port that it fills; never the platform.'),
    mayImportOnly('the-client-knows-only-the-protocol', 'client', ['protocol'], 'The headless client must run without our face, and never meets the platform.'),
    mayImportOnly('elements-are-the-face-of-the-client', 'elements', ['client', 'protocol', 'styles', 'i18n'], 'The face draws what the client says.'),
    mayImportOnly('the-emulator-knows-only-the-platform', 'emulator', ['platform'], 'An emulator that shared code with the relay would agree with its mistakes.'),
    mayImportOnly('the-cli-joins-the-servers', 'cli', ['relay', 'adapters', 'emulator', 'protocol', 'platform'], 'The command line starts servers; it draws nothing.'),
    {
      name: 'the-browser-never-sees-platform',
      severity: 'error',
      comment: 'Credentials and the API of the platform stay on the server, however long the chain of imports.',
      from: { path: '^src/(client|elements|styles|i18n)/' },
      to: { path: '^src/(platform|relay|adapters|emulator|cli)/', reachable: true },
    },
    {
      name: 'leaf-elements-never-see-the-client',
      severity: 'error',
      comment:
        'A leaf is given data and tells what happened; only the late half of <ccai-chat>, its session, talks to the client. Types, errors and what is read from a state are data.',
      from: { path: '^src/elements/', pathNot: '^src/elements/session\\.ts$' },
      to: { path: '^src/client/', pathNot: '^src/client/(selectors|presentation|chat-error)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-emulator-takes-only-schemas',
      severity: 'error',
      comment: "The emulator must not check itself with the relay's own client or signature code.",
      from: { path: '^src/emulator/' },
      to: { path: '^src/platform/', pathNot: '^src/platform/[a-z-]*schemas?\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-adapters-and-cli-know-node',
      severity: 'error',
      comment: 'Everything else runs on any runtime with fetch and Web Crypto, or in a browser.',
      from: { path: '^src/', pathNot: '^src/(adapters|cli)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'zod-only-mini',
      severity: 'error',
      comment: 'The full zod would cost every visitor 17 kB.',
      from: { path: '^src/' },
      to: { path: 'node_modules/zod/', pathNot: 'node_modules/zod/mini/' },
    },
    mayUseOnly('the-client-is-light', ['protocol', 'client'], ['zod', 'nanoevents', 'eventsource-parser'], 'Each package here is downloaded by every visitor.'),
    mayUseOnly('the-face-is-light', ['elements', 'styles', 'i18n'], ['lit', 'zod', 'marked'], 'Each package here is downloaded by every visitor.'),
    mayUseOnly('servers-run-anywhere', ['platform', 'relay', 'emulator'], ['zod', 'hono', 'jose', 'nanoevents', 'yaml'], 'A package that needs Node belongs to adapters.'),
    {
      name: 'nothing-imports-demo-or-test',
      severity: 'error',
      comment: 'The package must work without them.',
      from: { path: '^src/' },
      to: { path: '^(demo|test)/' },
    },
    {
      name: 'what-ships-needs-only-what-it-declares',
      severity: 'error',
      comment: 'A development dependency, or a package that merely happens to be installed, is missing at the customer.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere would slip through every other rule.',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A module must be understandable before those that use it. Types may look back.',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-module-is-alone',
      severity: 'error',
      comment: 'A module that neither imports nor is imported is forgotten work; vite.config.ts puts small-zod in the place of zod.',
      from: { path: '^src/', orphan: true, pathNot: '^src/(i18n/|protocol/small-zod\\.ts$)' },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
