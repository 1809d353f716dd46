import { PlatformError } from '../platform-error.js';
import { AttachedMedia, MediaList, PresignedForm, type PlatformMedia } from '../response-schemas.js';
import type { Transport } from '../transport.js';

/** What kind of file a `media_id` stands for (platform: Attachments, from the agent). */
export type MediaType = 'photo' | 'video' | 'audio' | 'document';

/** platform: Endpoints 10 to 16. */
export interface MediaEndpoints {
  /** A form for one JPEG of at most 2 MB. */
  createPhotoUpload(chatId: number): Promise<PresignedForm>;
  /** A form for one MP4 of at most 20 MB. */
  createVideoUpload(chatId: number): Promise<PresignedForm>;
  /**
   * `path` is the form's `key`. The photo appears in the chat only with a message of its own. `photoType`:
   * OQ-4.
   */
  attachPhoto(
    chatId: number,
    photo: { readonly path: string; readonly photoType?: string | undefined },
  ): Promise<PlatformMedia>;
  /** As for a photo (OQ-3). */
  attachVideo(chatId: number, video: { readonly path: string }): Promise<PlatformMedia>;
  listPhotos(chatId: number): Promise<PlatformMedia[]>;
  listVideos(chatId: number): Promise<PlatformMedia[]>;
  /**
   * The file itself, at most 100 MB, as it arrives: read its body or cancel it. The timeout ends with the
   * headers. Two forms of the address are documented; the one that works is remembered (OQ-8).
   */
  downloadMedia(
    chatId: number,
    media: { readonly mediaId: number; readonly mediaType: MediaType },
  ): Promise<Response>;
}

export function mediaEndpoints(transport: Transport): MediaEndpoints {
  const createUpload = (chatId: number, kind: 'photos' | 'videos') =>
    transport.read(PresignedForm, { method: 'POST', path: `/chats/${chatId}/${kind}/upload` });

  return {
    createPhotoUpload: (chatId) => createUpload(chatId, 'photos'),
    createVideoUpload: (chatId) => createUpload(chatId, 'videos'),
    attachPhoto: (chatId, { path, photoType }) =>
      transport.read(AttachedMedia, {
        method: 'POST',
        path: `/chats/${chatId}/photos`,
        body: { photo: [{ s3_path: path, photo_type: photoType }] },
      }),
    attachVideo: (chatId, { path }) =>
      transport.read(AttachedMedia, {
        method: 'POST',
        path: `/chats/${chatId}/videos`,
        body: { video: { s3_path: path } },
      }),
    listPhotos: (chatId) => transport.read(MediaList, { method: 'GET', path: `/chats/${chatId}/photos` }),
    listVideos: (chatId) => transport.read(MediaList, { method: 'GET', path: `/chats/${chatId}/videos` }),
    downloadMedia: createMediaDownload(transport),
  };
}

function createMediaDownload(transport: Transport): MediaEndpoints['downloadMedia'] {
  let known: 'path' | 'query' | null = null;

  return async (chatId, { mediaId, mediaType }) => {
    const path = `/chats/${chatId}/media`;
    const byPath = () => transport.open({ method: 'GET', path: `${path}/${mediaId}` });
    const byQuery = () =>
      transport.open({ method: 'GET', path, query: { media_id: mediaId, media_type: mediaType } });
    if (known !== null) return known === 'path' ? byPath() : byQuery();
    try {
      const response = await byPath();
      known = 'path';
      return response;
    } catch (error) {
      if (!(error instanceof PlatformError) || (error.status !== 404 && error.status !== 400)) throw error;
      const response = await byQuery();
      known = 'query';
      return response;
    }
  };
}
