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

/** How a page is visited. */
export interface VisitOptions {
  readonly path?: string;
  /** What the page says of its chat, in this and every later page of the same browser profile. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Is called before the first page is opened. */
  readonly prepare?: (context: BrowserContext) => Promise<void>;
}

/** Opens the shop in a browser profile of its own. */
export async function visit(browser: Browser, address: string, options: VisitOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  if (options.attributes) await writeAttributes(context, options.attributes);
  await options.prepare?.(context);
  return enter(context, `${address}${options.path ?? '/'}`);
}

/** Opens the shop in a new tab of a browser profile that is there already. */
export async function enter(context: BrowserContext, address: string): Promise<Visitor> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(address);
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

async function writeAttributes(context: BrowserContext, attributes: Readonly<Record<string, string>>): Promise<void> {
  await context.addInitScript((given) => {
    addEventListener('DOMContentLoaded', () => {
      for (const [name, value] of Object.entries(given)) document.querySelector('ccai-chat')?.setAttribute(name, value);
    });
  }, attributes);
}
