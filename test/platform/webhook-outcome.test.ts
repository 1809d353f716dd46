import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readWebhookDeflection, readWebhookEndReason, readWebhookEscalation } from '../../src/platform/index.js';
import { readEndReason } from '../../src/platform/end-reason.js';

const event = (body: Record<string, unknown>, eventType = 'something') => ({ eventType, chatId: 37, timestamp: null, body });
const email = { channel: 'email', label: null, url: null };
const page = { channel: 'external_link', label: 'Our page', url: 'https://x/' };

describe('an offer of other ways is known by its shape', () => {
  const cases: [string, Record<string, unknown>, ReturnType<typeof readWebhookDeflection>][] = [
    [
      'as an object beside the escalation',
      {
        escalation: { id: 55, status: 'deflecting', reason: 'by_end_user_ask' },
        deflection: { reason: 'over_capacity', channels: [{ channel: 'email' }, { channel: 'external_link', label: 'Our page', url: 'https://x/' }] },
      },
      { escalationId: 55, reason: 'over_capacity', channels: [email, page] },
    ],
    [
      'flat, with bare names',
      { escalation_id: 55, escalation_status: 'deflecting', deflection_reason: 'after_hours', deflection_channels: ['email'] },
      { escalationId: 55, reason: 'after_hours', channels: [email] },
    ],
    ['inside the escalation', { escalation: { id: '55', deflection: { channels: ['email'] } } }, { escalationId: 55, reason: null, channels: [email] }],
    [
      'with other words for the same',
      { deflection: { deflection_channel_list: [{ type: 'external_link', title: 'Our page', link: 'https://x/' }], reason: 'over_capacity' } },
      { escalationId: null, reason: 'over_capacity', channels: [page] },
    ],
    ['with a channel that nobody knows', { channels: [{ channel: 'pigeon' }, 7, null] }, { escalationId: null, reason: null, channels: [{ ...email, channel: 'pigeon' }] }],
    ['which it is not without a list', { channels: 'email', deflection: { channel: 'email' } }, null],
    ['which a list of something else is not', { options: ['red', 'blue'], participants: [{ type: 'agent' }] }, null],
    ['which nothing is not', {}, null],
  ];
  for (const [name, body, expected] of cases) {
    test(name, () => {
      assert.deepEqual(readWebhookDeflection(event(body)), expected);
    });
  }

  test('and so is how a request for a person stands', () => {
    const told = { id: 55, status: 'escalated' };
    assert.deepEqual(readWebhookEscalation(event({ escalation: told })), told);
    assert.deepEqual(readWebhookEscalation(event({ chat: { escalation: told } })), told);
    assert.deepEqual(readWebhookEscalation(event({ escalation_id: 55, escalation_status: 'escalated' })), told);
    assert.deepEqual(readWebhookEscalation(event(told, 'escalation_updated')), told);
    assert.equal(readWebhookEscalation(event(told)), null);
    assert.equal(readWebhookEscalation(event({ escalation: { id: 55 } })), null);
  });
});

describe('why a chat is over', () => {
  const cases: [Record<string, unknown>, string | null][] = [
    [{ status: 'failed', status_text: '<p>It could not go on: <b>after_hours</b>.</p>' }, 'after_hours'],
    [{ status: 'failed', status_text: 'Failed: After Hours' }, 'after_hours'],
    [{ status: 'failed', status_text: 'expired_menu_selection' }, 'expired_menu_selection'],
    [{ status: 'failed', status_text: 'It was <i>expired</i>' }, 'expired'],
    [{ status: 'failed', fail_reason: 'over_cap_email', status_text: 'unknown' }, 'over_cap_email'],
    [{ status: 'failed', fail_reason: 4 }, 'after_hours'],
    [{ status: 'failed', fail_reason: 'meteorite' }, 'unknown'],
    [{ status: 'failed' }, 'unknown'],
    [{ status: 'finished', status_text: 'Our offer has expired' }, null],
    [{ status: 'finished', reason: 'disconnected_by_agent' }, 'by_agent'],
    [{ status: 'finished', ended_by: 'end_user' }, 'by_end_user'],
    [{ status: 'finished', end_reason: 'timeout_agent_stopped' }, 'timeout'],
    [{ status: 'finished', finish_reason: 'deflected' }, 'deflected'],
    [{ status: 'finished', finished_by_user_id: 4 }, null],
    [{ status: 'assigned' }, null],
  ];
  for (const [source, expected] of cases) {
    test(`${JSON.stringify(source)} is ${expected}`, () => {
      assert.equal(readEndReason(source), expected);
    });
  }

  test('is found in an event, too', () => {
    assert.equal(readWebhookEndReason(event({ reason: 'by_agent' })), 'by_agent');
    assert.equal(readWebhookEndReason(event({ chat: { status: 'failed', fail_reason: 'expired' } })), 'expired');
    assert.equal(readWebhookEndReason(event({})), null);
  });
});
