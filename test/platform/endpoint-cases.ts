import type { PlatformClient } from '../../src/platform/index.js';

const form = {
  url: 'https://bucket.example/upload',
  fields: { key: 'a/b.jpg', success_action_status: '201', 'Content-Type': 'image/jpeg', policy: 'cG9saWN5' },
};
const escalation = { id: 55, chat_id: 37, status: 'escalating' };
export const chat = { id: 37, status: 'queued' };

/** One endpoint, and the document that must reach the platform. */
export interface EndpointCase {
  readonly endpoint: string;
  readonly run: (client: PlatformClient) => Promise<unknown>;
  readonly method: string;
  readonly address: string;
  /** What is sent; absent: no body. */
  readonly body?: unknown;
  readonly answer: unknown;
  /** What comes out; absent: the answer. */
  readonly result?: unknown;
}

export const endpointCases: readonly EndpointCase[] = [
  {
    endpoint: 'upsert an end user',
    run: (client) =>
      client.upsertEndUser({ identifier: 'c-9f31', name: 'Ann', email: 'ann@example.com', phone: '+1617' }),
    method: 'POST',
    address: '/apps/api/v1/end_users',
    body: { identifier: 'c-9f31', email: 'ann@example.com', name: 'Ann', phone: '+1617' },
    answer: { id: 12345, identifier: 'c-9f31' },
  },
  {
    endpoint: 'upsert an end user of whom only the identifier is known',
    run: (client) => client.upsertEndUser({ identifier: 'c-9f31' }),
    method: 'POST',
    address: '/apps/api/v1/end_users',
    body: { identifier: 'c-9f31' },
    answer: { id: '12345', identifier: 'c-9f31', later: 'key' },
    result: { id: 12345, identifier: 'c-9f31' },
  },
  {
    endpoint: 'find an end user by id',
    run: (client) => client.findEndUser({ id: 12345 }),
    method: 'GET',
    address: '/apps/api/v1/end_users?id=12345',
    answer: { id: 12345, identifier: 'c-9f31' },
  },
  {
    endpoint: 'find an end user by identifier',
    run: (client) => client.findEndUser({ identifier: 'a&b=c d' }),
    method: 'GET',
    address: '/apps/api/v1/end_users?identifier=a%26b%3Dc+d',
    answer: { id: 12345, identifier: null },
  },
  {
    endpoint: 'finish a chat',
    run: (client) => client.finishChat(37, { endUserId: 12345 }),
    method: 'PATCH',
    address: '/apps/api/v1/chats/37',
    body: { finished_by_user_id: 12345, chat: { status: 'finished' } },
    answer: chat,
    result: emptyChat('queued'),
  },
  {
    endpoint: 'finish a chat by a deflection',
    run: (client) =>
      client.finishChat(37, { endUserId: 12345, escalationId: 55, deflectionChannel: 'email' }),
    method: 'PATCH',
    address: '/apps/api/v1/chats/37',
    body: {
      finished_by_user_id: 12345,
      chat: { status: 'finished', deflection_channel: 'email', escalation_id: 55 },
    },
    answer: chat,
    result: emptyChat('queued'),
  },
  {
    endpoint: 'resume a chat',
    run: (client) => client.resumeChat(37),
    method: 'PATCH',
    address: '/apps/api/v1/chats/37/resume',
    answer: {},
    result: undefined,
  },
  {
    endpoint: 'send a text',
    run: (client) => client.sendMessage(37, { fromUserId: 12345, type: 'text', text: 'Hello' }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/message',
    body: { from_user_id: 12345, message: { type: 'text', content: 'Hello' } },
    answer: {},
    result: undefined,
  },
  {
    endpoint: 'send a photo',
    run: (client) => client.sendMessage(37, { fromUserId: 12345, type: 'photo', mediaId: 991 }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/message',
    body: { from_user_id: 12345, message: { type: 'photo', content: { media_id: 991 } } },
    answer: {},
    result: undefined,
  },
  {
    endpoint: 'escalate',
    run: (client) => client.createEscalation(37, { reason: 'by_end_user_ask' }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/escalations',
    body: { reason: 'by_end_user_ask' },
    answer: escalation,
  },
  {
    endpoint: 'escalate by force',
    run: (client) => client.createEscalation(37, { reason: 'by_end_user_ask', forceEscalate: true }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/escalations',
    body: { reason: 'by_end_user_ask', force_escalate: true },
    answer: escalation,
  },
  {
    endpoint: 'choose a deflection channel',
    run: (client) => client.chooseDeflection(37, 55, 'human_agent'),
    method: 'PATCH',
    address: '/apps/api/v1/chats/37/escalations/55',
    body: { deflection_channel: 'human_agent' },
    answer: { ...escalation, status: 'deflecting' },
  },
  {
    endpoint: 'get a form for a photo',
    run: (client) => client.createPhotoUpload(37),
    method: 'POST',
    address: '/apps/api/v1/chats/37/photos/upload',
    answer: form,
  },
  {
    endpoint: 'get a form for a video',
    run: (client) => client.createVideoUpload(37),
    method: 'POST',
    address: '/apps/api/v1/chats/37/videos/upload',
    answer: { ...form, fields: { ...form.fields, success_action_status: 201 } },
    result: form,
  },
  {
    endpoint: 'attach a photo',
    run: (client) => client.attachPhoto(37, { path: 'a/b.jpg' }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/photos',
    body: { photo: [{ s3_path: 'a/b.jpg' }] },
    answer: { url: 'https://bucket.example/a/b.jpg', media_id: 991 },
  },
  {
    endpoint: 'attach a photo of a type, answered by a list',
    run: (client) => client.attachPhoto(37, { path: 'a/b.jpg', photoType: 'photo' }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/photos',
    body: { photo: [{ s3_path: 'a/b.jpg', photo_type: 'photo' }] },
    answer: [{ url: 'https://bucket.example/a/b.jpg', media_id: 991 }],
    result: { url: 'https://bucket.example/a/b.jpg', media_id: 991 },
  },
  {
    endpoint: 'attach a video',
    run: (client) => client.attachVideo(37, { path: 'a/b.mp4' }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/videos',
    body: { video: { s3_path: 'a/b.mp4' } },
    answer: { url: 'https://bucket.example/a/b.mp4', media_id: 992 },
  },
  {
    endpoint: 'list photos',
    run: (client) => client.listPhotos(37),
    method: 'GET',
    address: '/apps/api/v1/chats/37/photos',
    answer: [{ url: 'https://bucket.example/1', media_id: 1 }, 'not a photo', { url: null, media_id: '2' }],
    result: [
      { url: 'https://bucket.example/1', media_id: 1 },
      { url: null, media_id: 2 },
    ],
  },
  {
    endpoint: 'list videos',
    run: (client) => client.listVideos(37),
    method: 'GET',
    address: '/apps/api/v1/chats/37/videos',
    answer: [],
  },
  {
    endpoint: 'read customer flags',
    run: (client) => client.getCustomerFlags(37),
    method: 'GET',
    address: '/apps/api/v1/chats/37/customer_flag',
    answer: { verified_customer: true, bad_actor: false, repeat_customers: true },
    result: { verified_customer: true, bad_actor: false, repeat_customer: true },
  },
  {
    endpoint: 'set customer flags',
    run: (client) => client.setCustomerFlags(37, { verifiedCustomer: true, repeatCustomer: false }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/customer_flag',
    body: { verified_customer: true, repeat_customers: false },
    answer: {},
    result: undefined,
  },
  {
    endpoint: 'add unsigned data',
    run: (client) =>
      client.addCustomData(37, { signed: false, data: { plan: { label: 'Plan', value: 'gold' } } }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/custom_data',
    body: { signed: false, data: { plan: { label: 'Plan', value: 'gold' } } },
    answer: {},
    result: undefined,
  },
  {
    endpoint: 'add signed data',
    run: (client) => client.addCustomData(37, { signed: true, signedData: 'a.b.c' }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/custom_data',
    body: { signed: true, signed_data: 'a.b.c' },
    answer: {},
    result: undefined,
  },
  {
    endpoint: 'update the end user of a chat',
    run: (client) => client.updateEndUser(37, { identifier: 'c-9f31', name: 'Ann' }),
    method: 'POST',
    address: '/apps/api/v1/chats/37/end-user',
    body: { identifier: 'c-9f31', name: 'Ann' },
    answer: { message: 'accepted' },
    result: undefined,
  },
  {
    endpoint: 'list wait times',
    run: (client) => client.listWaitTimes({ lang: 'en', menuId: 100, channelType: 'chat', from: 0 }),
    method: 'GET',
    address: '/apps/api/v1/wait_times?lang=en&menu_id=100&channel_type=chat&wait%5Bfrom%5D=0',
    answer: [{ menu_id: 100, menu_type: 'web_menu', chat: 3, available_agents: 2 }],
    result: [
      {
        menu_id: 100,
        menu_type: 'web_menu',
        chat: 3,
        voice_call: null,
        wait: null,
        materialized_path: null,
        logged_in_agents: null,
        available_agents: 2,
        breakthrough_agents: null,
      },
    ],
  },
  {
    endpoint: 'read the status of the queues',
    run: (client) => client.getQueueStatus(),
    method: 'GET',
    address: '/apps/api/v1/queues/status',
    answer: { anything: [1, 2] },
  },
  {
    endpoint: 'read the chat settings',
    run: (client) => client.getChatSettings(),
    method: 'GET',
    address: '/apps/api/v1/settings/chat',
    answer: { chat: { hide_va_to_va_system_messages: true } },
    result: { hide_va_to_va_system_messages: true },
  },
  {
    endpoint: 'change the chat settings',
    run: (client) => client.updateChatSettings({ hideVaToVaSystemMessages: true }),
    method: 'PATCH',
    address: '/apps/api/v1/settings/chat',
    body: { hide_va_to_va_system_messages: true },
    answer: {},
    result: undefined,
  },
];

/** A chat of which only id and status are known. */
export function emptyChat(status: string) {
  return {
    id: 37,
    status,
    status_text: null,
    features: [],
    created_at: null,
    end_reason: null,
    ends_at: null,
    timeout_at: null,
    agent: null,
    virtual_agent: null,
    all_agents: [],
    all_virtual_agents: [],
    lang: null,
    menus: [],
    end_user: null,
  };
}
