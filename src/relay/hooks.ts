import type { CustomerFlags } from '../platform/index.js';

/** One item of signed data, as the human agent sees it. */
export interface SignedDataItem {
  readonly label?: string | undefined;
  readonly value: string | number | boolean;
}

/** Who a visitor is, as the site itself knows it: never from a request's body. */
export interface Visitor {
  /** The site's own key of the person; the platform has one end user for each. */
  readonly identifier: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** A chat as hooks are told of it; `visitor` is null for an anonymous one. */
export interface HookedChat {
  readonly chatId: number;
  readonly visitor: Visitor | null;
}

/**
 * What the site adds on its own server. Each hook has 5 seconds; one that throws or takes longer counts as failed, which is
 * logged by the hook's name alone. What then happens stands with each. A `request` is the page's `POST /chats`: its headers
 * are there, its body is read already.
 *
 * @example
 * createRelay({
 *   …,
 *   hooks: {
 *     identify: async (request) => {
 *       const user = await sessions.find(request.headers.get('cookie'));
 *       return user && { identifier: user.id, name: user.name, email: user.email };
 *     },
 *     onEmailDeflection: ({ chatId, email }) => mailer.send({ to: 'help@example.com', replyTo: email, subject: `Chat ${chatId}` }),
 *   },
 * });
 */
export interface RelayHooks {
  /**
   * Who asks for a chat, from the site's own session; null: nobody known, and the page's signed token counts, if any.
   * Failed: 503 `identity-unavailable`, no chat: never an anonymous one in place of a known person.
   */
  identify?(request: Request): Promise<Visitor | null> | Visitor | null;
  /** What the site vouches for when a chat starts, signed with the company secret. Failed: the chat starts without it. */
  signedData?(chat: HookedChat): Promise<Readonly<Record<string, SignedDataItem>>> | Readonly<Record<string, SignedDataItem>>;
  /**
   * The customer flags of the platform, when a chat starts: told what they are, answers what they shall be (what is left out stays).
   * Only here are they read and written. Failed: they stay.
   */
  customerFlags?(chat: HookedChat, current: CustomerFlags): Promise<NewCustomerFlags> | NewCustomerFlags;
  /** Sends the mail of a visitor who prefers one to waiting. Failed: 502 `email-not-sent`, the chat stays open. Absent: not offered. */
  onEmailDeflection?(request: HookedChat & { readonly email: string; readonly reason: string | null }): Promise<void> | void;
  /** Takes stars (1 to 5) and words after a chat. Failed: 503 `feedback-unavailable`. Absent: not asked for. */
  onFeedback?(feedback: HookedChat & { readonly rating: number; readonly comment: string | null }): Promise<void> | void;
  /**
   * Checks what the page sent as `verification` (null: nothing) before a chat starts; false: 403 `verification-failed`.
   * Failed: 503 `verification-unavailable`, no chat.
   */
  verifyVisitor?(verification: string | null, request: Request): Promise<boolean> | boolean;
}

/** See {@link RelayHooks.customerFlags}. */
export interface NewCustomerFlags {
  readonly verifiedCustomer?: boolean | undefined;
  readonly badActor?: boolean | undefined;
  readonly repeatCustomer?: boolean | undefined;
}
