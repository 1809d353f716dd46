/** Reads a body as UTF-8 text; rejects, and stops reading, where it is longer than `limit` bytes. */
export async function readBounded(response: Response, limit: number): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      // Not waited for: whoever shares the body may keep it open.
      void reader.cancel().catch(() => undefined);
      throw new Error('The body is too long.');
    }
    text += decoder.decode(value, { stream: true });
  }
}
