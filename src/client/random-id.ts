/** A version 4 UUID; `crypto.randomUUID` is missing on pages served over plain http. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    if (index === 6) return ((byte & 0x0f) | 0x40).toString(16);
    return (index === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0');
  });
  return [4, 6, 8, 10].reduceRight((cut, at) => [...cut.slice(0, at), '-', ...cut.slice(at)], hex).join('');
}
