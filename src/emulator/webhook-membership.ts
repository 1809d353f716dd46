import type { Chat, Participant } from './chat.js';
import type { Parameters } from './parameters.js';
import type { Switches } from './switches.js';
import type { AnnouncementOptions } from './webhook-events.js';
import { toSender } from './webhook-message.js';

/**
 * Tells of coming and going (platform: Webhooks, Event types). A transfer between virtual agents may be kept
 * back (OQ-17e), and so may a task (OQ-20). Where the chat then leaves the virtual agents after all, whoever
 * was told to have come is told to have gone: nobody may seem to be there beside a human who is not.
 */
export function announceMembership(
  options: AnnouncementOptions,
  send: (chat: Chat, eventType: string, body: Parameters) => void,
): void {
  const { chats, switches } = options;
  /** Who left unseen, by chat. */
  const unseen = new WeakMap<Chat, Participant[]>();
  const tell = (chat: Chat, event: 'participant_joined' | 'participant_left', who: Participant): void => {
    if (isTaskTold(who, switches)) send(chat, event, toMembershipBody(who, switches));
  };
  const closePicture = (chat: Chat): void => {
    for (const participant of unseen.get(chat) ?? []) tell(chat, 'participant_left', participant);
    unseen.delete(chat);
  };

  chats.events.on('escalating', closePicture);
  chats.events.on('joined', (chat, participant) => {
    if (isHidden(chat, options)) {
      // Whoever is back never seems to have gone.
      const others = (unseen.get(chat) ?? []).filter(({ personId }) => personId !== participant.personId);
      unseen.set(chat, others);
      return;
    }
    closePicture(chat);
    tell(chat, 'participant_joined', participant);
  });
  chats.events.on('left', (chat, participant) => {
    if (isHidden(chat, options)) {
      unseen.set(chat, [...(unseen.get(chat) ?? []), participant]);
      return;
    }
    closePicture(chat);
    tell(chat, 'participant_left', participant);
  });
}

function isHidden(chat: Chat, { switches, settings }: AnnouncementOptions): boolean {
  return (
    chat.isBetweenVirtualAgents &&
    settings.hideVaToVaSystemMessages &&
    switches.get('vaToVaHiddenBy') === 'webhooks'
  );
}

function isTaskTold({ kind }: Participant, switches: Switches): boolean {
  return kind !== 'task_virtual_agent' || switches.get('taskMembershipWebhooks') === 'sent';
}

/**
 * Body of `participant_joined` and `participant_left`. Invented: the events are known, their bodies are not
 * (OQ-9), and no consumer should need more than the chat's id.
 */
function toMembershipBody(participant: Participant, switches: Switches): Parameters {
  const { id, type, connected_at } = toSender(participant, switches);
  return { participant: { id, type, status: participant.status, connected_at } };
}
