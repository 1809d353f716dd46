import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toChatId, toPacingClass, type PacingClass } from '../../src/relay/pacing-class.js';

describe('which class a call belongs to', () => {
  const table: [string, string, PacingClass, number | null][] = [
    ['PATCH', '/chats/37', 'closing', 37],
    ['POST', '/chats/37/escalations', 'closing', 37],
    ['PATCH', '/chats/37/escalations/4', 'closing', 37],
    ['POST', '/chats/37/message', 'message', 37],
    ['POST', '/chats', 'opening', null],
    ['POST', '/end_users', 'opening', null],
    ['PATCH', '/chats/37/resume', 'opening', 37],
    ['POST', '/chats/37/end-user', 'opening', 37],
    ['POST', '/chats/37/custom_data', 'opening', 37],
    ['POST', '/chats/37/customer_flag', 'opening', 37],
    ['POST', '/chats/37/photos/upload', 'media', 37],
    ['POST', '/chats/37/videos', 'media', 37],
    ['GET', '/chats/37/photos', 'media', 37],
    ['GET', '/chats/37/media/5', 'media', 37],
    ['GET', '/chats/37', 'read', 37],
    ['GET', '/chats/37/customer_flag', 'read', 37],
    ['GET', '/wait_times', 'read', null],
    ['GET', '/settings/chat', 'read', null],
    ['PATCH', '/settings/chat', 'opening', null],
  ];
  for (const [method, path, pacingClass, chatId] of table) {
    test(`${method} ${path} is ${pacingClass}`, () => {
      assert.equal(toPacingClass({ method, path }), pacingClass);
      assert.equal(toChatId({ method, path }), chatId);
    });
  }

  test('a call may say for itself', () => {
    assert.equal(toPacingClass({ method: 'GET', path: '/chats/37', pacingClass: 'message' }), 'message');
  });
});
