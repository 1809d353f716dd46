import type { ChooseDeflection, Deflection, Escalation } from '../protocol/index.js';
import type { ChatLog } from './chat-log.js';
import { endOnPlatform } from './end-chat.js';
import { RelayError } from './relay-error.js';
import type { VisitorCall } from './route.js';
import { hasEnded, type ChatView } from './view.js';
import { toHookedChat } from './visitor.js';

/** What was done about an offer, so that the same request twice is done once; kept as long as the chat's log is in use. */
interface Done {
  readonly escalationId: number;
  readonly channel: string;
  /** Null: the mail is on its way, the end of the chat is not. */
  readonly escalation: Escalation | null;
}
const done = new WeakMap<ChatLog, Done>();

/**
 * Takes one of the offered ways (platform: Deflection). Rejects with `deflection-not-offered`, `email-missing`,
 * `email-not-sent`, or what the platform says. Callers see to it that a chat has one of these at a time.
 */
export async function chooseWay(call: VisitorCall, choice: ChooseDeflection): Promise<Escalation> {
  const escalationId = /^\d{1,15}$/.test(call.params['id'] ?? '') ? Number(call.params['id']) : NaN;
  const { channel } = choice;
  const before = done.get(call.log);
  const isSame = before?.escalationId === escalationId && before.channel === channel;
  const view = await call.log.view();
  const deflection = findOffer(call, view, { escalationId, channel });
  if (!deflection) {
    // An escalation may be deflected more than once, so what is on offer comes first.
    if (isSame && before.escalation) return before.escalation;
    throw new RelayError(hasEnded(view) ? 'chat-ended' : 'deflection-not-offered');
  }
  const escalation = await take(call, { choice, deflection, isMailed: isSame && before.escalation === null });
  done.set(call.log, { escalationId, channel, escalation });
  return escalation;
}

function findOffer(
  { context }: VisitorCall,
  { deflection }: ChatView,
  { escalationId, channel }: Pick<Done, 'escalationId' | 'channel'>,
): Deflection | null {
  // Without somebody who sends it, there is no mail.
  if (channel === 'email' && !context.hooks.onEmailDeflection) return null;
  const isOffered = deflection?.escalationId === escalationId && deflection.channels.some((way) => way.channel === channel);
  return isOffered ? deflection : null;
}

interface Chosen {
  readonly choice: ChooseDeflection;
  readonly deflection: Deflection;
  /** The mail went out at an earlier try; only the chat is still open. */
  readonly isMailed: boolean;
}

async function take(call: VisitorCall, { choice, deflection, isMailed }: Chosen): Promise<Escalation> {
  const { context, visitor, log } = call;
  const { channel } = choice;
  const { escalationId } = deflection;
  switch (channel) {
    case 'email':
      if (!isMailed) await sendMail(call, { choice, deflection });
      done.set(log, { escalationId, channel, escalation: null });
      break;
    case 'external_link':
      break;
    case 'human_agent':
    case 'virtual_agent': {
      const { watch, platform, refresher } = context;
      const { id, status } = await watch.call(() => platform.chooseDeflection(visitor.chatId, escalationId, channel));
      refresher.request(visitor.chatId);
      return { id, status };
    }
    default:
      // Told by the platform, and nobody knows how to take it.
      throw new RelayError('deflection-not-offered');
  }
  await endOnPlatform(context, visitor, { reason: 'deflected', deflection: { escalationId, channel } });
  return { id: escalationId, status: 'deflected' };
}

async function sendMail({ context, visitor }: VisitorCall, { choice, deflection }: Omit<Chosen, 'isMailed'>): Promise<void> {
  const { hooks, runHook, sealer } = context;
  const chat = await toHookedChat(sealer, visitor);
  const email = choice.email ?? chat.visitor?.email;
  if (email === undefined) throw new RelayError('email-missing');
  try {
    await runHook('onEmailDeflection', () => hooks.onEmailDeflection?.({ ...chat, email, reason: deflection.reason }));
  } catch (cause) {
    throw new RelayError('email-not-sent', { cause });
  }
}

