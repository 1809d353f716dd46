import type { Chat, MessagePayload } from './chat.js';
import { ControlError } from './errors.js';
import { toId, toParameters, toText, type Parameters } from './parameters.js';
import type { World } from './world.js';

/**
 * What a virtual agent does instead of saying something: a payload of type `action` (platform: What a virtual
 * agent can emit). Nobody sees it as a message.
 * @throws ControlError 400 for any other action
 */
export function performAction(world: World, chat: Chat, payload: MessagePayload): void {
  const { action } = payload;
  if (action === 'end') world.chats.end(chat);
  else if (action === 'escalation') escalate(world, chat, payload);
  else if (action === 'direct') direct(world, chat, payload);
  else throw new ControlError(400, 'invalid-request', 'message.action: takes escalation, end or direct');
}

/** To a queue: to the virtual agent who works there where one is allowed, else to a human. */
function escalate(world: World, chat: Chat, payload: MessagePayload): void {
  const wanted = payload.menu_id === undefined ? chat.menu.id : toId(payload.menu_id);
  const menu = world.tenant.findMenu(wanted ?? 0);
  if (menu === undefined) {
    world.chats.escalate(chat, 'invalid_queue');
    return;
  }
  const isForVirtualAgent = payload.allow_virtual_agent === true && hasVirtualAgent(world, menu.id);
  if (isForVirtualAgent) {
    const dataParameters = readDataParameters(payload);
    void world.transfers.begin(chat, { to: 'virtual_agent', menu, dataParameters });
  } else {
    chat.menu = menu;
    world.chats.escalate(chat, toReason(payload));
  }
}

function toReason({ escalation_reason: reason }: MessagePayload): 'by_end_user_ask' | 'by_virtual_agent' {
  return toText(reason) === 'by_consumer' ? 'by_end_user_ask' : 'by_virtual_agent';
}

/** To one human; where there is no such agent, to a queue. */
function direct(world: World, chat: Chat, { agent_id: id, fallback_menu: fallback }: MessagePayload): void {
  const agent = world.tenant.staff.find('agent', toId(id) ?? 0);
  if (agent !== undefined) void world.transfers.begin(chat, { to: 'agent', name: agent.name });
  else escalate(world, chat, { type: 'action', menu_id: fallback });
}

function hasVirtualAgent({ script }: World, menuId: number): boolean {
  return script.cast.some(
    ({ kind, menuIds }) => kind === 'virtual_agent' && (menuIds?.includes(menuId) ?? true),
  );
}

/** `session_variable` beside the action: what is captured as `data_parameters` goes to the next one. */
function readDataParameters({ session_variable: variable }: MessagePayload): Parameters | undefined {
  const { capture_type: types, payload } = toParameters(variable) ?? {};
  return Array.isArray(types) && types.includes('data_parameters') ? toParameters(payload) : undefined;
}
