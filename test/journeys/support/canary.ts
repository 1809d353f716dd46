import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Every form in which a text may lie somewhere: as it is, in JSON, in a URL, in HTML, in base64 (wherever in it), in hex, and in
 * two bytes a character, as browsers keep texts.
 */
function toForms(text: string): Buffer[] {
  const bytes = Buffer.from(text, 'utf8');
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const texts = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), html, bytes.toString('hex')];
  const inBase64 = [0, 1, 2].map((shift) => {
    // The first and last letters depend on what stands beside it.
    const letters = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replaceAll('=', '');
    return letters.slice(shift === 0 ? 0 : shift + 1, (bytes.length + shift) % 3 === 0 ? undefined : -1);
  });
  return [...texts, ...inBase64].map((form) => Buffer.from(form, 'utf8')).concat(Buffer.from(text, 'utf16le'));
}

/** Those of the texts that are somewhere in there, in whatever form. */
export function findTexts(texts: readonly string[], there: string | Buffer): string[] {
  const bytes = typeof there === 'string' ? Buffer.from(there, 'utf8') : there;
  return texts.filter((text) => toForms(text).some((form) => bytes.includes(form)));
}

/** {@link findTexts}, in every file below a folder: `<path>: <text>`. */
export async function findTextsInFolder(texts: readonly string[], folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      // Some come and go while the browser is open.
      const bytes = entry.isFile() ? await readFile(path).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
      return findTexts(texts, bytes).map((text) => `${path}: ${text}`);
    }),
  );
  return found.flat();
}
