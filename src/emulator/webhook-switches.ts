/**
 * The switches of what webhooks say and when they come. The first value of each list is the default: the
 * documented reading, or where nothing is documented the one that promises a consumer least.
 */
export const webhookSwitchValues = {
  /** OQ-18: how the end user's words to a task virtual agent are echoed. */
  taskEcho: ['server_message', 'none', 'text'],
  /** OQ-20: whether coming and going of a task virtual agent is announced. */
  taskMembershipWebhooks: ['sent', 'none'],
  /**
   * OQ-12: when `participant_joined` comes: `late` is two seconds after it happened, so that what they say
   * comes before it.
   */
  participantJoinedWebhook: ['at-once', 'late', 'missing'],
  /**
   * OQ-12: when `participant_left` comes: `after-joined` is behind the `participant_joined` of whoever comes
   * next (two seconds later where nobody does), `late` is two seconds after it happened.
   */
  participantLeftWebhook: ['at-once', 'after-joined', 'late', 'missing'],
  /** OQ-13: whether every message has a `message_id`, or only those of a task virtual agent. */
  webhookMessageId: ['task', 'every'],
  /** OQ-15: whether a `sender` has a `name`. */
  senderName: ['absent', 'present'],
  /** OQ-19: the `visibility` of what everybody may see; `all` and `end_user` are guesses. */
  ordinaryVisibility: ['absent', 'all', 'end_user'],
  /**
   * platform: message_received says that an agent's file has a `media_id`, not where: in `message.content`
   * (as in what an end user sends), in `message`, or in the event's `body`.
   */
  mediaIdPlacement: ['content', 'message', 'body'],
  /** OQ-9: where the keys of rich messages stand in webhooks: in `message`, or in `message.content`. */
  webhookRichPlacement: ['message', 'content'],
  /** OQ-9, OQ-16: system messages as webhooks: none, those that were seen, or guessed names as well. */
  notiWebhooks: ['none', 'evidenced', 'guessed'],
  /**
   * OQ-59: hosted forms; `widget-only`: they reach no consumer of this API, and an answer to one is refused.
   */
  hostedForms: ['supported', 'widget-only'],
  /** OQ-10: whether a new escalation is announced; the event is the template `escalated`, invented. */
  escalationWebhook: ['none', 'sent'],
  /** OQ-10: whether a deflection is announced; the event is the template `deflected`, invented. */
  deflectionWebhook: ['sent', 'none'],
  /** OQ-21: whether chats that began in the web or mobile SDK send webhooks. */
  sdkChatWebhooks: ['none', 'sent'],
} as const satisfies Record<string, readonly (string | number)[]>;
