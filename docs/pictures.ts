/** `npx tsx docs/pictures.ts`: takes the pictures of docs/private-moments.md anew, from the real widget and the real desk. */
import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createSite } from '../demo/site.js';
import { buildPage, buildWidget } from '../demo/widget-bundle.js';
import { listen, toNodeHandler } from '../src/adapters/node/index.js';
import { createEmulator } from '../src/emulator/index.js';
import { createMemoryStore, createRelay, systemClock } from '../src/relay/index.js';
import { chromiumArguments, ensureChromium } from '../test/support/chromium.js';

const folder = fileURLToPath(new URL('images/', import.meta.url));
/** Largest size of a picture, in bytes. */
const limit = 60_000;
const [width, height] = [400, 640];
/** What the panel leaves free above and below it. */
const margin = 114;
const [jane, assistant] = ['Jane Doe', 'Verification assistant'];

/** The relay's time, which can be ahead of everybody else's. In milliseconds. */
let ahead = 0;

interface World {
  readonly site: string;
  /** Calls the emulator's control API. */
  readonly control: (path: string, body: unknown) => Promise<void>;
  stop(): Promise<void>;
}

await mkdir(folder, { recursive: true });
const world = await startWorld();
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments() });
try {
  await takePictures(world, browser);
} finally {
  await browser.close();
  await world.stop();
}

async function startWorld(): Promise<World> {
  const [widget, desk] = await Promise.all([buildWidget(), buildPage('demo/desk/main.ts')]);
  const emulator = createEmulator({ script: 'quiet' });
  const emulatorServer = await listen(toNodeHandler(emulator), { port: 0 });
  // The relay needs to know the site's port, which the site's server has only once it listens.
  let handle = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503).end();
  };
  const server = await listen((request, response) => { handle(request, response); }, { port: 0 });
  const { subdomain, apiToken, webhookPrimarySecret: primary, companySecret } = emulator.credentials;
  const relay = createRelay({
    platform: { origin: emulatorServer.url, subdomain, apiToken },
    webhookSecrets: { primary },
    store: createMemoryStore(),
    allowedOrigins: [server.url],
    menus: [{ id: 100, name: 'support' }],
    widget,
    log: { info: () => undefined, warn: console.warn, error: console.error },
    clock: { ...systemClock, now: () => Date.now() + ahead },
  });
  const toRelay = toNodeHandler(relay, { basePath: '/relay' });
  const toSite = toNodeHandler(createSite({ desk, emulatorUrl: emulatorServer.url, companySecret }));
  handle = (request, response) => {
    (request.url?.startsWith('/relay/') ? toRelay : toSite)(request, response);
  };
  emulator.setWebhookUrl(`${server.url}/relay/webhooks/ccai`);
  await relay.start();
  return {
    site: server.url,
    control: async (path, body) => {
      const response = await fetch(`${emulatorServer.url}/emulator${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    },
    stop: async () => {
      await relay.stop();
      emulator.stop();
      await Promise.all([server.close(), emulatorServer.close()]);
    },
  };
}

async function takePictures({ site, control }: World, by: Browser): Promise<void> {
  const visitor = await openPage(by, { width: 500, height: height + margin }, site);
  const desk = await openPage(by, { width, height }, `${site}/desk`);
  const field = visitor.getByRole('textbox');
  const write = async (text: string): Promise<void> => {
    await field.fill(text);
    await field.press('Enter');
    await visitor.getByText('Sent', { exact: true }).last().waitFor();
  };
  const speak = async (from: string, content: string): Promise<void> => {
    await control('/chats/1/messages', { from, message: { type: 'text', content } });
    await visitor.getByText(content).waitFor();
  };
  const transfer = async (to: string, name: string): Promise<void> => {
    await control('/chats/1/transfers', { to, name });
    await visitor.getByRole('heading', { name }).waitFor();
  };
  const take = async (name: string): Promise<void> => {
    // A ring around a button says nothing here.
    await desk.locator('body').click({ position: { x: 5, y: 5 } });
    await save(by, name, [await shootPanel(visitor), await desk.screenshot({ animations: 'disabled' })]);
  };

  await visitor.getByRole('button', { name: 'Open chat' }).click();
  await write('Hello, I have moved. Can you change my address?');
  await transfer('agent', jane);
  await speak('agent', 'Of course. First somebody has to make sure that it is you: our assistant will ask you for a code.');
  await desk.goto(`${site}/desk#chat-1`);
  await desk.getByText('our assistant will ask you').last().waitFor();
  await take('before');

  await transfer('task_virtual_agent', assistant);
  await speak('task_virtual_agent', 'Please enter the 6-digit code from your e-mail.');
  await desk.getByText('A private part of the conversation').waitFor();
  await take('asked');

  await field.fill('731820');
  await take('typed');

  await write('731820');
  await speak('task_virtual_agent', 'Thank you, that is right.');
  await take('sent');

  await transfer('agent', jane);
  await speak('agent', 'Thank you! Where to?');
  await write('12 Harbor Street');
  await desk.getByText('12 Harbor Street').last().waitFor();
  await take('back');

  ahead = 16 * 60_000;
  await visitor.reload();
  await visitor.getByText('A private message was here').nth(2).waitFor();
  await visitor.getByText('A private message was here').first().scrollIntoViewIfNeeded();
  await take('later');
}

async function openPage(by: Browser, viewport: { width: number; height: number }, address: string): Promise<Page> {
  const context = await by.newContext({ viewport, reducedMotion: 'reduce', locale: 'en-US', colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function shootPanel(page: Page): Promise<Buffer> {
  return page.locator('ccai-chat-panel').screenshot({ animations: 'disabled' });
}

/** Puts the two sides beside each other. */
async function save(by: Browser, name: string, sides: readonly [Buffer, Buffer]): Promise<void> {
  const page = await by.newPage({ viewport: { width: 2 * width + 8, height: height + 28 } });
  const titles = ['What the end user sees', 'What the human agent sees'];
  const figures = sides.map((side, index) => `<figure><figcaption>${titles[index] ?? ''}</figcaption>
    <img src="data:image/png;base64,${side.toString('base64')}"></figure>`);
  await page.setContent(`<style>
    body { display: flex; gap: 8px; margin: 0; background: #dfe3e1; font: 600 13px/28px system-ui, sans-serif; color: #27302d }
    figure { flex: none; margin: 0; inline-size: ${width}px; overflow: hidden } figcaption { padding-inline: 10px } img { display: block; border-radius: 20px }
  </style>${figures.join('')}`);
  const picture = await toSmallPng(page, await page.screenshot());
  await page.close();
  console.log(`private-${name}.png ${picture.length} B`);
  if (picture.length > limit) throw new Error(`private-${name}.png is larger than ${limit} B.`);
  await writeFile(`${folder}private-${name}.png`, picture);
}

/** The same picture in at most 256 colors, of which a chat has few. */
async function toSmallPng(page: Page, png: Buffer): Promise<Buffer> {
  const { columns, rows, base64 } = await page.evaluate(readPixels, png.toString('base64'));
  const pixels = Buffer.from(base64, 'base64');
  const colors = Array.from({ length: columns * rows }, (_, index) => pixels.readUIntBE(index * 4, 3));
  const { palette, indexOf } = toPalette(colors);
  const lines = Buffer.alloc(rows * (columns + 1));
  colors.forEach((color, index) => {
    lines[index + Math.floor(index / columns) + 1] = indexOf(color);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(columns, 0);
  header.writeUInt32BE(rows, 4);
  // 8 bits a pixel, by a palette.
  header.set([8, 3], 8);
  const chunks = [toChunk('IHDR', header), toChunk('PLTE', palette), toChunk('IDAT', deflateSync(lines, { level: 9 })), toChunk('IEND')];
  return Buffer.concat([png.subarray(0, 8), ...chunks]);
}

/** Runs in the browser, which can read pictures. Four bytes a pixel. */
async function readPixels(base64: string): Promise<{ columns: number; rows: number; base64: string }> {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  if (!canvas) throw new Error('There is no canvas here.');
  canvas.drawImage(image, 0, 0);
  const { data, width: columns, height: rows } = canvas.getImageData(0, 0, image.width, image.height);
  let letters = '';
  for (const byte of data) letters += String.fromCharCode(byte);
  return { columns, rows, base64: btoa(letters) };
}

/** The colors that occur most, and for every other one the nearest of them. */
function toPalette(colors: readonly number[]): { palette: Buffer; indexOf: (color: number) => number } {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const chosen = [...counts].sort(([, left], [, right]) => right - left).slice(0, 256).map(([color]) => color);
  const nearest = new Map(chosen.map((color, index) => [color, index]));
  const distance = (left: number, right: number): number =>
    [16, 8, 0].reduce((sum, shift) => sum + (((left >> shift) & 255) - ((right >> shift) & 255)) ** 2, 0);
  const find = (color: number): number =>
    chosen.reduce((best, candidate, index) => (distance(candidate, color) < distance(chosen[best] ?? 0, color) ? index : best), 0);
  return {
    palette: Buffer.concat(chosen.map((color) => Buffer.from([color >> 16, (color >> 8) & 255, color & 255]))),
    indexOf: (color) => {
      const index = nearest.get(color) ?? find(color);
      nearest.set(color, index);
      return index;
    },
  };
}

function toChunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
