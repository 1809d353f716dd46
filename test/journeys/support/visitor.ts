import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/** A person in front of the shop. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly chat: Locator;
  open(): Promise<void>;
  write(text: string): Promise<void>;
  /** Resolves when the text can be seen in the conversation. */
  sees(text: string | RegExp): Promise<void>;
  /** What the conversation says, bubble by bubble. */
  bubbles(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens the shop in a browser profile of its own. */
export async function visit(browser: Browser, address: string, options: { path?: string } = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${address}${options.path ?? '/'}`);
  const chat = page.locator('ccai-chat');
  return {
    page,
    context,
    chat,
    open: () => page.getByRole('button', { name: 'Open chat' }).click(),
    write: async (text) => {
      await page.getByRole('textbox', { name: 'Your message' }).fill(text);
      await page.getByRole('textbox', { name: 'Your message' }).press('Enter');
    },
    sees: (text) => chat.getByText(text).first().waitFor(),
    bubbles: () => chat.locator('[part~=bubble]').allInnerTexts(),
    close: () => context.close(),
  };
}
