import { chromium, type Browser } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../../support/chromium.js';

/** A headless browser of this machine. Whoever opens it closes it; `newContext()` gives each visitor their own cookies. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments() });
}
