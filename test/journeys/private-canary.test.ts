// What a visitor and the assistant say to each other in private is written nowhere: wherever one looks, it is not there.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { openProfile } from './support/browser.js';
import { findTexts, findTextsInFolder } from './support/canary.js';
import { startDemo, type Demo } from './support/demo.js';
import { eavesdrop, readBrowserStores, type Heard } from './support/eavesdropper.js';
import { openOwnSite } from './support/own-site.js';
import { readPageContent } from './support/page-content.js';
import { takePlatform, until, type Platform } from './support/platform.js';
import { jane, meetJane, type PrivateMoment } from './support/private-moment.js';
import { enter, type Visitor } from './support/visitor.js';

/** What the visitor says to the assistant. */
const said = ['yellowhammer by the lake', '7402915836', 'they call it "Wren" & <b>\'my dog\'</b>', 'über den Wolken 🐦'];
/** What the assistant says. */
const heardBack = ['your secret bird is the bullfinch', '9150837264', 'you said "Siskin" & <i>\'again\'</i>', 'goldcrest in bold', 'greenfinch is right'];
/** What comes while the panel is closed, and what is never sent. */
const [whileClosed, draft] = ['treecreeper is waiting for you', 'half a nightingale'];
const canaries = [...said, ...heardBack, whileClosed, draft];
/** Not private: it must be found, or the search is worth nothing. */
const ordinary = 'an ordinary magpie';

describe('what is private', () => {
  let demo: Demo;
  let platform: Platform;
  let profile: string;
  let context: BrowserContext;
  let told: readonly Heard[];
  let visitor: Visitor;
  let moment: PrivateMoment;
  let desk: Page;
  let otherTab: Page;

  before(async () => {
    profile = await mkdtemp(join(tmpdir(), 'profile-'));
    [demo, context] = await Promise.all([startDemo({ script: 'quiet', env: { LOG_LEVEL: 'debug' } }), openProfile(profile)]);
    platform = await takePlatform(demo.emulator);
    told = await eavesdrop(context);
    otherTab = await context.newPage();
    await otherTab.goto(demo.site);
    visitor = await enter(context, `${demo.site}/`);
    moment = await meetJane(visitor, platform);
    desk = await context.newPage();
    desk.setDefaultTimeout(20_000);
    await desk.goto(`${demo.desk}#chat-${moment.chatId}`);
  });
  after(async () => {
    await context.close();
    await demo.stop();
    await rm(profile, { recursive: true, force: true });
  });

  const history = async (): Promise<{ text: string; cache: string | null; messages: any[] }> => {
    const handle = await visitor.page.evaluate((relay) => sessionStorage.getItem(`ccai-chat:${relay}`), demo.relay);
    const response = await fetch(`${demo.relay}/chat/history`, { headers: { authorization: `Bearer ${handle ?? ''}` } });
    const text = await response.text();
    const { events } = JSON.parse(text) as { events: any[] };
    return { text, cache: response.headers.get('cache-control'), messages: events.flatMap(({ message }) => message ?? []) };
  };
  const storeFolder = () => {
    const line = demo.log.find((each) => each.includes('store opened')) ?? '';
    return dirname((JSON.parse(line) as { location: string }).location);
  };
  const assertNone = (where: string, there: string | Buffer) => {
    assert.deepEqual(findTexts(canaries, there), [], where);
  };

  const assertNotStored = async () => {
    for (const page of [visitor.page, otherTab]) assertNone(page.url(), await page.evaluate(readBrowserStores));
  };

  test('is said in both directions, and the visitor can read all of it', async () => {
    await visitor.write(ordinary);
    await moment.untilArrived(ordinary);
    await moment.startTask();
    for (const text of said) {
      await visitor.write(text);
      await moment.untilArrived(text);
    }
    const [plain = '', number = '', quoted = '', bold = '', rich = ''] = heardBack;
    for (const text of [plain, number, quoted]) await platform.speak(moment.chatId, 'task_virtual_agent', text);
    await platform.speak(moment.chatId, 'task_virtual_agent', { type: 'markdown', content: `**${bold}**` });
    await platform.speak(moment.chatId, 'task_virtual_agent', { type: 'inline_button', title: rich, buttons: [{ title: 'Yes', action: 'quick_reply' }] });
    await visitor.sees(rich);
    for (let shown = 0; shown < said.length; shown += 1) await moment.eye.nth(shown).click();
    await visitor.sees(said.at(-1) ?? '');
    assert.deepEqual(findTexts(canaries, await readPageContent(visitor.page)), [...said, ...heardBack]);
  });

  test('comes while the panel is closed, too, lies unsent in the field, and survives a reload', async () => {
    await visitor.page.keyboard.press('Escape');
    await platform.speak(moment.chatId, 'task_virtual_agent', whileClosed);
    await visitor.page.getByRole('button', { name: /1 unread message/ }).click();
    await visitor.sees(whileClosed);
    await moment.field.fill(draft);
    await assertNotStored();
    await visitor.page.reload();
    await visitor.sees(whileClosed);
    await moment.masked.nth(said.length - 1).waitFor();
    assert.deepEqual(findTexts([...said, draft], await readPageContent(visitor.page)), []);
  });

  test('is known to the platform, and to the relay\'s history for the visitor alone, which no cache keeps', async () => {
    const { all } = await platform.chat(moment.chatId);
    assert.deepEqual(findTexts(canaries, JSON.stringify(all)), canaries.filter((text) => text !== draft));
    const { text, cache } = await history();
    assert.deepEqual(findTexts(canaries, text), canaries.filter((each) => each !== draft));
    assert.equal(cache, 'no-store');
  });

  test('is not for the human agent: neither in the agent\'s view, nor in the list of chats, nor on the desk', async () => {
    await moment.endTask();
    await moment.ordinaryField.waitFor();
    await visitor.write('I am through');
    await desk.getByText('I am through').last().waitFor();
    const { agentView } = await platform.chat(moment.chatId);
    const atDesk = await readPageContent(desk);
    assert.deepEqual([findTexts([ordinary], JSON.stringify(agentView)), findTexts([ordinary], atDesk)], [[ordinary], [ordinary]]);
    assertNone('the agent\'s view', JSON.stringify(agentView));
    assertNone('the desk', atDesk);
    assertNone('the list of chats', JSON.stringify(await platform.control('GET', '/chats')));
  });

  test('is in no storage of the browser, in none of its tabs', async () => {
    await assertNotStored();
  });

  test('is in no broadcast, notification, title, event, console line, storage event or address', () => {
    const kinds = new Set(told.map((line) => line.split(':', 1)[0]));
    for (const kind of ['event', 'request', 'title']) assert.ok(kinds.has(kind), `nothing was heard of any ${kind}`);
    for (const name of ['ccai-message-received', 'ccai-message-sent', 'ccai-before-send', 'ccai-unread']) {
      assert.ok(told.some((line) => line.startsWith(`event: ${name}`)), `${name} was not heard`);
    }
    assert.ok(told.some((line) => line.startsWith('event') && line.includes(ordinary)), 'events do not tell what is ordinary');
    assert.deepEqual(told.filter((line) => findTexts(canaries, line).length > 0), []);
  });

  test('is in no line that the programs wrote, in no metric, and in no address of the platform', async () => {
    assert.ok(demo.log.length > 0);
    assertNone('the log', demo.log.join('\n'));
    const metrics = await fetch(`${demo.relay}/metrics`);
    assertNone('the metrics', await metrics.text());
    const { entries } = await platform.control('GET', '/journal');
    assertNone('an address', JSON.stringify(entries.map(({ path, query }: any) => [path, query])));
  });

  test('is in clear in no file of the relay\'s store', async () => {
    assert.notDeepEqual(await findTextsInFolder(['SQLite format 3'], storeFolder()), []);
    assert.deepEqual(await findTextsInFolder([...canaries, ordinary], storeFolder()), []);
  });

  test('is gone for good when the chat ends: placeholders for the visitor, removed in the history', async () => {
    await platform.control('POST', `/chats/${moment.chatId}/end`);
    await visitor.sees('This chat has ended');
    const secret = said.length + heardBack.length + 2;
    const { text, messages } = await until(history, ({ messages: all }) => all.filter(({ type }) => type === 'removed').length === secret);
    assertNone('the history', text);
    assert.deepEqual(findTexts([ordinary], text), [ordinary]);
    assert.ok(messages.filter(({ type }) => type === 'removed').every((each) => each.text === '' && each.parts === null && each.private));
    await visitor.chat.getByText('A private message was here').nth(secret - 1).waitFor();
    assert.equal(await moment.masked.count(), 0);
    assertNone('the page', await readPageContent(visitor.page));
    assertNone('the element\'s snapshot', await visitor.page.evaluate(() => JSON.stringify((document.querySelector('ccai-chat') as any).snapshot)));
    await visitor.chat.getByRole('heading', { name: jane }).waitFor({ state: 'detached' });
  });

  test('is in nothing that the browser left on the disk', async () => {
    await visitor.page.evaluate((text) => { localStorage.setItem('control', text); }, ordinary);
    await context.close();
    assert.notDeepEqual(await findTextsInFolder([ordinary], profile), []);
    assert.deepEqual(await findTextsInFolder(canaries, profile), []);
  });

  test('and the search does find what is there, in whatever form', () => {
    for (const text of [...canaries, ordinary]) {
      const forms = [text, JSON.stringify({ text }), encodeURIComponent(`a ${text}`), Buffer.from(text, 'utf16le'), Buffer.from(text).toString('hex')];
      const inBase64 = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${text} z`).toString('base64'));
      for (const form of [...forms, ...inBase64]) assert.deepEqual(findTexts([text], form), [text]);
    }
  });
});

describe('who listens for it', () => {
  test('hears and finds what is there', async () => {
    const site = await openOwnSite();
    site.put('/', '<!doctype html><title>Somewhere</title><p>Something');
    const profile = await mkdtemp(join(tmpdir(), 'profile-'));
    const context = await openProfile(profile);
    try {
      const told = await eavesdrop(context);
      const page = await context.newPage();
      await page.goto(site.origin);
      await (await context.newPage()).goto(site.origin);
      await page.evaluate(async (text) => {
        new BroadcastChannel('channel').postMessage(text);
        new Notification('title', { body: text });
        console.log(text);
        localStorage.setItem('kept', text);
        sessionStorage.setItem('kept', text);
        document.title = text;
        void fetch(`/?${encodeURIComponent(text)}`);
        document.body.dispatchEvent(new CustomEvent('ccai-anything', { detail: { text } }));
        const request = indexedDB.open('database');
        request.onupgradeneeded = () => request.result.createObjectStore('store', { autoIncrement: true }).add({ text });
        await new Promise((resolve) => { request.onsuccess = resolve; });
        request.result.close();
      }, ordinary);
      const kinds = ['broadcast', 'console', 'event', 'notification', 'request', 'storage', 'title'];
      const heard = () => [...new Set(told.filter((line) => findTexts([ordinary], line).length > 0).map((line) => line.split(':', 1)[0]))].sort();
      await until(async () => heard(), (found) => found.length === kinds.length);
      assert.deepEqual(heard(), kinds);
      const stores = await page.evaluate(readBrowserStores);
      assert.equal(stores.split(ordinary).length - 1, 3, stores);
      assert.deepEqual(findTexts([ordinary], await readPageContent(page)), [ordinary]);
    } finally {
      await context.close();
      site.close();
      await rm(profile, { recursive: true, force: true });
    }
  });
});
