import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canary, PrivateWorld } from './private-world.js';

describe('one id is one message', () => {
  test('another text, listener or quick reply under the same id is a conflict; leaving the listener out is not', async () => {
    const scene = new PrivateWorld();
    await scene.start();
    const to = { kind: 'task_virtual_agent', id: await scene.startTask() };
    const id = await scene.send({ to, replyTo: 'abc' });
    const again = await scene.post({ id, to, replyTo: 'abc' });
    assert.deepEqual([again.status, again.answer.id], [202, id]);
    assert.equal((await scene.post({ id, replyTo: 'abc' })).status, 202);
    const others = [
      { id, to, replyTo: 'abc', text: 'other' },
      { id, to: { ...to, id: to.id + 1 }, replyTo: 'abc' },
      { id, to: { kind: 'agent', id: 7 }, replyTo: 'abc' },
      { id, to, replyTo: 'abd' },
      { id, to },
    ];
    for (const other of others) {
      const { status, answer } = await scene.post(other);
      assert.deepEqual([status, answer.code], [409, 'message-conflict'], JSON.stringify(other));
    }
    assert.ok(!scene.logged.includes(canary));
  });

  test('an ordinary one does not become a private one', async () => {
    const scene = new PrivateWorld();
    await scene.start();
    const id = await scene.send({ text: 'Hello' });
    assert.equal(await scene.outcome(id), 'sent');
    const to = { kind: 'task_virtual_agent', id: await scene.startTask() };
    assert.equal((await scene.post({ id, text: 'Hello', to })).answer.code, 'message-conflict');
    assert.equal((await scene.post({ id, text: 'Hello' })).answer.delivery, 'sent');
  });
});
