import { missingParameter, PlatformError } from './errors.js';

/** The JSON object of a request. */
export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Reads a body as the platform's framework does: nothing is an empty object.
 * @throws PlatformError 400 when it is not JSON. The text is ours: the documents show none.
 */
export async function readParameters(request: Request): Promise<Parameters> {
  const text = await request.text();
  if (text.trim() === '') return {};
  try {
    return toParameters(JSON.parse(text)) ?? {};
  } catch {
    throw new PlatformError(400, 'Error occurred while parsing request parameters');
  }
}

/** The value as an object, or undefined when it is not one. */
export function toParameters(value: unknown): Parameters | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Parameters)
    : undefined;
}

/** @throws PlatformError 400 when there is no such object */
export function requireObject(parameters: Parameters, name: string): Parameters {
  const value = toParameters(parameters[name]);
  if (value === undefined || Object.keys(value).length === 0) throw missingParameter(name);
  return value;
}

/** @throws PlatformError 400 when there is no such text, or nothing but white space in it */
export function requireText(parameters: Parameters, name: string): string {
  const value = toText(parameters[name]);
  if (value === undefined || value.trim() === '') throw missingParameter(name);
  return value;
}

/** @throws PlatformError 400 when there is no such whole number; a string of digits is one too */
export function requireId(parameters: Parameters, name: string): number {
  const value = toId(parameters[name]);
  if (value === undefined) throw missingParameter(name);
  return value;
}

/** A text, or undefined. A number is taken as its digits. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** A whole number, or undefined. */
export function toId(value: unknown): number | undefined {
  const text = toText(value);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
