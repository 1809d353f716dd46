import type { Hono } from 'hono';
import { isEnded, type Chat } from './chat.js';
import { chatAlreadyEnded, missingParameter, notFound } from './errors.js';
import type { Medium } from './media.js';
import { readParameters, requireText, toId, toParameters, type Parameters } from './parameters.js';
import type { UploadKind } from './uploads.js';
import type { World } from './world.js';

interface MediaRouteOptions {
  readonly world: World;
  /** @throws PlatformError 404 */
  readonly findChat: (id: string) => Chat;
  readonly origin: (request: Request) => string;
}

/** Rows 10 to 16 of the platform's endpoints: photos, videos and files of a chat. */
export function addMediaRoutes(api: Hono, options: MediaRouteOptions): void {
  addUploadRoutes(api, 'photo', options);
  addUploadRoutes(api, 'video', options);
  addDownloadRoutes(api, options);
}

function addUploadRoutes(api: Hono, kind: UploadKind, { world, findChat, origin }: MediaRouteOptions): void {
  const path = `/chats/:chatId/${kind}s` as const;
  const toAnswer = async (medium: Medium, request: Request) => ({
    url: await world.storage.presignUrl(origin(request), medium.key),
    media_id: medium.id,
  });

  api.post(`${path}/upload`, async (context) => {
    const chat = requireRunning(findChat(context.req.param('chatId')));
    return context.json(await world.uploads.offer(chat, kind, origin(context.req.raw)));
  });
  api.post(path, async (context) => {
    const chat = findChat(context.req.param('chatId'));
    const parameters = await readParameters(context.req.raw);
    const keys = kind === 'photo' ? readPhotos(parameters, world) : [readVideo(parameters, world)];
    requireRunning(chat);
    const media = keys.map((key) => world.uploads.attach(chat, kind, key));
    const answers = await Promise.all(media.map((medium) => toAnswer(medium, context.req.raw)));
    const asList = answers.length > 1 || (kind === 'photo' && world.switches.get('photoAnswer') === 'array');
    return context.json(asList ? answers : answers[0]);
  });
  // Only what the end user sent: nothing says that an agent's pictures are listed here.
  api.get(path, async (context) => {
    const chat = findChat(context.req.param('chatId'));
    const listed = world.media.list(chat).filter((each) => each.kind === kind && each.from === 'end_user');
    return context.json(await Promise.all(listed.map((medium) => toAnswer(medium, context.req.raw))));
  });
}

function addDownloadRoutes(api: Hono, { world, findChat }: MediaRouteOptions): void {
  const send = (medium: Medium | undefined): Response => {
    const response = medium === undefined ? undefined : world.media.toResponse(medium);
    if (response === undefined) throw notFound();
    return response;
  };
  const requireAddress = (form: 'path' | 'query'): void => {
    const open = world.switches.get('mediaAddress');
    if (open !== 'both' && open !== form) throw notFound();
  };

  api.get('/chats/:chatId/media/:mediaId', (context) => {
    requireAddress('path');
    const chat = findChat(context.req.param('chatId'));
    return send(world.media.find(chat, toId(context.req.param('mediaId'))));
  });
  api.get('/chats/:chatId/media', (context) => {
    requireAddress('query');
    const chat = findChat(context.req.param('chatId'));
    const mediaId = requireText(context.req.query(), 'media_id');
    const mediaType = requireText(context.req.query(), 'media_type');
    const medium = world.media.find(chat, toId(mediaId));
    return send(medium?.kind === mediaType ? medium : undefined);
  });
}

/** Keys of `{photo: [{s3_path, photo_type?}]}`; a single object will do as well (OQ-5). */
function readPhotos({ photo }: Parameters, world: World): readonly string[] {
  const photos: readonly unknown[] = Array.isArray(photo) ? photo : [photo];
  if (photo === undefined || photo === null || photos.length === 0) throw missingParameter('photo');
  return photos.map((each) => {
    const one = toParameters(each);
    if (one === undefined) throw missingParameter('photo');
    if (world.switches.get('photoType') === 'required') requireText(one, 'photo_type');
    return requireText(one, 's3_path');
  });
}

/** Key of `{video: {s3_path | gcs_path}}`; only one video at a time (OQ-3). */
function readVideo(parameters: Parameters, world: World): string {
  const video = toParameters(parameters.video);
  if (video === undefined && world.switches.get('videoBody') === 'either' && parameters.photo !== undefined) {
    const [key, ...others] = readPhotos(parameters, world);
    if (key === undefined || others.length > 0) throw missingParameter('video');
    return key;
  }
  if (video === undefined) throw missingParameter('video');
  return requireText(video, video.s3_path === undefined ? 'gcs_path' : 's3_path');
}

function requireRunning(chat: Chat): Chat {
  if (isEnded(chat)) throw chatAlreadyEnded();
  return chat;
}
