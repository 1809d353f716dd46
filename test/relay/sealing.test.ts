import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryStore } from '../../src/relay/index.js';
import { createSealer } from '../../src/relay/sealing.js';
import { call, createWorld, newMessage, readHistory, said, startChat, untilLogged, webhook } from './world.js';

const keyOf = (byte: number) => new Uint8Array(32).fill(byte);

describe('message text at rest', () => {
  test('is not in the store, and is there for its reader', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store, encryptionKeys: [keyOf(1)] });
    const token = await startChat(world);
    await webhook(world, said('agent', 7, 'CANARY from the agent'));
    await call(world, 'POST /chat/messages', { token, body: newMessage('CANARY from the visitor') });
    await untilLogged(world, token, (events) => events.filter(({ type }) => type === 'message-added').length === 2);
    assert.ok(!JSON.stringify(await store.read(37, 0, 100)).includes('CANARY'));
    assert.ok(JSON.stringify(await readHistory(world, token)).includes('CANARY from the agent'));
  });

  test('opens with an older key after a rotation', async () => {
    const sealed = await createSealer([keyOf(1)]).seal(37, 'Hello');
    assert.equal(await createSealer([keyOf(2), keyOf(1)]).open(37, sealed), 'Hello');
    await assert.rejects(createSealer([keyOf(2)]).open(37, sealed));
  });

  test('does not open in another chat, nor with a changed byte', async () => {
    const sealer = createSealer([keyOf(1)]);
    const sealed = await sealer.seal(37, 'Hello');
    await assert.rejects(sealer.open(38, sealed));
    await assert.rejects(sealer.open(37, `${sealed.slice(0, -3)}${sealed.at(-3) === 'A' ? 'B' : 'A'}${sealed.slice(-2)}`));
  });

  test('two equal texts do not look equal', async () => {
    const sealer = createSealer([keyOf(1)]);
    assert.notEqual(await sealer.seal(37, 'yes'), await sealer.seal(37, 'yes'));
  });
});

describe('a crash while sending', () => {
  test('leaves the message as uncertain, never as sending for ever, and never sends it again by itself', async () => {
    const store = createMemoryStore();
    const before = createWorld({ store });
    const token = await startChat(before);
    before.platform.answer('POST /chats/37/message', () => new Promise<Response>(() => undefined));
    await call(before, 'POST /chat/messages', { token, body: newMessage('Hello') });
    const after = createWorld({ store });
    await untilLogged(after, token, (events) => events.some(({ delivery }) => delivery === 'uncertain'));
    assert.ok(!after.platform.calls.some(({ path }) => path.endsWith('/message')));
  });
});
