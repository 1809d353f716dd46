import type { Locator } from 'playwright-core';
import { until, type Platform } from './platform.js';
import type { Visitor } from './visitor.js';

export const jane = 'Jane Doe';
export const assistant = 'Verification assistant';
/** What the assistant asks for. */
export const question = 'Please enter the code from your e-mail.';
/** What the field says of who listens. */
export const listener = `For the automated assistant only: ${jane} can’t see this.`;
/** What stands below everything that is private. */
export const onlyYou = 'Private: your agent can’t see this';
/** What stands below a private message that was not sent because nobody can be sure who would hear it. */
export const gone = 'Not sent: the assistant has left';
export const unsure = /^Not sent yet: the assistant may have left/;

/** A visitor in a chat with Jane, who can hand them over to the assistant; the test plays the two. */
export interface PrivateMoment {
  readonly visitor: Visitor;
  readonly chatId: number;
  /** Whatever field there is to write in. */
  readonly field: Locator;
  /** The same, while it is an ordinary one. */
  readonly ordinaryField: Locator;
  /** Rows whose text is hidden. */
  readonly masked: Locator;
  /** Shows what is hidden, and hides it again. */
  readonly eye: Locator;
  startTask(): Promise<void>;
  endTask(): Promise<void>;
  /** Who on the other side knows a text, and how often it was said. */
  find(text: string): Promise<Known>;
  /** Waits until the platform has it. */
  untilArrived(text: string): Promise<Known>;
}

export interface Known {
  readonly byAgent: boolean;
  readonly times: number;
}

/** Starts a chat for somebody in front of the shop, and has Jane answer. */
export async function meetJane(visitor: Visitor, platform: Platform): Promise<PrivateMoment> {
  await visitor.open();
  await visitor.write('I would like to change my address');
  await visitor.sees('Sent');
  const chatId = (await platform.control('GET', '/chats')).chats[0].id as number;
  await platform.transfer(chatId, 'agent', jane);
  await platform.speak(chatId, 'agent', 'An assistant will ask you for a code. I cannot see it.');
  await visitor.sees('An assistant will ask you for a code.');
  return toMoment({ visitor, chatId, platform });
}

function toMoment({ visitor, chatId, platform }: { visitor: Visitor; chatId: number; platform: Platform }): PrivateMoment {
  const { chat } = visitor;
  const find = async (text: string): Promise<Known> => {
    const { agentView, all } = (await platform.chat(chatId)) as Record<'agentView' | 'all', readonly unknown[]>;
    const inJson = JSON.stringify(text).slice(1, -1);
    const holds = (message: unknown) => JSON.stringify(message).includes(inJson);
    return { byAgent: agentView.some(holds), times: all.filter(holds).length };
  };
  return {
    visitor,
    chatId,
    field: chat.getByRole('textbox'),
    ordinaryField: chat.getByRole('textbox', { name: 'Your message', exact: true }),
    masked: chat.locator('[part~=message]', { hasText: '••••••••' }),
    eye: chat.getByRole('button', { name: 'Show what you wrote' }),
    startTask: async () => {
      await platform.transfer(chatId, 'task_virtual_agent', assistant);
      await platform.speak(chatId, 'task_virtual_agent', question);
      await visitor.sees(question);
      await visitor.sees(listener);
    },
    endTask: () => platform.transfer(chatId, 'agent', jane),
    find,
    untilArrived: (text) => until(() => find(text), ({ times }) => times > 0),
  };
}
