import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canary, PrivateWorld } from './private-world.js';
import { networkError, readHistory } from './world.js';

const POST = 'POST /chats/:id/message';
const GET = 'GET /chats/:id';

/** A chat in which Jane has started a task. */
async function begin(switches: Record<string, unknown> = {}) {
  const scene = new PrivateWorld({ switches });
  await scene.start();
  const taskId = await scene.startTask();
  const to = { kind: 'task_virtual_agent', id: taskId };
  const tries = () => scene.platformCalls.filter((call) => call === POST).length;
  return { scene, to, tries };
}

describe('a code for the task virtual agent', () => {
  test('is heard by it, not by the human agent, and is private in the log', async () => {
    const { scene, to } = await begin();
    const id = await scene.send({ to });
    assert.equal(await scene.outcome(id), 'sent');
    assert.ok((await scene.allHeard()).includes(canary));
    assert.ok(!(await scene.agentView()).includes(canary));
    const added = (await readHistory(scene.world, scene.token)).events.filter(({ message }) => message?.sender.kind === 'end_user');
    assert.deepEqual(added.map(({ message }) => [message.id, message.text, message.private, message.to]), [[id, canary, true, to]]);
  });

  test('is private without a word of the page, too, where the relay knows who listens', async () => {
    const { scene, to } = await begin();
    const id = await scene.send({});
    assert.equal(await scene.outcome(id), 'sent');
    const { events } = await readHistory(scene.world, scene.token);
    assert.deepEqual(events.find(({ message }) => message?.id === id)?.['message'].to, to);
    assert.ok(!(await scene.agentView()).includes(canary));
  });

  test('does not reach the human agent when the task is over at t0, its webhook 2 s late, and the code sent at t0 + 1 s', async () => {
    const { scene, to, tries } = await begin();
    await scene.control('PUT', '/faults', { webhook: { taskDelay: [2_000, 2_000] } });
    await scene.endTask();
    await scene.pass(1_000);
    const { events } = await readHistory(scene.world, scene.token);
    assert.ok(!events.some(({ type }) => type === 'participant-left'), 'the relay must not know yet');
    const id = await scene.send({ to });
    assert.equal(await scene.outcome(id), 'failed (addressee-gone)');
    await scene.pass(10_000);
    assert.ok(!(await scene.allHeard()).includes(canary));
    assert.ok(!(await scene.agentView()).includes(canary));
    assert.equal(tries(), 0);
  });

  test('goes to the human agent when the person says so', async () => {
    const { scene, to } = await begin();
    await scene.endTask();
    assert.equal(await scene.outcome(await scene.send({ to })), 'failed (addressee-gone)');
    const id = await scene.send({ to: { kind: 'agent', id: 7 } });
    assert.equal(await scene.outcome(id), 'sent');
    assert.ok((await scene.agentView()).includes(canary));
    const { events } = await readHistory(scene.world, scene.token);
    const message = events.find((event) => event['message']?.id === id)?.['message'];
    assert.deepEqual([message.private, message.to], [false, null]);
  });

  test('goes to nobody who is not meant: another task virtual agent, one without an id, one who is not there', async () => {
    const { scene, to, tries } = await begin();
    for (const id of [to.id + 1, null]) {
      const sent = await scene.send({ to: { kind: 'task_virtual_agent', id } });
      assert.equal(await scene.outcome(sent), 'failed (addressee-gone)');
    }
    assert.equal(tries(), 0);
  });

  test('goes to no other task virtual agent that has taken over, of whom the relay has not heard', async () => {
    const { scene, to, tries } = await begin();
    await scene.control('PUT', '/faults', { webhook: { taskDelay: [60_000, 60_000] } });
    await scene.transfer({ to: 'task_virtual_agent', name: 'Payment assistant' });
    assert.equal(await scene.outcome(await scene.send({ to })), 'failed (addressee-gone)');
    assert.equal(tries(), 0);
  });
});

describe('whatever the platform does of what it might do', () => {
  for (const taskEcho of ['server_message', 'none', 'text']) {
    for (const taskMembershipWebhooks of ['sent', 'none']) {
      const name = `taskEcho ${taskEcho}, taskMembershipWebhooks ${taskMembershipWebhooks}`;
      test(`${name}: the code arrives once, stays private, and fails closed when the task is over`, async () => {
        const { scene, to } = await begin({ taskEcho, taskMembershipWebhooks });
        assert.equal(await scene.outcome(await scene.send({ to })), 'sent');
        await scene.pass(3_000);
        await scene.endTask();
        assert.equal(await scene.outcome(await scene.send({ to })), 'failed (addressee-gone)');
        await scene.pass(3_000);
        const { events } = await readHistory(scene.world, scene.token);
        const own = events.filter(({ message }) => message?.sender.kind === 'end_user');
        assert.deepEqual(own.map(({ message }) => message.private), [true, true]);
        assert.equal((await scene.allHeard()).split(canary).length - 1, 1);
        assert.ok(!(await scene.agentView()).includes(canary));
      });
    }
  }

  test('taskAgentInChatObject absent: nothing is certain, so nothing is sent, and the person is asked', async () => {
    const { scene, to, tries } = await begin({ taskAgentInChatObject: 'absent' });
    assert.equal(await scene.outcome(await scene.send({ to })), 'failed (addressee-gone)');
    assert.equal(tries(), 0);
    assert.ok(!(await scene.allHeard()).includes(canary));
  });

  test('taskAgentInChatObject absent: the person, once asked, may send it anyway, and the agent does not hear it', async () => {
    const { scene, to, tries } = await begin({ taskAgentInChatObject: 'absent' });
    const id = await scene.send({ to });
    assert.equal(await scene.outcome(id), 'failed (addressee-gone)');
    await scene.send({ id, to, again: true, anyway: true });
    assert.equal(await scene.outcome(id), 'sent');
    assert.equal(tries(), 1);
    assert.ok((await scene.allHeard()).includes(canary));
    assert.ok(!(await scene.agentView()).includes(canary));
  });

  test('anyway is no word for whoever came instead: once the log has it gone, the person is asked anew', async () => {
    const { scene, to, tries } = await begin({ taskAgentInChatObject: 'absent' });
    const id = await scene.send({ to });
    assert.equal(await scene.outcome(id), 'failed (addressee-gone)');
    await scene.endTask();
    await scene.until((events) => events.some(({ type, participant }) => type === 'participant-left' && participant.id === to.id));
    await scene.send({ id, to, again: true, anyway: true });
    assert.equal(await scene.outcome(id), 'failed (addressee-gone)');
    assert.equal(tries(), 0);
    assert.ok(!(await scene.agentView()).includes(canary));
  });

  test('anyway without having been asked counts for nothing', async () => {
    const { scene, to, tries } = await begin({ taskAgentInChatObject: 'absent' });
    assert.equal(await scene.outcome(await scene.send({ to, anyway: true })), 'failed (addressee-gone)');
    assert.equal(tries(), 0);
  });
});

describe('a private message is never sent again by itself', () => {
  const cases: [string, () => Response | Error, string][] = [
    ['refused for a moment (429)', () => new Response('{}', { status: 429, headers: { 'retry-after': '1' } }), 'failed (platform-unavailable)'],
    ['never taken (no connection)', () => networkError('ECONNREFUSED'), 'failed (platform-unavailable)'],
    ['refused for good (400)', () => Response.json({ message: 'no' }, { status: 400 }), 'failed (platform-rejected)'],
    ['lost on the way, nobody knows where', () => networkError('ECONNRESET'), 'uncertain'],
  ];
  for (const [name, answer, outcome] of cases) {
    test(name, async () => {
      const { scene, to, tries } = await begin();
      scene.intercept = async (call, pass) => {
        if (call !== POST) return pass();
        const told = answer();
        if (told instanceof Error) throw told;
        return told;
      };
      const id = await scene.send({ to });
      for (let step = 0; step < 4 || tries() === 0; step += 1) await scene.pass(5_000);
      assert.equal(await scene.outcome(id), outcome);
      await scene.pass(120_000);
      assert.equal(tries(), 1);
    });
  }

  test('nor when the chat cannot be read before: then it is not sent at all', async () => {
    const { scene, to, tries } = await begin();
    scene.intercept = (call, pass) => (call === GET ? Promise.resolve(new Response('', { status: 500 })) : pass());
    assert.equal(await scene.outcome(await scene.send({ to })), 'failed (platform-unavailable)');
    assert.equal(tries(), 0);
  });

  test('nor on a reading that was long under way: who was there may have gone since', async () => {
    const { scene, to, tries } = await begin();
    await scene.control('PUT', '/faults', { webhook: { taskDelay: [60_000, 60_000] } });
    let slow = 0;
    scene.intercept = async (call, pass) => {
      const answer = await pass();
      if (call === GET && slow++ === 0) {
        await scene.endTask();
        await scene.pass(3_000);
      }
      return answer;
    };
    assert.equal(await scene.outcome(await scene.send({ to })), 'failed (addressee-gone)');
    assert.equal(tries(), 0);
  });

  test('by the person\'s word it is, and whether it may be is asked once more', async () => {
    const { scene, to, tries } = await begin();
    scene.intercept = (call, pass) => (call === POST ? Promise.resolve(new Response('{}', { status: 400 })) : pass());
    const id = await scene.send({ to });
    assert.equal(await scene.outcome(id), 'failed (platform-rejected)');
    scene.intercept = (_call, pass) => pass();
    await scene.send({ id, to, again: true });
    assert.equal(await scene.outcome(id), 'sent');
    assert.equal(tries(), 2);

    scene.intercept = (call, pass) => (call === POST ? Promise.resolve(new Response('{}', { status: 400 })) : pass());
    const second = await scene.send({ to });
    assert.equal(await scene.outcome(second), 'failed (platform-rejected)');
    scene.intercept = (_call, pass) => pass();
    await scene.endTask();
    await scene.send({ id: second, to, again: true });
    assert.equal(await scene.outcome(second), 'failed (addressee-gone)');
    assert.ok(!(await scene.agentView()).includes(canary));
  });
});
