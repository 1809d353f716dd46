import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PrivateWorld } from './private-world.js';
import { readHistory } from './world.js';

/** What can happen around a private message. Whoever types sees what the log says, so theirs may be an old picture. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('code', 'code for nobody in particular', 'code once more') },
  { weight: 2, arbitrary: fc.constantFrom('confirmed for Jane') },
  { weight: 2, arbitrary: fc.constantFrom('task begins', 'task ends') },
  { weight: 1, arbitrary: fc.constantFrom('restart') },
  { weight: 3, arbitrary: fc.constantFrom(100, 900, 2_500) },
);
const switches = fc.record({
  taskEcho: fc.constantFrom('server_message', 'none', 'text'),
  taskMembershipWebhooks: fc.constantFrom('sent', 'none'),
  taskAgentInChatObject: fc.constantFrom('virtual_agent', 'virtual_agent', 'absent'),
  participantLeftWebhook: fc.constantFrom('at-once', 'late', 'missing'),
  participantJoinedWebhook: fc.constantFrom('at-once', 'late', 'missing'),
});
const delay = fc.constantFrom([0, 0], [0, 1_500], [2_000, 2_000]);

/** Plays the steps; answers every text that was meant for the task virtual agent, and every one that Jane was to have. */
async function play(scene: PrivateWorld, steps: readonly (string | number)[]) {
  const secret: { id: string; text: string; to: object }[] = [];
  const confirmed: string[] = [];
  let to: object | null = null;
  let count = 0;

  async function send(body: Parameters<PrivateWorld['send']>[0]): Promise<string> {
    const id = await scene.send(body);
    // A message is on its way until the platform has answered: what falls into that moment no relay can know.
    // Where the second has no room left it waits for its turn, and the clock stands still.
    await scene.outcome(id).catch(async () => {
      await scene.pass(1_000);
      await scene.outcome(id);
    });
    return id;
  }

  const deeds: Record<string, () => Promise<void>> = {
    code: async () => {
      const text = `code-${(count += 1)}-`;
      if (to) secret.push({ id: await send({ text, to }), text, to });
    },
    'code for nobody in particular': async () => {
      const text = `code-${(count += 1)}-`;
      const id = await send({ text });
      const { events } = await readHistory(scene.world, scene.token);
      const { private: isPrivate, to: listener } = events.find(({ message }) => message?.id === id)?.['message'] ?? {};
      if (isPrivate) secret.push({ id, text, to: listener });
    },
    'code once more': async () => {
      const last = secret.at(-1);
      if (last) await send({ ...last, again: true });
    },
    'confirmed for Jane': async () => {
      const text = `words-${(count += 1)}-`;
      confirmed.push(text);
      await send({ text, to: { kind: 'agent', id: null } });
    },
    'task begins': async () => {
      const { participant } = await scene.transfer({ to: 'task_virtual_agent' });
      to = { kind: 'task_virtual_agent', id: (participant as { id: number }).id };
      const message = { type: 'text', content: 'The code, please.' };
      await scene.control('POST', `/chats/${scene.chatId}/messages`, { from: 'task_virtual_agent', message });
    },
    'task ends': () => scene.endTask(),
    restart: async () => scene.restart(),
  };
  for (const one of steps) await (typeof one === 'number' ? scene.pass(one) : deeds[one]?.());
  await scene.pass(10_000);
  return { secret, confirmed };
}

describe('whatever happens in whatever order, and however late it is told', () => {
  test('the human agent sees what the person sent to her, and nothing that was meant for the task virtual agent', async () => {
    let heard = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), switches, delay, async (steps, positions, taskDelay) => {
        const scene = new PrivateWorld({ switches: positions });
        await scene.start();
        await scene.control('PUT', '/faults', { webhook: { taskDelay } });
        const { secret, confirmed } = await play(scene, ['task begins', 2_500, ...steps]);
        const [seen, all] = [await scene.agentView(), await scene.allHeard()];
        for (const { text } of secret) assert.ok(!seen.includes(text), text);
        heard += secret.filter(({ text }) => all.includes(text)).length;
        for (const { text } of secret) assert.ok(!scene.logged.includes(text));
        const lost = confirmed.filter((text) => !all.includes(text));
        assert.deepEqual(lost, []);
      }),
      { numRuns: 60, includeErrorInReport: true },
    );
    // A relay that sends nothing at all would keep every secret, too.
    assert.ok(heard > 20, `${heard}`);
  });
});
