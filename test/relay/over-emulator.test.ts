import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chatPhase, type LogEntry, type Message } from '../../src/protocol/index.js';
import { PrivateWorld } from './private-world.js';
import { call, readHistory } from './world.js';

type Entry = LogEntry & { seq: number };

/** Longer than the relay waits for events that are late, in milliseconds. */
const QUIET = 12_000;

interface Told {
  readonly transfers: string[];
  readonly said: Message[];
  readonly end: string | null | undefined;
  readonly participants: Map<string, string | null>;
  readonly phases: string[];
}

/** What a visitor can know of the log: who took over from whom by name, what was said, how it ended. */
async function readTold(world: PrivateWorld): Promise<Told> {
  const { events } = (await readHistory(world.world, world.token)) as unknown as { events: Entry[] };
  const chats = events.flatMap((event) => (event.type === 'chat-updated' ? [event.chat] : []));
  const last = chats.at(-1);
  const participants = new Map<string, string | null>(last?.participants.map(({ kind, id, name }) => [`${kind} ${id}`, name] as const));
  const notices = events.flatMap((event) => (event.type === 'notice-added' ? [event.notice] : []));
  const nameOf = (ref: { kind: string; id: number | null } | null) => (ref ? (participants.get(`${ref.kind} ${ref.id}`) ?? ref.kind) : 'nobody');
  return {
    transfers: notices.flatMap(({ transfer }) => (transfer ? [`${nameOf(transfer.from)} -> ${nameOf(transfer.to)}`] : [])),
    said: events.flatMap((event) => (event.type === 'message-added' ? [event.message] : [])),
    end: notices.find(({ kind }) => kind === 'ended')?.reason,
    participants,
    phases: chats.map(({ status }) => chatPhase(status)),
  };
}

class Stage extends PrivateWorld {
  async open(): Promise<void> {
    const response = await call(this.world, 'POST /chats', { body: {} });
    const { token, chat } = (await response.json()) as { token: string; chat: { id: number } };
    this.token = token;
    this.chatId = chat.id;
    await this.pass(QUIET);
  }

  async bring(to: string, name: string, more: object = {}): Promise<void> {
    await this.transfer({ to, name, ...more });
    await this.say(to, `${name} here`);
  }

  async say(from: string, text: string | object): Promise<void> {
    const message = typeof text === 'string' ? { type: 'text', content: text } : text;
    await this.control('POST', `/chats/${this.chatId}/messages`, { from, message });
    await this.settle();
  }

  /** Lets all that is late arrive, and the relay read what it wants to. */
  async settle(): Promise<void> {
    for (let round = 0; round < 4; round += 1) await this.pass(QUIET / 4);
  }

  /** Not all that is under way can be waited for by the clock. */
  async settleUntil(isSo: (told: Told) => boolean): Promise<void> {
    for (let round = 0; round < 20 && !isSo(await readTold(this)); round += 1) await this.settle();
  }
}

/** Ava, Max, Jane, a task of Jane's, Jane again, Tom, and a failure. */
async function play(switches: Record<string, unknown>): Promise<Stage> {
  const stage = new Stage({ switches });
  if (switches['vaToVaHiddenBy']) await stage.platform('PATCH', '/settings/chat', { hide_va_to_va_system_messages: true });
  await stage.open();
  await stage.bring('virtual_agent', 'Ava');
  await stage.bring('virtual_agent', 'Max');
  await stage.say('virtual_agent', { type: 'inline_button', title: 'Which?', buttons: [{ title: 'Red', action: 'quick_reply' }] });
  await stage.bring('agent', 'Jane Doe');
  await stage.bring('task_virtual_agent', 'Verification');
  await stage.post({ text: '123456' });
  await stage.settle();
  await stage.transfer({ to: 'agent', name: 'Jane Doe' });
  await stage.say('agent', 'Thank you');
  await stage.bring('agent', 'Tom Fox');
  await stage.control('POST', `/chats/${stage.chatId}/fail`, { reason: 'expired' });
  await stage.settleUntil(({ end }) => end !== undefined);
  return stage;
}

const positions: Record<string, unknown>[] = [
  {},
  { webhookRichPlacement: 'content' },
  { webhookMessageId: 'every' },
  { webhookTextContent: 'object' },
  { taskEcho: 'none' },
  { taskEcho: 'text' },
  { taskMembershipWebhooks: 'none' },
  { taskAgentInChatObject: 'absent' },
  { vaToVaHiddenBy: 'server' },
  { vaToVaHiddenBy: 'webhooks' },
  { notiWebhooks: 'evidenced' },
  { notiWebhooks: 'guessed', webhookRichPlacement: 'content' },
  { senderName: 'present' },
  { senderId: 'participant' },
  { senderId: 'participant', senderName: 'present' },
  { ordinaryVisibility: 'all' },
  { ordinaryVisibility: 'end_user' },
  { failReason: 'field', statusText: 'plain' },
  { participantJoinedWebhook: 'late' },
  { participantJoinedWebhook: 'missing' },
  { participantLeftWebhook: 'late' },
  { participantLeftWebhook: 'after-joined' },
  { participantLeftWebhook: 'missing' },
  { participantJoinedWebhook: 'missing', participantLeftWebhook: 'missing' },
  { unknownEvents: 'sprinkled', unknownKeys: 'sprinkled' },
];

describe('the same conversation is told the same, whichever way the platform tells it', () => {
  for (const switches of positions) {
    test(Object.keys(switches).length === 0 ? 'as documented' : JSON.stringify(switches), async () => {
      const stage = await play(switches);
      const { transfers, said, end, phases } = await readTold(stage);
      assert.deepEqual(transfers, [
        'Ava -> Max',
        'Max -> Jane Doe',
        `Jane Doe -> ${switches['taskAgentInChatObject'] || switches['senderId'] ? 'task_virtual_agent' : 'Verification'}`,
        `${switches['taskAgentInChatObject'] || switches['senderId'] ? 'task_virtual_agent' : 'Verification'} -> Jane Doe`,
        'Jane Doe -> Tom Fox',
      ]);
      // What was private is gone with the end of the chat; its places are still there.
      const places = said.map(({ sender, type, private: isPrivate, text }) => `${sender.kind}${isPrivate ? ' privately' : ''}: ${type === 'removed' ? '' : text}`);
      assert.deepEqual(places, [
        'virtual_agent: Ava here',
        'virtual_agent: Max here',
        'virtual_agent: Which?\n• Red',
        'agent: Jane Doe here',
        'task_virtual_agent privately: ',
        'end_user privately: ',
        'agent: Thank you',
        'agent: Tom Fox here',
      ]);
      assert.equal(said[2]?.parts?.length, 1);
      assert.deepEqual([end, phases.at(-1)], ['expired', 'ended']);
      await stage.world.relay.stop();
    });
  }
});

describe('a virtual agent who never comes', () => {
  for (const failedTransfer of ['returns', 'escalates', 'fails'] as const) {
    test(`is no transfer, where the chat then ${failedTransfer}`, async () => {
      const stage = new Stage({ switches: { failedTransfer } });
      await stage.open();
      await stage.bring('virtual_agent', 'Ava');
      const transfer = { to: 'virtual_agent', name: 'Max', arrives: 'never' };
      const answer = stage.control('POST', `/chats/${stage.chatId}/transfers`, transfer).catch(() => undefined);
      await stage.settle();
      await answer;
      const wanted = { returns: 'virtual_agent', escalates: 'waiting', fails: 'ended' }[failedTransfer];
      await stage.settleUntil(({ phases }) => phases.at(-1) === wanted);
      const { transfers, phases } = await readTold(stage);
      assert.deepEqual([transfers, phases.at(-1)], [[], wanted]);
      await stage.world.relay.stop();
    });
  }
});
