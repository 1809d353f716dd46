/** An XML document with one root and one level of elements, in the order given. */
export function toXml(root: string, elements: Readonly<Record<string, string | number>>): string {
  const inner = Object.entries(elements).map(
    ([name, value]) => `<${name}>${escape(String(value))}</${name}>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${inner.join('')}</${root}>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  // Control characters have no place in XML 1.0, not even escaped.
  const printable = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
  return printable.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
