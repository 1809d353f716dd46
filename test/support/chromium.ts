import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const macApplications = ['Chromium', 'Google Chrome', 'Microsoft Edge'];

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Path of a Chromium-like browser on this machine, or undefined. `CHROME_PATH` wins; throws where it names no file,
 * because silently taking another browser would hide the mistake.
 */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROME_PATH'];
  if (!chosen) return usualPlaces().find((path) => existsSync(path));
  if (existsSync(chosen)) return chosen;
  throw new Error(`CHROME_PATH is ${chosen}, and there is no file of that name.`);
}

/**
 * Like {@link findChromium}, but installs Debian's package where there is none, apt-get exists and this is root.
 * Elsewhere throws one sentence that says what to install.
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath('apt-get').some((path) => existsSync(path))) installDebianPackage();
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'No Chromium was found: install Chromium, Chrome or Edge (Debian: apt-get install chromium), or point CHROME_PATH to one.',
  );
}

/** What every launch of the browser needs here: Chromium refuses its sandbox to root, as in most containers. */
export function chromiumArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function installDebianPackage(): void {
  console.log('No Chromium was found; installing the Debian package "chromium" with apt-get.');
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  } catch (error) {
    throw new Error('apt-get could not install chromium; install a browser by hand or point CHROME_PATH to one.', {
      cause: error,
    });
  }
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '');
    return roots.filter(Boolean).flatMap((folder) => windowsPrograms.map((program) => join(folder, program)));
  }
  return commands.flatMap(onPath);
}

function onPath(command: string): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter(Boolean).map((folder) => join(folder, command));
}
