import type { Page } from 'playwright-core';

/**
 * Everything that stands in a document: texts, attributes and what is in its fields, in every open shadow root, too. What is not
 * in here can be read off the page by nobody.
 */
export function readPageContent(page: Page): Promise<string> {
  return page.evaluate(() => {
    const found: string[] = [document.title, location.href];
    const roots: Node[] = [document];
    for (let root = roots.pop(); root; root = roots.pop()) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        found.push(node.nodeValue ?? '');
        if (!(node instanceof Element)) continue;
        for (const { name, value } of node.attributes) found.push(`${name}=${value}`);
        if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) found.push(node.value);
        if (node.shadowRoot) roots.push(node.shadowRoot);
      }
    }
    return found.join('\n');
  });
}
