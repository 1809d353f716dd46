import type { Chats } from './chats.js';
import type { Switches } from './switches.js';

/** What whoever begins or resumes a chat is told while the contact center is closed: the tenant's words. */
export const AFTER_HOURS_MESSAGE =
  'We are closed right now. Our team is here from Monday to Friday, 9 am to 7 pm.';

/**
 * While the contact center is closed a new chat fails, as the switch says, and every escalation is deflected
 * at once.
 */
export function keepOpeningHours({
  chats,
  switches,
}: {
  readonly chats: Chats;
  readonly switches: Switches;
}): void {
  chats.events.on('created', (chat) => {
    if (switches.get('openingHours') === 'closed' && switches.get('closedChat') === 'failed')
      chats.fail(chat, 'after_hours');
  });
  chats.events.on('escalated', (chat, { status }) => {
    if (switches.get('openingHours') === 'closed' && status === 'escalating')
      chats.deflect(chat, { reason: 'after_hours', channels: [{ channel: 'email' }] });
  });
}
