import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, origin } from './stage.js';

describe('avatars', () => {
  test('are pictures: a person has initials, a virtual agent a robot face', async () => {
    const { emulator, openChat, transfer, platform } = createStage();
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'agent', name: 'Ødis <b> Ünal' });
    const { body } = await platform('GET', `/chats/${chatId}`);
    const person = await emulator.fetch(new Request(body.agent?.avatar_url ?? ''));
    assert.equal(person.status, 200);
    assert.equal(person.headers.get('Content-Type'), 'image/svg+xml');
    assert.match(await person.text(), /^<svg [^>]+>.*>ØÜ<\/text><\/svg>$/);
    const robot = await (await emulator.fetch(new Request(`${origin}/avatars/virtual-agent-15.svg`))).text();
    assert.match(robot, /^<svg .*<rect /);
  });

  test('exist for nobody else', async () => {
    const { emulator } = createStage();
    for (const file of ['agent-99.svg', 'constructor-7.svg', 'agent-7.png', '..%2f..svg']) {
      assert.equal((await emulator.fetch(new Request(`${origin}/avatars/${file}`))).status, 404, file);
    }
  });
});
