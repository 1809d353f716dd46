import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { fileURLToPath } from 'node:url';

const executablePath = process.env.CHROME_PATH;

/** Element tests in a real browser; Node tests run apart. `CHROME_PATH` names a Chromium that is not found by itself. */
export default {
  files: 'test/elements/**/*.test.ts',
  nodeResolve: { exportConditions: ['production', 'browser', 'default'] },
  // A page in the background has neither focus nor frames.
  concurrency: 1,
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) }),
  ],
  browsers: [
    chromeLauncher({
      launchOptions: {
        ...(executablePath ? { executablePath } : {}),
        // The sandbox cannot be used as root, which is what containers run as.
        args: [
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          '--disable-background-networking',
          '--disable-component-update',
          '--no-first-run',
        ],
      },
    }),
  ],
  // Said on purpose, by the test of a page without a relay.
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('[relay-not-found]'),
  testFramework: { config: { timeout: 20_000 } },
};
