import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { createRelay, version } from '../../src/relay/index.js';
import { call, createWorld, site } from './world.js';

describe('who may call', () => {
  for (const origin of ['https://evil.example', 'https://shop.example.com.evil.example', 'http://shop.example.com', 'https://shop.example.com:444', 'https://SHOP.example.com', 'null']) {
    test(`a page of ${origin} is refused and may not even read why`, async () => {
      const world = createWorld();
      const response = await call(world, 'GET /config', { headers: { origin } });
      assert.equal(response.status, 403);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      assert.equal(((await response.json()) as { code: string }).code, 'origin-not-allowed');
    });
  }

  test('a listed page may, and its errors are readable too', async () => {
    const world = createWorld();
    for (const route of ['GET /config', 'GET /chat']) {
      const response = await call(world, route);
      assert.equal(response.headers.get('access-control-allow-origin'), site);
      assert.equal(response.headers.get('vary'), 'Origin');
    }
  });

  test('a preflight of a listed page names what it may send; of another it is refused', async () => {
    const world = createWorld();
    const good = await call(world, 'OPTIONS /chat/messages', { headers: { 'access-control-request-method': 'POST' } });
    assert.equal(good.status, 204);
    assert.match(good.headers.get('access-control-allow-headers') ?? '', /authorization.*content-type.*last-event-id/);
    const choice = await call(world, 'OPTIONS /chat/escalations/55', { headers: { 'access-control-request-method': 'PATCH' } });
    assert.match(choice.headers.get('access-control-allow-methods') ?? '', /PATCH/);
    const bad = await call(world, 'OPTIONS /chat/messages', { headers: { origin: 'https://evil.example' } });
    assert.equal(bad.status, 403);
  });
});

describe('addresses', () => {
  test('an unknown one is 404, a known one by a wrong method 405', async () => {
    const world = createWorld();
    assert.equal((await call(world, 'GET /nothing')).status, 404);
    assert.equal((await call(world, 'GET /chats')).status, 405);
    assert.equal((await call(world, 'PUT /chat/messages')).status, 405);
    const wrong = await call(world, 'POST /chat/escalations/55');
    assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'PATCH']);
  });

  test('GET /healthz tells the version of the package', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    const response = await call(createWorld(), 'GET /healthz');
    assert.deepEqual(await response.json(), { status: 'ok', version: manifest.version });
    assert.equal(version, manifest.version);
  });

  test('GET /config tells menus and the hide switch, and no secret', async () => {
    const options = { hideVaToVaSystemMessages: true, companySecret: 'canary', hooks: { onFeedback: () => undefined } };
    const response = await call(createWorld(options), 'GET /config');
    assert.deepEqual(await response.json(), {
      languages: ['en'],
      menus: [{ id: 100, name: 'support' }, { id: 101, name: 'orders' }],
      hideVaToVaSystemMessages: true,
      features: ['identity', 'feedback'],
    });
  });
});

describe('GET /openapi.json', () => {
  test('documents every route with what it takes, answers and refuses', async () => {
    const response = await call(createWorld(), 'GET /openapi.json');
    const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, any>> };
    assert.equal(document.openapi, '3.1.0');
    const routes = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    assert.deepEqual(routes.sort(), [
      'GET /chat', 'GET /chat/events', 'GET /chat/history', 'GET /config', 'GET /healthz', 'GET /wait-times', 'GET /widget/{version}/{file}',
      'PATCH /chat/end-user', 'PATCH /chat/escalations/{id}',
      'POST /chat/custom-data', 'POST /chat/end', 'POST /chat/escalations', 'POST /chat/feedback', 'POST /chat/messages', 'POST /chat/resume',
      'POST /chats', 'POST /webhooks/ccai',
    ]);
    const send = document.paths['/chat/messages']?.['post'];
    assert.deepEqual(send.requestBody.content['application/json'].schema.required, ['id', 'text']);
    assert.match(send.responses['409'].description, /message-conflict/);
    assert.ok(send.responses['202'].content['application/json'].schema.properties.delivery);
    const start = document.paths['/chats']?.['post'];
    assert.deepEqual(start.responses['200'].content, start.responses['201'].content);
    const parametersOf = (path: string, method: string) =>
      document.paths[path]?.[method].parameters.map((one: any) => `${one.in} ${one.name}: ${one.schema.type}`) as string[];
    assert.deepEqual(parametersOf('/chat/escalations/{id}', 'patch'), ['path id: string']);
    assert.deepEqual(parametersOf('/wait-times', 'get'), ['query menu: string', 'query lang: string']);
  });
});

describe('GET /widget', () => {
  const files: Record<string, string> = { 'ccai-chat.js': 'export {};', 'panel-Ab12_-9x.js': 'export {};' };
  const widget = {
    version: '1.2.3',
    integrity: { 'ccai-chat.js': 'sha384-x' },
    read: (name: string) => (Object.hasOwn(files, name) ? { body: new TextEncoder().encode(files[name]), type: 'text/javascript; charset=utf-8' } : undefined),
  };

  test('the full version is kept for ever, the major one is asked for again, a chunk is kept by its hash', async () => {
    const world = createWorld({ widget });
    const cacheOf = async (path: string) => (await call(world, `GET ${path}`)).headers.get('cache-control');
    assert.match((await cacheOf('/widget/1.2.3/ccai-chat.js')) ?? '', /immutable/);
    assert.doesNotMatch((await cacheOf('/widget/1/ccai-chat.js')) ?? '', /immutable/);
    assert.match((await cacheOf('/widget/1/panel-Ab12_-9x.js')) ?? '', /immutable/);
  });

  test('any site may load it, with integrity', async () => {
    const world = createWorld({ widget });
    const response = await call(world, 'GET /widget/1/ccai-chat.js', { headers: { origin: 'https://anybody.example' } });
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(response.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.deepEqual(await (await call(world, 'GET /widget/1/integrity.json')).json(), { 'ccai-chat.js': 'sha384-x' });
  });

  for (const path of ['/widget/2/ccai-chat.js', '/widget/1/other.js', '/widget/1/..%2f..%2fpackage.json', '/widget/1/toString', '/widget/1/']) {
    test(`${path} is 404`, async () => {
      assert.equal((await call(createWorld({ widget }), `GET ${path}`)).status, 404);
    });
  }
});

describe('the relay', () => {
  test('does not start without a webhook secret', () => {
    assert.throws(() => createRelay({ webhookSecrets: { primary: '' } } as never), /secret/i);
  });
});
