import { type Chat, type MessagePayload, type Participant } from './chat.js';
import { findDismissalObstacle } from './dismissal.js';
import { findAgentFileType } from './media-types.js';
import type { Deed } from './script.js';
import type { World } from './world.js';

/** Somebody of the cast says a line, or sends a file. */
export function speak(
  chat: Chat,
  { sender, payload }: { readonly sender: Participant; readonly payload: MessagePayload },
  world: World,
): void {
  if (payload.type === 'file') void sendFile(chat, { sender, payload }, world);
  else world.chats.speak(chat, { sender, payload, by: 'script' });
}

async function sendFile(
  chat: Chat,
  { sender, payload }: { readonly sender: Participant; readonly payload: MessagePayload },
  world: World,
): Promise<void> {
  const name = String(payload.name);
  const type = findAgentFileType(name, world.switches.get('agentFileTypes'));
  if (type === undefined) return;
  const bytes = new TextEncoder().encode(String(payload.text));
  const medium = await world.media.addAgentFile(chat, { ...type, name, bytes });
  const said = { type: medium.kind, content: { media_id: medium.id } };
  world.chats.speak(chat, { sender, payload: said, by: 'script' });
}

/** Somebody of the cast does something, or the scenario where it is nobody's doing. */
export function perform(chat: Chat, deed: Deed, { chats, transfers, tenant }: World): void {
  switch (deed.type) {
    case 'escalate':
      chats.escalate(chat, 'by_virtual_agent');
      break;
    case 'end':
      chats.end(chat);
      break;
    case 'start-task':
      void transfers.begin(chat, { to: 'task_virtual_agent' });
      break;
    case 'hand-back':
      void transfers.begin(chat, { to: 'agent' });
      break;
    case 'dismiss':
      if (findDismissalObstacle(chat) === undefined) chats.dismiss(chat);
      break;
    case 'fail':
      chats.fail(chat, deed.reason);
      break;
    case 'deflect':
      chats.deflect(chat, deed.deflection);
      break;
    case 'force-end-task':
      chats.forceEndTask(chat);
      break;
    case 'transfer':
      void transfers.begin(chat, {
        to: 'virtual_agent',
        name: deed.name,
        dataParameters: deed.data,
        menu: deed.menuId === undefined ? undefined : tenant.findMenu(deed.menuId),
      });
  }
}
