const isoTime = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/;
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const rfcTime = new RegExp(`^(?:${day}, )?\\d{1,2} ${month} \\d{4} \\d{2}:\\d{2}:\\d{2} (?:GMT|[+-]\\d{4})$`);

/**
 * The moment a webhook was signed, in milliseconds since 1970; null for anything but the four spellings that
 * are taken: ISO 8601 with a zone, RFC 2822, ten digits (seconds), thirteen digits (milliseconds) (OQ-11).
 * The patterns are strict because nothing separates the timestamp from the body in what is signed: a looser
 * one would let the border be moved.
 */
export function parseWebhookTimestamp(text: string): number | null {
  if (/^\d{10}$/.test(text)) return Number(text) * 1_000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const time = rfcTime.test(text) ? Date.parse(text) : parseIsoTime(text);
  return Number.isNaN(time) ? null : time;
}

function parseIsoTime(text: string): number {
  const [, seconds, fraction = '0', zone = ''] = isoTime.exec(text) ?? [];
  if (seconds === undefined) return NaN;
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  return Date.parse(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
}
