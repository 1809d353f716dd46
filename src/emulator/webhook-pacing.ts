import type { Causes } from './causes.js';
import type { Timers } from './clock.js';
import type { Faults } from './faults.js';
import { toParameters } from './parameters.js';
import type { Switches } from './switches.js';
import type { WebhookEnvelope, Webhooks } from './webhooks.js';

interface PacingOptions {
  readonly switches: Switches;
  readonly faults: Faults;
  readonly timers: Timers;
  readonly causes: Causes;
  readonly webhooks: Pick<Webhooks, 'send'>;
}

/** How late a membership event is, and how long one waits for the one that is to pass it; in milliseconds. */
const LATE_MILLISECONDS = 2000;

/**
 * Lets some webhooks come late, in the wrong order, or not at all: those of coming and going by switches
 * (OQ-12), those of a task virtual agent by a fault. Whatever else happens in the chat passes them; what they
 * say is as old as they are.
 */
export function createPacing(options: PacingOptions): Pick<Webhooks, 'send'> {
  const { switches, faults, timers, webhooks } = options;
  /** Who left, by chat: told behind whoever comes next. */
  const waiting = new Map<number, Set<() => void>>();

  const sendLater = (envelope: WebhookEnvelope, milliseconds: number): (() => void) => {
    const cause = options.causes.current();
    const send = once(() => {
      options.causes.run(cause, () => {
        webhooks.send(envelope);
      });
    });
    timers.after(milliseconds, send);
    return send;
  };
  const sendAfterJoined = (envelope: WebhookEnvelope): void => {
    const ofChat = waiting.get(envelope.chat_id) ?? new Set();
    waiting.set(envelope.chat_id, ofChat.add(sendLater(envelope, LATE_MILLISECONDS)));
  };
  const sendJoined = (envelope: WebhookEnvelope): void => {
    webhooks.send(envelope);
    for (const send of waiting.get(envelope.chat_id) ?? []) send();
    waiting.delete(envelope.chat_id);
  };

  return {
    send: (envelope) => {
      const delay = isOfTask(envelope) ? faults.nextTaskDelay() : 0;
      const position = findPosition(envelope, switches);
      if (position === 'missing') return;
      if (delay > 0) sendLater(envelope, delay);
      else if (position === 'late') sendLater(envelope, LATE_MILLISECONDS);
      else if (position === 'after-joined') sendAfterJoined(envelope);
      else if (envelope.event_type === 'participant_joined') sendJoined(envelope);
      else webhooks.send(envelope);
    },
  };
}

function findPosition(
  { event_type: type }: WebhookEnvelope,
  switches: Switches,
): 'at-once' | 'after-joined' | 'late' | 'missing' {
  if (type === 'participant_joined') return switches.get('participantJoinedWebhook');
  return type === 'participant_left' ? switches.get('participantLeftWebhook') : 'at-once';
}

/** What a task virtual agent says, and that it comes and goes; not what is said to it. */
function isOfTask({ body }: WebhookEnvelope): boolean {
  const who = toParameters(body.participant) ?? toParameters(body.sender);
  return who?.type === 'task_virtual_agent';
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
