import type { BrowserContext, Page } from 'playwright-core';

/** What a page has shown and was told since it was loaded, or since the witness was asked to forget. */
export interface Testimony {
  /** Every text that was ever in the chat, for however short a time: contents, labels and titles. */
  readonly texts: readonly string[];
  /** Those of them that a screen reader speaks by itself. */
  readonly spoken: readonly string[];
  /** Events of the element for its page, in their order. */
  readonly events: readonly { readonly type: string; readonly detail: any }[];
}

/** Sees to it that every page of this context has somebody who looks on from its first moment. */
export async function bringWitness(context: BrowserContext): Promise<void> {
  // What compiles these tests names functions by a helper that pages do not have.
  await context.addInitScript('globalThis.__name ??= (value) => value');
  await context.addInitScript(() => {
    const seen = { texts: [] as string[], spoken: [] as string[], events: [] as { type: string; detail: unknown }[] };
    (window as any).witness = seen;
    const live = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]:not([aria-live=off])';
    const isLive = (place: Element | null): boolean => {
      const root = place?.getRootNode();
      return place?.closest(live) != null || (root instanceof ShadowRoot && isLive(root.host));
    };
    const note = (text: string | null | undefined, place: Element | null): void => {
      const words = text?.replace(/\s+/g, ' ').trim();
      if (!words) return;
      seen.texts.push(words);
      if (isLive(place)) seen.spoken.push(words);
    };
    const labels = ['aria-label', 'title', 'alt', 'placeholder'];
    const noteElement = (element: Element): void => {
      for (const each of [element, ...element.querySelectorAll('*')]) {
        for (const label of labels) note(each.getAttribute(label), null);
      }
    };
    const observer = new MutationObserver((records) => {
      for (const { type, target, addedNodes, attributeName } of records) {
        const place = target instanceof Element ? target : target.parentElement;
        if (type === 'attributes') note((target as Element).getAttribute(attributeName ?? ''), null);
        if (type === 'characterData') note(target.textContent, place);
        for (const node of addedNodes) {
          note(node.textContent, node instanceof Element ? node : place);
          if (node instanceof Element) noteElement(node);
        }
      }
    });
    const attach: (this: Element, init: ShadowRootInit) => ShadowRoot = Reflect.get(Element.prototype, 'attachShadow');
    Element.prototype.attachShadow = function (init) {
      const root = attach.call(this, init);
      observer.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: labels });
      return root;
    };
    for (const type of ['status', 'participant', 'unread', 'escalation', 'error', 'message-received', 'chat-started', 'chat-ended']) {
      addEventListener(`ccai-${type}`, (event) => seen.events.push({ type, detail: JSON.parse(JSON.stringify((event as CustomEvent).detail)) }));
    }
  });
}

/** What was seen so far. */
export function hear(page: Page): Promise<Testimony> {
  return page.evaluate(() => (window as any).witness);
}

/** From here on everything counts anew. */
export function forget(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { witness } = window as any;
    witness.texts.length = witness.spoken.length = witness.events.length = 0;
  });
}
