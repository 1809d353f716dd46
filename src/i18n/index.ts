import type { LauncherTexts } from './launcher/en.js';

export type { LauncherTexts } from './launcher/en.js';
export { launcherEn } from './launcher/en.js';
export { en } from './en.js';

/** Every text of the chat in one language. Functions take what varies; texts are plain, never markup. */
export interface Dictionary extends LauncherTexts {
  /** BCP 47 tag of the language the texts are in. */
  readonly lang: string;

  readonly closeChat: string;
  /** `count` is at least 1. */
  readonly unread: (count: number) => string;

  /** Title of the panel, where the page sets no heading. */
  readonly heading: string;
  /** First line before a chat, where the page sets no greeting. */
  readonly greeting: string;
  readonly greetingHint: string;
  readonly minimize: string;

  readonly talkToPerson: string;
  readonly connectingToPerson: string;
  readonly starting: string;
  readonly resuming: string;
  readonly reconnecting: string;

  readonly endChat: string;
  readonly endQuestion: string;
  readonly endCancel: string;
  readonly ended: string;
  readonly dismissed: string;
  readonly startNewChat: string;

  readonly unavailable: string;
  /** Why, where the code of the problem says more; else what to do. */
  readonly unavailableHint: (code: string) => string;
  /** What a problem during a chat means to the visitor; `code` is a stable problem code, known or not. */
  readonly problem: (code: string) => string;
  readonly tryAgain: string;

  /** The label every virtual agent carries. */
  readonly automated: string;
  /** Stand-ins for people without a name. */
  readonly virtualAgentName: string;
  readonly agentName: string;
  readonly you: string;

  readonly messages: string;
  readonly nowChattingWith: (name: string) => string;
  readonly sending: string;
  readonly sent: string;
  readonly notDelivered: string;
  readonly uncertain: string;
  readonly sendAgain: string;
  readonly privateMessage: string;
  /** Said before the sender of a private message. */
  readonly private: string;
  /** In place of a private message whose time is over. */
  readonly removed: string;
  /** Name of the button that shows and hides the visitor's own private text; what it is in while hidden. */
  readonly reveal: string;
  readonly concealed: string;
  /** A private message was not sent, because nobody else may read it. */
  readonly addresseeGone: string;
  /** It was not sent, because nobody can tell whether the assistant is still there; `name` would read it otherwise. */
  readonly addresseeUnsure: (name: string) => string;
  readonly sendAnyway: string;
  readonly discard: string;
  readonly sendTo: (name: string) => string;
  readonly unsupported: string;
  readonly opensInNewTab: string;
  /** `count` new messages below; 0 means none, only a way to the end. */
  readonly jump: (count: number) => string;

  readonly messageLabel: string;
  readonly messagePlaceholder: string;
  readonly send: string;
  /** Who reads along while a task virtual agent listens; `name` is the human agent. */
  readonly privateBanner: (name: string) => string;
  /** Added where the visitor had begun to write before. */
  readonly privateHint: string;
  readonly privateLabel: string;
  readonly privatePlaceholder: string;
  /** Before something private goes to somebody else. */
  readonly sendToQuestion: (name: string) => string;
  readonly assistantLeft: string;
  readonly keepEditing: string;
  readonly charactersLeft: (count: number) => string;
  /** `excess` characters over `limit`. */
  readonly tooLong: (excess: number, limit: number) => string;
}
