import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { minify, type MinifyOptions } from 'terser';
import { defineConfig, type InlineConfig, type Plugin, type UserConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

const config = {
  root,
  base: './',
  publicDir: false,
  // Spelled out, or a NODE_ENV in somebody's shell would bring Lit's development build to every visitor.
  resolve: { conditions: ['production', 'browser', 'module', 'default'] },
  plugins: [readWithLess(), minifyTemplates(), minifyAgain(), listIntegrity()],
  build: {
    outDir: 'dist/cdn',
    target: 'es2022',
    sourcemap: false,
    license: { fileName: 'licenses.md' },
    // A library build: Vite then leaves dynamic imports alone instead of adding <link> elements to the host's page.
    lib: { entry: 'src/elements/index.ts', formats: ['es'] },
    rolldownOptions: {
      // To minify twice takes its time, and is meant to.
      checks: { bundlerTimings: false },
      // What entry and lazy chunks share stays in the entry: the launcher is there after one request, not two in a row.
      preserveEntrySignatures: 'allow-extension',
      output: {
        // A library build keeps white space unless told otherwise.
        minify: true,
        // Notes to bundlers mean nothing to a browser; the licences are in licenses.md.
        comments: false,
        entryFileNames: 'ccai-chat.js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name][extname]',
      },
    },
  },
} satisfies UserConfig;

/**
 * The script-tag build, for Vite's `build()`: `src/elements/index.ts` -> `dist/cdn/ccai-chat.js`, an ES module, plus
 * lazy chunks beside it (`<name>-<hash>.js`) and `integrity.json`. The demo and the size gate build it in memory.
 */
export const widgetBuild = { ...config, configFile: false } satisfies InlineConfig;

export default defineConfig(config);

/** Reads the wire with `src/protocol/small-zod.ts`: what a browser receives, without the forms of what only a relay reads. */
function readWithLess(): Plugin {
  const nothing = '\0nothing';
  return {
    name: 'read-with-less',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^(zod\/mini|\.\/requests\.js)$/ },
      handler: (id) => (id === 'zod/mini' ? `${root}src/protocol/small-zod.ts` : nothing),
    },
    load: { filter: { id: /^\0nothing$/ }, handler: () => 'export {};' },
  };
}

/** Takes white space out of `css` and `html` templates, which the minifier must leave alone because it sees mere strings. */
function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    transform: {
      // After the types are gone: what is left can be parsed.
      order: 'post',
      filter: { id: /\/src\/(elements|styles)\/.*\.ts$/ },
      handler(code) {
        const edits: { start: number; end: number; text: string }[] = [];
        visit(this.parse(code), (tag, { start, end }) => {
          const text = code.slice(start, end);
          edits.push({ start, end, text: tag === 'css' ? minifyStyle(text) : text.replaceAll(/\s*\n\s*/g, ' ') });
        });
        // Templates stand within templates: only from the last place to the first one do the places stay true.
        edits.sort((one, other) => one.start - other.start);
        return edits.reduceRight((out, { start, end, text }) => out.slice(0, start) + text + out.slice(end), code);
      },
    },
  };
}

type Quasi = { readonly start: number; readonly end: number };

/** Calls back for each piece of text in a `css` or `html` template. */
function visit(node: unknown, onText: (tag: string, quasi: Quasi) => void): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, tag, quasi } = node as { type?: string; tag?: { name?: string }; quasi?: { quasis: Quasi[] } };
  if (type === 'TaggedTemplateExpression' && (tag?.name === 'css' || tag?.name === 'html')) {
    for (const text of quasi?.quasis ?? []) onText(tag.name, text);
  }
  for (const child of Object.values(node)) visit(child, onText);
}

function minifyStyle(style: string): string {
  return style
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}')
    .trim();
}

/** Nothing that is true only of some code: no assumption about getters, parameters or functions. */
const again: MinifyOptions = { module: true, ecma: 2020, compress: { passes: 2 } };

/** Terser finds some hundred bytes more than the bundler's own minifier, in what that one has already made small. */
function minifyAgain(): Plugin {
  return {
    name: 'minify-again',
    generateBundle: {
      // What it changes is what `integrity.json` then counts.
      order: 'pre',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          file.code = (await minify(file.code, again)).code ?? file.code;
        }
      },
    },
  };
}

/** Adds `integrity.json` to a build: file name -> `sha384-<base64>`, as a `<script integrity>` takes it. */
function listIntegrity(): Plugin {
  return {
    name: 'list-integrity',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const entries = chunks.map(({ fileName, code }) => {
          return [fileName, `sha384-${createHash('sha384').update(code).digest('base64')}`] as const;
        });
        const source = `${JSON.stringify(Object.fromEntries(entries.sort()), null, 2)}\n`;
        this.emitFile({ type: 'asset', fileName: 'integrity.json', source });
      },
    },
  };
}
