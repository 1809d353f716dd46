import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../../support/chromium.js';

/** A headless browser of this machine. Whoever opens it closes it; `newContext()` gives each visitor their own cookies. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments() });
}

/** A browser with one profile that is kept in a folder, as a visitor's own is. Whoever opens it closes it. */
export function openProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: ensureChromium(),
    args: chromiumArguments(),
    viewport: { width: 1280, height: 800 },
  });
}
