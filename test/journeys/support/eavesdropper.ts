import type { BrowserContext } from 'playwright-core';

/** What a page's own scripts, and the visitor's other tabs, have noticed: `<where>: <what>`. */
export type Heard = string;

/**
 * Listens in every tab that is opened from now on, before any other script runs: to broadcasts, notifications, titles, the
 * element's events on their way through the document, and storage events of other tabs.
 */
export async function eavesdrop(context: BrowserContext): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  await context.exposeBinding('__heard', (_source, where: string, what: string) => {
    heard.push(`${where}: ${what}`);
  });
  // What this file was built with may add a helper for names, which no page has.
  await context.addInitScript({ content: `{ const __name = (value) => value; (${listen.toString()})(); }` });
  context.on('console', (message) => {
    heard.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => {
    heard.push(`error: ${String(error.error())}`);
  });
  context.on('request', (request) => {
    heard.push(`request: ${request.url()} ${JSON.stringify(request.headers())}`);
  });
  return heard;
}

/** Runs in the page: it may use nothing from around it. */
function listen(): void {
  const page = globalThis as any;
  const post: (this: BroadcastChannel, message: unknown) => void = Reflect.get(BroadcastChannel.prototype, 'postMessage');
  BroadcastChannel.prototype.postMessage = function (this: BroadcastChannel, message: unknown) {
    page.__heard('broadcast', `${this.name} ${JSON.stringify(message)}`);
    post.call(this, message);
  };
  page.Notification = function (title: string, options: unknown) {
    page.__heard('notification', `${title} ${JSON.stringify(options)}`);
  };
  Object.assign(page.Notification, { permission: 'granted', requestPermission: async () => 'granted' });
  const dispatch: (this: EventTarget, event: Event) => boolean = Reflect.get(EventTarget.prototype, 'dispatchEvent');
  EventTarget.prototype.dispatchEvent = function (this: EventTarget, event: Event) {
    // Whoever listens for any event of the element at the window, before the element itself does.
    if (event.type.startsWith('ccai-') && !page.__known?.has(event.type)) {
      (page.__known ??= new Set<string>()).add(event.type);
      addEventListener(
        event.type,
        (told: any) => {
          const seen: Record<string, unknown> = {};
          for (const key in told) if (!(told[key] instanceof EventTarget)) seen[key] = told[key];
          page.__heard('event', `${told.type} ${JSON.stringify({ ...seen, ...told })}`);
        },
        true,
      );
    }
    return dispatch.call(this, event);
  };
  addEventListener('storage', ({ key, newValue }) => page.__heard('storage', `${String(key)}=${String(newValue)}`));
  new MutationObserver(() => page.__heard('title', document.title)).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Everything that the origin keeps in this tab: both storages, cookies, databases, caches. */
export function readBrowserStores(): Promise<string> {
  return (async () => {
    const found: string[] = [document.cookie, JSON.stringify(history.state), window.name];
    for (const storage of [sessionStorage, localStorage]) {
      for (let index = 0; index < storage.length; index += 1) {
        const key = storage.key(index) ?? '';
        found.push(`${key}=${storage.getItem(key) ?? ''}`);
      }
    }
    for (const { name: database } of await indexedDB.databases()) {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(database ?? '');
        request.onsuccess = () => { resolve(request.result); };
        request.onerror = () => { reject(new Error('not readable')); };
      });
      for (const store of opened.objectStoreNames) {
        const all = opened.transaction(store).objectStore(store).getAll();
        found.push(JSON.stringify(await new Promise((resolve) => { all.onsuccess = () => { resolve(all.result); }; })));
      }
    }
    for (const cache of await caches.keys()) {
      for (const request of await (await caches.open(cache)).keys()) {
        found.push(request.url, await ((await caches.match(request))?.text() ?? ''));
      }
    }
    return found.join('\n');
  })();
}
