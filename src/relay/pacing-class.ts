/** What a call is to the people who wait for it, the most urgent first. */
export const pacingClasses = ['closing', 'message', 'opening', 'media', 'read'] as const;

/**
 * - `closing`: ends a chat, asks for a person, chooses how to go on
 * - `message`: what somebody said
 * - `opening`: begins or resumes a chat, or says who the visitor is; every other call that changes something
 * - `media`: photos, videos and files
 * - `read`: how things stand
 */
export type PacingClass = (typeof pacingClasses)[number];

/**
 * Shares of the calls while many chats wait in every class; a class that is alone has them all. None is ever left out.
 */
export const pacingWeights: Readonly<Record<PacingClass, number>> = {
  closing: 8,
  message: 6,
  opening: 3,
  media: 2,
  read: 1,
};

/** A call of the platform as the pacer sees it: a `Call` of the platform client has this shape. */
export interface PacedCall {
  readonly method: string;
  /** Below `/apps/api/v1`, such as `/chats/37/message`. */
  readonly path: string;
  /** Default: by method and path. For a read that something more urgent hangs on. */
  readonly pacingClass?: PacingClass | undefined;
  /** Longest wait for its turn in milliseconds; then it is not begun at all. Default: 30,000. */
  readonly patienceMs?: number | undefined;
}

/** The chat that a call is about; null where it is about none. */
export function toChatId({ path }: PacedCall): number | null {
  const digits = /^\/chats\/(\d{1,15})(\/|$)/.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** platform: Endpoints. An address that is not known here is judged by its method. */
export function toPacingClass({ method, path, pacingClass }: PacedCall): PacingClass {
  if (pacingClass !== undefined) return pacingClass;
  const below = /^\/chats\/\d+(?:\/(.*))?$/.exec(path)?.[1] ?? '';
  if (/^(photos|videos|media)(\/|$)/.test(below)) return 'media';
  if (method === 'GET') return 'read';
  if (below === 'message') return 'message';
  const isClosing = /^escalations(\/|$)/.test(below) || (method === 'PATCH' && /^\/chats\/\d+$/.test(path));
  return isClosing ? 'closing' : 'opening';
}
