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

  test('is marked where it is private, and opens with an older key after a rotation as well', async () => {
    const sealed = await createSealer([keyOf(1)]).seal(37, '4711', 'private');
    assert.match(sealed, /^p1\./);
    assert.equal(await createSealer([keyOf(2), keyOf(1)]).open(37, sealed), '4711');
    await assert.rejects(createSealer([keyOf(2)]).open(37, sealed));
  });

  test('is sealed with a key of its chat alone where it is private', async () => {
    const sealer = createSealer([keyOf(1)]);
    const sealed = await sealer.seal(37, '4711', 'private');
    await assert.rejects(sealer.open(38, sealed));
    // Not the key of all chats under another name.
    await assert.rejects(sealer.open(37, sealed.replace('p1.', 'v1.')));
    const [, , box = ''] = sealed.split('.');
    const bytes = Uint8Array.from(atob(box), (character) => character.charCodeAt(0));
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode('ccai-chat/private-message/37') };
    const material = await crypto.subtle.importKey('raw', keyOf(1), 'HKDF', false, ['deriveKey']);
    const key = await crypto.subtle.deriveKey(hkdf, material, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
    const algorithm = { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: new TextEncoder().encode('ccai-chat/37') };
    const opened = await crypto.subtle.decrypt(algorithm, key, bytes.slice(12));
    assert.equal(new TextDecoder().decode(opened), '4711');
  });

  test('is not in the store either where the relay was given no key', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store, encryptionKeys: undefined });
    const token = await startChat(world);
    await webhook(world, said('task_virtual_agent', 71, 'CANARY from the assistant', { visibility: 'task_virtual_agent' }));
    const { events } = await readHistory(world, token);
    assert.ok(events.some(({ message }) => message?.private));
    const stored = await store.read(37, 0, 100);
    assert.ok(!JSON.stringify(stored).includes('CANARY'));
    assert.ok(stored.some(({ body }) => body.startsWith('p1.')));
  });

  test('of the first version is still read, with what was not known then as nothing', async () => {
    const store = createMemoryStore();
    const sealer = createSealer([keyOf(1)]);
    const at = '2026-01-02T10:00:00.000Z';
    const sender = { kind: 'agent', id: 7 };
    const old = [
      { type: 'chat-updated', at, chat: { id: 37, status: 'assigned', lang: 'en', participants: [], createdAt: at, endedAt: null } },
      { type: 'message-added', at, message: { id: 'a', type: 'text', text: 'Hello', sender, at, private: false, delivery: null } },
      { type: 'notice-added', at, notice: { id: 'b', kind: 'ended', at, transfer: null } },
    ];
    const world = createWorld({ store, encryptionKeys: [keyOf(1)] });
    const token = await startChat(world);
    const { head } = await readHistory(world, token);
    for (const entry of old) {
      const bodies = [await sealer.seal(37, JSON.stringify(entry))];
      await store.append({ chatId: 37, key: null, bodies, at: 1, secretUntil: null });
    }
    const again = createWorld({ store, encryptionKeys: [keyOf(1)] });
    const [chat, message, notice] = (await readHistory(again, token, `?after=${head}`)).events;
    assert.equal(chat?.['chat'].timeoutAt, null);
    assert.deepEqual(message?.['message'], { ...old[1]?.message, parts: null, to: null, replyTo: null });
    assert.equal(notice?.['notice'].reason, null);
  });

  test('of the first version is read as removed where it was private: nobody noted for how long it might be kept', async () => {
    const store = createMemoryStore();
    const at = '2026-01-02T10:00:00.000Z';
    const sender = { kind: 'task_virtual_agent', id: 71 };
    const old = { type: 'message-added', at, message: { id: 'a', type: 'text', text: 'CANARY', sender, at, private: true, delivery: null } };
    const world = createWorld({ store, encryptionKeys: [keyOf(1)] });
    const token = await startChat(world);
    const bodies = [await createSealer([keyOf(1)]).seal(37, JSON.stringify(old))];
    await store.append({ chatId: 37, key: null, bodies, at: 1, secretUntil: null });
    const { events } = await readHistory(createWorld({ store, encryptionKeys: [keyOf(1)] }), token);
    assert.ok(!JSON.stringify(events).includes('CANARY'));
    assert.equal(events.find(({ message }) => message?.id === 'a')?.['message'].type, 'removed');
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
