import type { MessagePayload } from './chat.js';
import { toParameters } from './parameters.js';

/** Types whose content is a text (platform: Message types). */
const textTypes: ReadonlySet<string> = new Set(['text', 'text_template', 'markdown', 'markdown_template']);

/** True for a message that is nothing but words. */
export function isTextType(type: string): boolean {
  return textTypes.has(type);
}

/**
 * What one payload of a virtual agent becomes in the chat: a `text` with `messages` is one message for each
 * of them, a `complex` one for each of its components, after its title; anything else is itself (platform:
 * What a virtual agent can emit).
 */
export function toSpokenPayloads(payload: MessagePayload): readonly MessagePayload[] {
  const { type, messages, components, title } = payload;
  if (type === 'text' && Array.isArray(messages))
    return messages.map((content) => ({ type, content: String(content) }));
  if (type !== 'complex' || !Array.isArray(components)) return [payload];
  const heading = typeof title === 'string' && title !== '' ? [{ type: 'text', content: title }] : [];
  return [...heading, ...components.flatMap((component) => toSpokenPayloads(toPayload(component)))];
}

/**
 * The same message with everything but its type inside `content`, for one of the two readings of OQ-9. A
 * message that has its content already (text, media) is the same in both.
 */
export function toNestedPayload(payload: MessagePayload): MessagePayload {
  const { type, content, ...rest } = payload;
  if (Object.keys(rest).length === 0) return payload;
  if (content === undefined || content === '') return { type, content: rest };
  return typeof content === 'string' ? payload : { type, content: { ...content, ...rest } };
}

function toPayload(component: unknown): MessagePayload {
  const parameters = toParameters(component) ?? {};
  return { ...parameters, type: typeof parameters.type === 'string' ? parameters.type : 'unknown' };
}
