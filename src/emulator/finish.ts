import { requireRunning } from './api-context.js';
import type { Chat, Escalation } from './chat.js';
import { isOffered } from './deflections.js';
import { isKnownChannel } from './escalation-routes.js';
import { notFound, PlatformError } from './errors.js';
import { requireId, requireObject, requireText, toId, toText, type Parameters } from './parameters.js';
import type { FinishReason } from './reasons.js';
import type { World } from './world.js';

/**
 * Ends a chat in the end user's name; with a deflection, names the escalation that it settles (platform:
 * Update / finish). The texts of the refusals are ours.
 * @throws PlatformError 400 for a status other than `finished`, 404 for somebody else's id or escalation
 */
export function finishChat(world: World, chat: Chat, parameters: Parameters): void {
  const wanted = requireObject(parameters, 'chat');
  const status = requireText(wanted, 'status');
  requireRunning(chat);
  // `finished` is the only value that is shown in a request.
  if (status !== 'finished') throw new PlatformError(400, 'Unsupported chat status');
  requireOwnUser(world, chat, parameters);
  const deflected = readDeflection(world, chat, wanted);
  if (deflected !== undefined) world.chats.chooseDeflection(chat, deflected);
  world.chats.end(chat, toReason(chat, deflected?.escalation));
}

/** `finished_by_user_id` may be left out; whether somebody else's is refused is not documented (OQ-25). */
function requireOwnUser(world: World, chat: Chat, { finished_by_user_id: id }: Parameters): void {
  const isOther = id !== undefined && !chat.endUserIds.has(toId(id) ?? 0);
  if (isOther && world.switches.get('userIds') === 'checked') throw notFound();
}

function readDeflection(
  world: World,
  chat: Chat,
  wanted: Parameters,
): { readonly escalation: Escalation; readonly channel: string } | undefined {
  if (toText(wanted.deflection_channel) === undefined && wanted.escalation_id === undefined) return undefined;
  const channel = requireText(wanted, 'deflection_channel');
  const escalationId = requireId(wanted, 'escalation_id');
  const escalation = chat.escalations.find((each) => each.id === escalationId);
  if (escalation === undefined) throw notFound();
  // Keeping waiting and ending the chat exclude each other.
  if (!isKnownChannel(channel, world.switches) || channel === 'human_agent')
    throw new PlatformError(400, 'Unsupported deflection channel');
  if (escalation.status !== 'deflecting' && escalation.status !== 'deflected')
    throw new PlatformError(400, 'Escalation is not deflecting');
  if (!isOffered(escalation, channel)) throw new PlatformError(400, 'Deflection channel is not available');
  return { escalation, channel };
}

function toReason(chat: Chat, deflected: Escalation | undefined): FinishReason {
  if (deflected !== undefined) return 'deflected';
  const wasTaken = chat.participants.some(
    ({ kind, connectedAt }) => kind !== 'end_user' && connectedAt !== undefined,
  );
  return wasTaken ? 'disconnected_by_end_user' : 'abandoned';
}
