/** Why an escalation happened, with the codes that reports show (platform: Escalate, reasons). */
export const escalationReasons = {
  unknown: 0,
  by_end_user_ask: 1,
  by_end_user_message: 2,
  by_virtual_agent: 3,
  payload_failure: 4,
  could_not_resume: 5,
  by_human_agent: 6,
  invalid_queue: 7,
  dismissed: 8,
} as const;

export type EscalationReason = keyof typeof escalationReasons;

/** True for one of the documented words. */
export function isEscalationReason(value: string): value is EscalationReason {
  return Object.hasOwn(escalationReasons, value);
}

/** Why a chat failed, with the codes that reports show (platform: Statuses of a chat, fail reasons). */
export const failReasons = {
  unknown: 1,
  no_response: 2,
  expired: 3,
  after_hours: 4,
  escalation_failed: 5,
  expired_menu_selection: 31,
  end_user_opt_out: 41,
  over_cap_email: 50001,
  group_deleted_no_substitute: 60001,
} as const;

export type FailReason = keyof typeof failReasons;

/**
 * Why a chat finished. The platform's reports know these reasons; how the API spells them is not documented
 * (OQ-23), so only the control API shows them.
 */
export type FinishReason =
  | 'disconnected_by_agent'
  | 'disconnected_by_end_user'
  /** The end user left before anybody had the chat. */
  | 'abandoned'
  /** The end user took another way out. */
  | 'deflected'
  | 'timeout_agent_never_wrote'
  | 'timeout_end_user_never_wrote'
  | 'timeout_agent_stopped'
  | 'timeout_end_user_stopped';

export type EndReason = FinishReason | FailReason;
