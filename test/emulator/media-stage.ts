import assert from 'node:assert/strict';
import type { EmulatorOptions } from '../../src/emulator/index.js';
import { createStage, origin, type Stage } from './stage.js';

/** A form as the platform gives it out. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A stage with one chat in it. */
export interface MediaStage extends Stage {
  readonly chatId: number;
  readonly endUserId: number;
  /** A form for the chat. */
  readonly offer: (kind: 'photos' | 'videos', chatId?: number) => Promise<UploadForm>;
  /** Posts a form with a file, as a page would. */
  readonly upload: (form: UploadForm, file?: Blob, headers?: Record<string, string>) => Promise<Response>;
  /** Takes a form, uploads and attaches; the answer is the medium. */
  readonly attach: (kind: 'photos' | 'videos') => Promise<{ url: string; media_id: number }>;
  /** A request to the API whose answer is no JSON. */
  readonly download: (path: string) => Promise<Response>;
  readonly send: (message: unknown) => ReturnType<Stage['platform']>;
  /** The agent's file; `part` is what the form has in `file`. */
  readonly sendFile: (part: Blob | string, name?: string) => Promise<Response>;
  /** What is stored under a key, as text, or null. */
  readonly stored: (key: string | undefined) => Promise<string | null>;
}

/** The bytes of this photo are no picture: nobody looks. */
export const photo = new Blob(['jpeg'], { type: 'image/jpeg' });

export async function createMediaStage(
  switches: NonNullable<EmulatorOptions['switches']> = {},
): Promise<MediaStage> {
  const stage = createStage({ switches });
  const { credentials } = stage.emulator;
  const { chatId, endUserId } = await stage.openChat();
  const authorization = `Basic ${btoa(`${credentials.subdomain}:${credentials.apiToken}`)}`;

  const media: MediaStage = {
    ...stage,
    chatId,
    endUserId,
    offer: async (kind, chat = chatId) => {
      const { status, body } = await stage.platform('POST', `/chats/${chat}/${kind}/upload`);
      assert.equal(status, 200);
      return body as unknown as UploadForm;
    },
    upload: async ({ url, fields }, file = photo, headers = {}) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', file);
      return stage.emulator.fetch(new Request(url, { method: 'POST', body: form, headers }));
    },
    attach: async (kind) => {
      const form = await media.offer(kind);
      assert.equal((await media.upload(form)).status, 201);
      const one = { s3_path: form.fields.key };
      const body = kind === 'photos' ? { photo: [one] } : { video: one };
      const answer = await stage.platform('POST', `/chats/${chatId}/${kind}`, body);
      assert.equal(answer.status, 200);
      return answer.body as unknown as { url: string; media_id: number };
    },
    download: (path) =>
      stage.emulator.fetch(
        new Request(`${origin}/apps/api/v1${path}`, { headers: { Authorization: authorization } }),
      ),
    send: (message) =>
      stage.platform('POST', `/chats/${chatId}/message`, { from_user_id: endUserId, message }),
    sendFile: async (part, name) => {
      const form = new FormData();
      if (typeof part === 'string') form.append('file', part);
      else form.append('file', part, name);
      const url = `${origin}/emulator/chats/${chatId}/files`;
      const response = await stage.emulator.fetch(new Request(url, { method: 'POST', body: form }));
      await stage.emulator.idle();
      return response;
    },
    stored: async (key = '') => {
      const response = await stage.emulator.fetch(new Request(`${origin}/emulator/bucket/${key}`));
      const text = await response.text();
      return response.status === 200 ? text : null;
    },
  };
  return media;
}
