import type { Message, SendMessage } from '../protocol/index.js';
import { toChatError, type ChatError } from './chat-error.js';
import type { ClientClock } from './clock.js';
import { createOutbox } from './outbox.js';
import { randomId } from './random-id.js';
import { messageItemOf, type Action, type Model } from './reduce.js';

export interface MessageDeliveryOptions {
  readonly model: () => Model;
  readonly dispatch: (action: Action) => void;
  /** Sees to it that there is a chat. */
  readonly prepare: () => Promise<void>;
  readonly send: (message: SendMessage) => Promise<void>;
  /** A message was given up, or nothing can be sent at all. */
  readonly onFailed: (error: ChatError) => void;
  readonly clock: ClientClock;
}

/** Brings what the visitor writes to the relay, and shows how far it got until the log tells. */
export interface MessageDelivery {
  /** Answers the id of the new message. */
  send(text: string): string;
  /** Once more, on the person's word. */
  sendAgain(id: string): void;
  /** Goes on with what {@link MessageDelivery.stop} left open. */
  resume(): void;
  stop(): void;
}

export function createMessageDelivery(options: MessageDeliveryOptions): MessageDelivery {
  const { model, dispatch, clock } = options;
  /** Ids that are to be sent whatever became of them. */
  const wanted = new Set<string>();
  const outbox = createOutbox({ prepare: options.prepare, deliver, onFailed: handleFailed, toError: toChatError, clock });

  return {
    send: (text) => {
      const message = toMessage(text, clock);
      dispatch({ type: 'message-composed', message });
      outbox.add(message.id);
      return message.id;
    },
    sendAgain: (id) => {
      wanted.add(id);
      dispatch({ type: 'delivery-changed', id, delivery: 'sending' });
      outbox.add(id);
    },
    resume: () => {
      for (const item of model().items) if (item.kind === 'message' && isOpen(item.message.id)) outbox.add(item.message.id);
    },
    stop: () => {
      outbox.clear();
    },
  };

  /** True while nobody but this browser answers for the message: what the log has, the log speaks for. */
  function isOpen(id: string): boolean {
    const item = messageItemOf(model(), id);
    return item?.message.delivery === 'sending' && (item.seq === null || wanted.has(id));
  }

  async function deliver(id: string): Promise<void> {
    const text = messageItemOf(model(), id)?.message.text;
    if (text === undefined || !isOpen(id)) return;
    await options.send({ id, text, ...(wanted.has(id) ? { again: true } : {}) });
    wanted.delete(id);
  }

  function handleFailed(id: string, error: ChatError): void {
    const isLost = isOpen(id);
    wanted.delete(id);
    if (isLost) dispatch({ type: 'delivery-changed', id, delivery: 'failed' });
    if (isLost || error.code === 'unauthorized') options.onFailed(error);
  }
}

function toMessage(text: string, clock: ClientClock): Message {
  return {
    id: randomId(),
    type: 'text',
    text,
    sender: { kind: 'end_user', id: null },
    at: new Date(clock.now()).toISOString(),
    private: false,
    delivery: 'sending',
  };
}
