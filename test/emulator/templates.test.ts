import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmulator } from '../../src/emulator/index.js';
import { createStage, type Stage } from './stage.js';

/* OQ-10: that escalation and deflection are told is documented, by what is not. */

async function escalate(stage: Stage): Promise<void> {
  await stage.openChat();
  await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
  await stage.emulator.idle();
}

async function deflect(stage: Stage): Promise<void> {
  await escalate(stage);
  const link = { channel: 'external_link', label: 'Help', url: 'https://example.com/help' };
  await stage.control('POST', '/chats/1/deflections', { reason: 'over_capacity', channels: ['email', link] });
  await stage.emulator.idle();
}

describe('the template of an event', () => {
  test('escalated: a new escalation is told with escalationWebhook: sent, and not with none', async () => {
    const silent = createStage();
    await escalate(silent);
    assert.deepEqual(silent.eventTypes(), ['chat_created']);
    const stage = createStage({ switches: { escalationWebhook: 'sent' } });
    await escalate(stage);
    const { event_type, body } = stage.webhooks.at(-1)?.envelope ?? {};
    assert.equal(event_type, 'escalation_started');
    assert.deepEqual(body, { escalation: { id: 55, status: 'escalating', reason: 'by_end_user_ask' } });
  });

  test('deflected: can have any name and any body, with values in their place', async () => {
    const stage = createStage();
    const deflected = {
      event_type: 'chat_deflected',
      body: {
        deflection_reason: '{deflection.reason}',
        options: '{deflection.channelNames}',
        links: ['{deflection.channels}'],
        escalation_id: '{escalation.id}',
        text: 'Chat {chat.id} is {chat.status}, {escalation.reason}',
        fixed: [1, null, true],
      },
    };
    const answer = await stage.control('PUT', '/templates', { deflected });
    assert.equal(answer.status, 200);
    assert.deepEqual((await stage.control('GET', '/templates')).body, answer.body);
    await deflect(stage);
    const { event_type, body } = stage.webhooks.at(-1)?.envelope ?? {};
    assert.equal(event_type, 'chat_deflected');
    assert.deepEqual(body, {
      deflection_reason: 'over_capacity',
      options: ['email', 'external_link'],
      links: [
        [
          { channel: 'email' },
          { channel: 'external_link', label: 'Help', url: 'https://example.com/help' },
        ],
      ],
      escalation_id: 55,
      text: 'Chat 1 is queued, by_end_user_ask',
      fixed: [1, null, true],
    });
  });

  test('stays where another one is set, and is the given one again after a reset', async () => {
    const given = { escalated: { event_type: 'given', body: {} } };
    const stage = createStage({ templates: given });
    await stage.control('PUT', '/templates', { deflected: { event_type: 'other', body: {} } });
    const { body } = await stage.control('GET', '/templates');
    assert.deepEqual(Object.values(body).map((each: any) => each.event_type), ['given', 'other']);
    await stage.control('POST', '/reset');
    const after = (await stage.control('GET', '/templates')).body as any;
    assert.deepEqual(
      Object.values(after).map((each: any) => each.event_type),
      ['given', 'escalation_deflected'],
    );
  });

  test('is part of a recording', async () => {
    const templates = { deflected: { event_type: 'mine', body: { id: '{escalation.id}' } } };
    const recorder = createStage({ templates });
    await deflect(recorder);
    const { body: journal } = await recorder.control('GET', '/journal');
    const stage = createStage();
    assert.deepEqual((await stage.control('POST', '/replay', journal)).body, { webhooks: 2, differences: [] });
    assert.deepEqual(stage.webhooks.at(-1)?.body, recorder.webhooks.at(-1)?.body);
  });

  const refusals: [unknown, RegExp][] = [
    [{ deflected: { event_type: 'x', body: { a: ['{escalation.color}'] } } }, /^deflected\.body: there is no \{escalation\.color\}; there are chat\.id, /],
    [{ deflected: { event_type: '', body: {} } }, /^deflected\.event_type: takes a name/],
    [{ deflected: { event_type: 'x' } }, /^deflected\.body: takes an object/],
    [{ opera: {} }, /takes templates for escalated and deflected/],
  ];
  for (const [body, message] of refusals) {
    test(`is refused: ${JSON.stringify(body)}`, async () => {
      const { control } = createStage();
      const answer = await control('PUT', '/templates', body);
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-request']);
      assert.match(answer.body.message, message);
      assert.throws(() => createEmulator({ templates: body as Record<string, unknown> }), RangeError);
    });
  }
});
