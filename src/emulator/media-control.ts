import type { Context } from 'hono';
import { readMultipart } from './bucket/multipart.js';
import { findConnected, type Chat, type ChatMessage } from './chat.js';
import { ControlError } from './errors.js';
import type { Medium } from './media.js';
import { AGENT_FILE_BYTES, findAgentFileType, listAgentFileTypes } from './media-types.js';
import type { World } from './world.js';

/** What surrounds a file in a form, at most, in bytes. */
const FORM_BYTES = 64 * 1024;

/**
 * `POST /emulator/chats/:id/files`: the agent sends the `file` of a `multipart/form-data` body.
 * @throws ControlError 400 for what is no such form and for a file that an agent may not send, 409 where no
 *   agent is in the chat
 */
export async function sendAgentFile(request: Request, world: World, chat: Chat): Promise<ChatMessage> {
  const file = await readFile(request);
  const pages = world.switches.get('agentFileTypes');
  const type = findAgentFileType(file.name, pages);
  if (type === undefined) {
    const allowed = listAgentFileTypes(pages).join(', ');
    throw new ControlError(400, 'unsupported-file-type', `An agent can send ${allowed}.`);
  }
  if (file.size > AGENT_FILE_BYTES) throw tooLarge();
  const sender = findConnected(chat, 'agent');
  if (sender === undefined)
    throw new ControlError(409, 'participant-not-in-chat', 'No agent is connected to this chat.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const medium = await world.media.addAgentFile(chat, { ...type, name: file.name, bytes });
  const payload = { type: medium.kind, content: { media_id: medium.id } };
  const [message] = world.chats.speak(chat, { sender, payload, by: 'person' });
  if (message === undefined) throw new Error('A file is one message.');
  return message;
}

/** `GET /emulator/bucket/<key>`: what is stored there. Kept from running as a page of this origin. */
export function readStoredObject(context: Context, world: World): Response {
  const encoded = new URL(context.req.url).pathname.replace(/^\/emulator\/bucket\//, '');
  const object = world.storage.bucket.find(decode(encoded));
  if (object === undefined)
    throw new ControlError(404, 'object-not-found', 'Nothing is stored under this key.');
  return new Response(object.bytes, {
    headers: {
      'Content-Type': object.contentType,
      'Content-Length': String(object.bytes.byteLength),
      'Content-Security-Policy': "sandbox; default-src 'none'",
    },
  });
}

/** A file of a chat as the control API shows it. */
export function toMediumView(
  { id, kind, key, name, from }: Medium,
  world: World,
): Readonly<Record<string, unknown>> {
  const object = world.storage.bucket.find(key);
  return {
    id,
    type: kind,
    from,
    key,
    name: name ?? null,
    contentType: object?.contentType ?? null,
    size: object?.bytes.byteLength ?? null,
  };
}

async function readFile(request: Request): Promise<File> {
  const parts = await readMultipart(request, { maximumBytes: AGENT_FILE_BYTES + FORM_BYTES });
  if (parts === 'too-large') throw tooLarge();
  const file = typeof parts === 'string' ? undefined : parts.find(({ name }) => name === 'file')?.value;
  if (file === undefined || typeof file === 'string') {
    const expected = 'The body must be multipart/form-data with a file in the field "file".';
    throw new ControlError(400, 'invalid-request', expected);
  }
  if (file.size === 0) throw new ControlError(400, 'invalid-request', 'The file is empty.');
  return file;
}

function tooLarge(): ControlError {
  return new ControlError(400, 'file-too-large', 'An agent can send files of at most 100 MB.');
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
