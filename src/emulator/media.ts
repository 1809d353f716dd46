import type { BucketService } from './bucket/bucket-service.js';
import type { Bytes } from './bucket/bytes.js';
import type { Chat } from './chat.js';
import type { Random } from './random.js';
import type { Ids } from './tenant.js';

/** What kind of file a `media_id` stands for (platform: Attachments, from the agent). */
export type MediaKind = 'photo' | 'video' | 'audio' | 'document';

/** A file that belongs to a chat. Messages refer to it by its id alone. */
export interface Medium {
  readonly id: number;
  readonly chatId: number;
  readonly kind: MediaKind;
  /** Where its bytes are in the bucket. */
  readonly key: string;
  /** What the agent's file was called. */
  readonly name: string | undefined;
  readonly from: 'end_user' | 'agent';
}

/** The files of all chats. */
export interface Media {
  /** Makes something that is in the bucket a file of the chat. */
  add(chat: Chat, medium: Omit<Medium, 'id' | 'chatId'>): Medium;
  /** Stores what an agent sends. */
  addAgentFile(
    chat: Chat,
    file: {
      readonly kind: MediaKind;
      readonly name: string;
      readonly contentType: string;
      readonly bytes: Bytes;
    },
  ): Promise<Medium>;
  find(chat: Chat, id: number | undefined): Medium | undefined;
  /** In the order they came. */
  list(chat: Chat): readonly Medium[];
  /** The file itself, as the platform gives it to its consumer. */
  toResponse(medium: Medium): Response | undefined;
}

/** Makes the files of a tenant: none. */
export function createMedia({
  storage,
  ids,
  random,
}: {
  readonly storage: BucketService;
  readonly ids: Ids;
  readonly random: Random;
}): Media {
  const media = new Map<number, Medium>();

  function add(chat: Chat, medium: Omit<Medium, 'id' | 'chatId'>): Medium {
    const added: Medium = { ...medium, id: ids.next('media'), chatId: chat.id };
    media.set(added.id, added);
    return added;
  }

  return {
    add,
    addAgentFile: async (chat, { kind, name, contentType, bytes }) => {
      const key = `chats/${chat.id}/agent/${random.hex(16)}/${name}`;
      await storage.bucket.put(key, { bytes, contentType });
      return add(chat, { kind, key, name, from: 'agent' });
    },
    find: (chat, id) => {
      const medium = media.get(id ?? 0);
      return medium?.chatId === chat.id ? medium : undefined;
    },
    list: (chat) => [...media.values()].filter((each) => each.chatId === chat.id),
    toResponse: (medium) => {
      const object = storage.bucket.find(medium.key);
      return object === undefined
        ? undefined
        : new Response(object.bytes, { headers: toDownloadHeaders(medium, object) });
    },
  };
}

/** The documents say no more than that the answer is the file; the file name is ours. */
function toDownloadHeaders(
  { name }: Medium,
  { bytes, contentType }: { readonly bytes: Bytes; readonly contentType: string },
): Record<string, string> {
  const headers = { 'Content-Type': contentType, 'Content-Length': String(bytes.byteLength) };
  if (name === undefined) return headers;
  return { ...headers, 'Content-Disposition': `attachment; filename*=UTF-8''${escapeFileName(name)}` };
}

/** RFC 8187: what may stand in `filename*`. */
function escapeFileName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
