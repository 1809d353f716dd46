import type { BucketService } from './bucket/bucket-service.js';
import type { PresignedForm } from './bucket/presigned-form.js';
import type { Chat } from './chat.js';
import { notFound } from './errors.js';
import type { Media, Medium } from './media.js';
import type { Random } from './random.js';
import type { Switches } from './switches.js';

/** What an end user can send (platform: Attachments, from the end user). */
export type UploadKind = 'photo' | 'video';

/** Files on their way from the end user: a form for the bucket first, then a file of the chat. */
export interface Uploads {
  /** A form for one file; its address is below `origin`. */
  offer(chat: Chat, kind: UploadKind, origin: string): Promise<PresignedForm>;
  /**
   * Makes what was uploaded a file of the chat, each time anew. It appears in the chat only with a message.
   * @throws PlatformError 404 for a key that was not given out for this, or under which nothing is stored;
   *   the documents show no answer for it
   */
  attach(chat: Chat, kind: UploadKind, key: string): Medium;
}

/** How long a form is valid, in seconds (platform: Attachments). */
const FORM_SECONDS = 300;

const MEGABYTE = 1024 * 1024;

const rules = {
  photo: { folder: 'photos', extension: 'jpg', contentType: 'image/jpeg' },
  video: { folder: 'videos', extension: 'mp4', contentType: 'video/mp4' },
} as const;

/** Makes the uploads of a tenant. */
export function createUploads({
  storage,
  media,
  switches,
  random,
}: {
  readonly storage: BucketService;
  readonly media: Media;
  readonly switches: Switches;
  readonly random: Random;
}): Uploads {
  /** Which chat and kind each key was given out for. */
  const offers = new Map<string, { readonly chatId: number; readonly kind: UploadKind }>();

  return {
    offer: async (chat, kind, origin) => {
      const { folder, extension, contentType } = rules[kind];
      const key = `chats/${chat.id}/${folder}/${random.hex(32)}.${extension}`;
      offers.set(key, { chatId: chat.id, kind });
      const megabytes = kind === 'photo' ? switches.get('photoMegabytes') : 20;
      return storage.presignForm(origin, {
        fields: {
          key,
          success_action_status: String(switches.get('uploadSuccess')),
          'Content-Type': contentType,
          'Cache-Control': 'private, max-age=31536000',
          acl: 'private',
        },
        size: { minimum: 1, maximum: megabytes * MEGABYTE },
        expiresSeconds: FORM_SECONDS,
      });
    },
    attach: (chat, kind, key) => {
      const offer = offers.get(key);
      const isOurs = offer?.chatId === chat.id && offer.kind === kind;
      if (!isOurs || storage.bucket.find(key) === undefined) throw notFound();
      return media.add(chat, { kind, key, name: undefined, from: 'end_user' });
    },
  };
}
