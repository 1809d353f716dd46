/**
 * The switches of the platform's surface and of the rules of a chat. The first value of each list is the
 * default: the documented reading, or where nothing is documented the one that promises a consumer least.
 */
export const chatSwitchValues = {
  /** OQ-30: 10 requests a second of the whole tenant; `off` for tests whose clock stands still. */
  rateLimit: ['on', 'off'],
  /** OQ-30: whether a 429 says when to try again. */
  retryAfter: ['sent', 'absent'],
  /** OQ-25: whether `from_user_id` and `finished_by_user_id` must be the chat's own end user. */
  userIds: ['checked', 'ignored'],
  /** OQ-26: what a second create request of an end user with a running chat gets. */
  secondChat: ['new', 'ongoing'],
  /** OQ-39: whether `lang` may be a language that the documents do not list; `refused` answers 400. */
  unlistedLanguage: ['accepted', 'refused'],
  /** OQ-53: whether `context` may have another form than `{"value": {…}}`; `strict` answers 400. */
  contextForm: ['lenient', 'strict'],
  /** OQ-40: `strict` takes 100 messages, 64 kB, and only the senders and contents that were seen. */
  transcriptLimits: ['none', 'strict'],
  /** OQ-32: how many characters a message may have; 916 is the limit of live translation. */
  messageCharacters: ['unlimited', 916],
  /** OQ-41: whether an end user may send `markdown`. */
  endUserMarkdown: ['accepted', 'refused'],
  /** §2.3, OQ-23: whether a failed chat says why only in `status_text`, or in a key of its own as well. */
  failReason: ['status_text', 'field'],
  /** OQ-24: whether `status_text` has HTML, as it has in practice. */
  statusText: ['html', 'plain'],
  /** OQ-24: whether `features` is empty; the values of `some` are invented. */
  chatFeatures: ['none', 'some'],
  /** OQ-44: whether the chat object has the `post_session_*` fields of the SDKs' object. */
  postSessionFields: ['absent', 'present'],
  /** §6.2: whether the chat object shows an active task virtual agent as its `virtual_agent`; invented. */
  taskAgentInChatObject: ['virtual_agent', 'absent'],

  /** OQ-50: method of the resume request. */
  resumeMethod: ['PATCH', 'POST'],
  /** OQ-43: what a resume request is answered. */
  resumeAnswer: ['chat', 'empty'],
  /** Where a resumed chat goes on: with whoever had it, or in the queue. Not documented. */
  resumeTarget: ['previous', 'queued'],
  /** OQ-9: whether a resumed chat is announced by an event; its name `chat_resumed` is invented. */
  chatResumedWebhook: ['none', 'sent'],
  /** OQ-42: what a message of the end user in a dismissed chat does. */
  messageInDismissedChat: ['refused', 'resumes'],
  /**
   * Whether the contact center is open: closed, it takes no new chat, resumes none and deflects every
   * escalation.
   */
  openingHours: ['open', 'closed'],
  /**
   * platform: Statuses of a chat; what a new chat comes to while it is closed: it fails with `after_hours`,
   * is refused with the after-hours message as `resume` is, or goes on with virtual agents alone.
   */
  closedChat: ['failed', 'refused', 'accepted'],

  /**
   * OQ-37: what `force_escalate` does; by `decides` a virtual agent lets the chat go only when it is true,
   * and the record is `canceled` at once otherwise.
   */
  forceEscalate: ['noted', 'decides'],
  /** OQ-51: what `:id` is when a deflection channel is chosen. */
  escalationPath: ['escalation', 'menu'],
  /**
   * OQ-27: which channels there are. `guide`: `email`, `human_agent`, `external_link`, `virtual_agent`;
   * `literal`: without the last, whose spelling is a guess; `guessed`: with `phone`, `voice_call`, `message`.
   */
  deflectionChannels: ['guide', 'literal', 'guessed'],

  /** OQ-6: which spelling of the repeat-customer flag a POST may have; the other one is ignored. */
  customerFlagKey: ['both', 'repeat_customers', 'repeat_customer'],
  /** OQ-54: whether each item of custom data needs a `label`. */
  customDataLabel: ['optional', 'required'],
  /** OQ-7: which path an end user is updated at. */
  endUserPath: ['both', 'end-user', 'end_user'],
  /** OQ-7: success status of updating an end user. */
  endUserUpdated: [202, 200],
  /** OQ-7: how that one request is authorized; `bearer` takes `Authorization: Bearer <API token>`. */
  endUserAuthorization: ['basic', 'bearer'],
  /** platform: Errors: a tenant whose CRM cannot follow refuses every update of an end user. */
  crm: ['supported', 'unsupported'],

  /** OQ-29: the newer page's items of wait times, or the older page's. */
  waitTimes: ['current', 'older'],
  /** OQ-29: unit of `chat` and `voice_call` in the newer form; the older one is in minutes. */
  waitTimeUnit: ['minutes', 'seconds'],
  /** OQ-29: `null`: no estimate is known. */
  waitTimeEstimate: ['known', 'null'],

  /** OQ-17a: where the chat settings are: `/apps/api/v1/settings/chat` or `/v1/settings/chat`. */
  settingsBase: ['apps', 'root'],
  /** OQ-17b: `{hide_va_to_va_system_messages}`, or the same inside `{chat: …}`. */
  settingsNesting: ['top', 'chat'],
  /** OQ-17c: whether the settings can be read. */
  settingsReadable: ['yes', 'no'],
  /**
   * OQ-17d, OQ-17e: who hides transfers between virtual agents while the setting is on: `client` (nothing
   * changes here), `server` (no `noti` is sent of them), `webhooks` (no membership event either).
   */
  vaToVaHiddenBy: ['client', 'server', 'webhooks'],
  /** OQ-56: whether a task virtual agent may hand over to a support virtual agent. */
  taskToVirtualAgent: ['allowed', 'refused'],
  /**
   * What becomes of a chat whose next virtual agent never comes: the one before takes it back, a human is
   * asked for, or it fails with `escalation_failed`. Not documented.
   */
  failedTransfer: ['returns', 'escalates', 'fails'],
} as const satisfies Record<string, readonly (string | number)[]>;
