import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Model } from '../../src/client/reduce.js';
import type { Deflection } from '../../src/protocol/index.js';
import { after, ava, chatWith, jane, modelOf } from './conversation.js';
import { logged, problem } from './fake-relay.js';
import { bodiesOf, count, hold, running, setUp, until } from './set-up.js';

const deflection: Deflection = {
  escalationId: 55,
  reason: 'over_capacity',
  channels: [{ channel: 'human_agent', label: null, url: null }, { channel: 'fax', label: 'Fax', url: null }],
};
const offered = { type: 'deflection-offered', deflection };
const escalation = (status: string) => ({ type: 'escalation-updated', escalation: { id: 55, status } });
const status = (name: string) => ({ type: 'chat-updated', chat: chatWith(name, ava) });

describe('a choice in place of a person', () => {
  const read = (...events: object[]) => events.reduce<Model>((model, event) => after(model, event), modelOf());
  const open = read(status('va_assigned'), escalation('deflecting'), offered);
  const cases: [string, object, 'still on offer' | 'over'][] = [
    ['is told again that it is being offered', escalation('deflecting'), 'still on offer'],
    ['goes back to the queue', status('queued'), 'still on offer'],
    ['chose, and it is settled', escalation('deflected'), 'over'],
    ['is put through after all', escalation('escalating'), 'over'],
    ['hears that the request was cancelled', escalation('canceled'), 'over'],
    ['is answered by a person', { type: 'chat-updated', chat: chatWith('assigned', jane) }, 'over'],
    ['comes to the end of the chat', status('finished'), 'over'],
    ['comes to the failure of the chat', status('failed'), 'over'],
  ];
  for (const [what, event, expected] of cases) {
    test(`is ${expected} when the visitor ${what}`, () => {
      assert.equal(after(open, event).deflection === null ? 'over' : 'still on offer', expected);
    });
  }

  test('keeps ways that nobody here knows', () => {
    assert.deepEqual(open.deflection?.channels.map(({ channel }) => channel), ['human_agent', 'fax']);
  });

  test('may come before the word that it is being offered', () => {
    assert.deepEqual(read(offered, escalation('deflecting')).deflection, deflection);
  });

  test('is announced, and taken as offered', async () => {
    const { relay, client } = await running();
    const told: unknown[] = [];
    client.on('deflection-offered', (offer) => told.push(offer));
    relay.say(logged(1, offered));
    await until(() => client.state.deflection !== null);
    assert.deepEqual(told, [deflection]);
    const bodies = bodiesOf(relay, 'PATCH /chat/escalations/55');
    await client.chooseDeflection('email', { email: 'ada@example.com' });
    await client.chooseDeflection('human_agent');
    assert.deepEqual(bodies, [{ channel: 'email', email: 'ada@example.com' }, { channel: 'human_agent' }]);
  });

  test('that is not offered is not asked for', async () => {
    const { relay, client } = await running();
    await assert.rejects(client.chooseDeflection('email'), { name: 'ChatError', code: 'deflection-not-offered', retryable: false });
    assert.ok(relay.calls.every((call) => !call.startsWith('PATCH')));
  });

  test('that fails says why', async () => {
    const { relay, client } = await running();
    relay.say(logged(1, offered));
    await until(() => client.state.deflection !== null);
    relay.answer('PATCH /chat/escalations/55', () => problem('email-not-sent'));
    await assert.rejects(client.chooseDeflection('email'), { code: 'email-not-sent', retryable: true });
  });
});

describe('asking for a person', () => {
  test('by two taps is one request', async () => {
    const { relay, client } = await running();
    const asking = hold(() => Response.json({ escalation: { id: 55, status: 'escalating' } }, { status: 201 }));
    relay.answer('POST /chat/escalations', asking.answer);
    const taps = [client.requestAgent(), client.requestAgent()];
    asking.release();
    await Promise.all(taps);
    assert.equal(count(relay, 'POST /chat/escalations'), 1);
  });

  test('without a chat is refused', async () => {
    const { relay, client } = setUp();
    await assert.rejects(client.requestAgent(), { code: 'unauthorized' });
    assert.deepEqual(relay.calls, []);
  });

  test('is not done when something else than the relay answers', async () => {
    const { relay, client } = await running();
    relay.answer('POST /chat/escalations', () => new Response('<h1>Please log in to this network</h1>'));
    await assert.rejects(client.requestAgent(), { code: 'relay-unreadable', retryable: true });
  });
});

describe('a chat that was dismissed', () => {
  test('goes on when the visitor says so', async () => {
    const { relay, client } = await running();
    relay.say(logged(1, status('va_dismissed')));
    await until(() => client.state.phase === 'dismissed');
    const bodies = bodiesOf(relay, 'POST /chat/resume', () => Response.json({ chat: chatWith('queued') }));
    await client.resumeChat();
    assert.deepEqual(bodies, [{}]);
    relay.say(logged(2, status('queued')));
    await until(() => client.state.phase === 'waiting');
  });

  test('is ended before a new one is started, and stays where it cannot be ended', async () => {
    const { relay, client } = await running();
    relay.say(logged(1, status('va_dismissed')));
    await until(() => client.state.phase === 'dismissed');
    relay.answer('POST /chat/end', () => problem('platform-unavailable'));
    await assert.rejects(client.startChat(), { code: 'platform-unavailable' });
    assert.deepEqual([client.state.phase, count(relay, 'POST /chats')], ['dismissed', 1]);
    const ends = bodiesOf(relay, 'POST /chat/end');
    await client.startChat();
    assert.deepEqual([ends.length, count(relay, 'POST /chats')], [1, 2]);
    assert.notEqual(client.state.phase, 'dismissed');
  });

  test('that cannot be resumed any more says so', async () => {
    const { relay, client } = await running();
    relay.answer('POST /chat/resume', () => problem('chat-not-dismissed'));
    await assert.rejects(client.resumeChat(), { code: 'chat-not-dismissed' });
  });
});

describe('after the end', () => {
  test('stars and words are still taken', async () => {
    const { relay, client } = await running();
    relay.say(logged(1, status('finished')));
    await until(() => client.state.phase === 'ended');
    const bodies = bodiesOf(relay, 'POST /chat/feedback');
    await client.sendFeedback({ rating: 5, comment: 'Kind' });
    assert.deepEqual(bodies, [{ rating: 5, comment: 'Kind' }]);
  });

  test('a new chat may be started', async () => {
    const { relay, client } = await running();
    relay.say(logged(1, status('finished')));
    await until(() => client.state.phase === 'ended');
    await client.startChat();
    assert.equal(count(relay, 'POST /chats'), 2);
    assert.notEqual(client.state.phase, 'ended');
  });
});

describe('how long the queue takes', () => {
  async function askedFor(start: object | undefined, queue?: object) {
    const { relay, client } = setUp();
    const asked: string[] = [];
    relay.answer('GET /wait-times', ({ url }) => {
      asked.push(url.search);
      return Response.json({ waits: [{ menuId: 100, minutes: 4 }] });
    });
    if (start) await client.startChat(start);
    assert.equal(await client.getWaitMinutes(...(queue ? [queue] : [])), 4);
    return asked[0];
  }

  test('is asked for the queue that the chat was started with', async () => {
    assert.equal(await askedFor({ menu: 'billing & more', lang: 'de' }), '?menu=billing+%26+more&lang=de');
  });

  test('is asked for another queue when one is named', async () => {
    assert.equal(await askedFor({ menu: 'billing' }, { menu: 101 }), '?menu=101');
  });

  test('is asked for the relay\'s own queue where none was chosen', async () => {
    assert.ok(['', '?'].includes((await askedFor(undefined)) ?? ''));
  });

  test('is nothing where nobody knows', async () => {
    const { relay, client } = setUp();
    relay.answer('GET /wait-times', () => Response.json({ waits: [] }));
    assert.equal(await client.getWaitMinutes(), null);
  });
});
