import type { Dictionary } from './index.js';
import { launcherEn } from './launcher/en.js';

const number = new Intl.NumberFormat('en');
const characters = (count: number): string => (count === 1 ? '1 character' : `${number.format(count)} characters`);

const problems: Readonly<Record<string, string>> = {
  'message-too-long': 'That message is too long to send.',
  'chat-ended': 'This chat has already ended.',
  unauthorized: 'This chat can no longer be continued here.',
  'identity-invalid': 'We could not confirm who you are. Please sign in again.',
  'verification-failed': 'We could not confirm that you are not a robot. Please try again.',
};

const reasonOf = (code: string): string | undefined => (Object.hasOwn(problems, code) ? problems[code] : undefined);

/** English, the language every other one falls back to. */
export const en: Dictionary = {
  ...launcherEn,
  lang: 'en',

  closeChat: 'Close chat',
  unread: (count) => (count === 1 ? '1 unread message' : `${count} unread messages`),

  heading: 'Chat with us',
  greeting: 'Hello! How can we help?',
  greetingHint: 'Write your question below to start the chat.',
  minimize: 'Close chat window',

  talkToPerson: 'Talk to a person',
  connectingToPerson: 'Connecting you to a person…',
  starting: 'Starting your chat…',
  resuming: 'Loading your chat…',
  reconnecting: 'Reconnecting… Your messages are safe.',

  endChat: 'End chat',
  endQuestion: 'End this chat?',
  endCancel: 'Keep chatting',
  ended: 'This chat has ended',
  dismissed: 'This chat was paused because it was quiet.',
  startNewChat: 'Start a new chat',

  unavailable: 'Chat is temporarily unavailable',
  unavailableHint: (code) => reasonOf(code) ?? 'Nothing you wrote is lost. Please try again in a moment.',
  problem: (code) => reasonOf(code) ?? 'Chat is temporarily unavailable. Nothing you wrote is lost.',
  tryAgain: 'Try again',

  automated: 'Automated assistant',
  virtualAgentName: 'Assistant',
  agentName: 'Support',
  you: 'You',

  messages: 'Messages',
  nowChattingWith: (name) => `You are now chatting with ${name}`,
  sending: 'Sending…',
  sent: 'Sent',
  notDelivered: 'Not delivered',
  uncertain: 'This may not have arrived',
  sendAgain: 'Send again',
  privateMessage: 'Private: your agent can’t see this',
  private: 'Private',
  removed: 'A private message was here',
  reveal: 'Show what you wrote',
  concealed: 'hidden text',
  addresseeGone: 'Not sent: the assistant has left',
  addresseeUnsure: (name) => `Not sent yet: the assistant may have left. If so, ${name} would see this.`,
  sendAnyway: 'Send anyway',
  discard: 'Discard',
  sendTo: (name) => `Send to ${name}`,
  unsupported: 'This message can’t be shown here.',
  opensInNewTab: 'opens in a new tab',
  jump: (count) => {
    if (count === 0) return 'Go to the newest message';
    return count === 1 ? '1 new message' : `${number.format(count)} new messages`;
  },

  messageLabel: 'Your message',
  messagePlaceholder: 'Write a message…',
  send: 'Send message',
  privateBanner: (name) => `For the automated assistant only: ${name} can’t see this.`,
  privateHint: 'What you have typed goes to the assistant, too.',
  privateLabel: 'Your message, only for the automated assistant',
  privatePlaceholder: 'Write to the assistant…',
  sendToQuestion: (name) => `Send this to ${name}?`,
  assistantLeft: 'You wrote it for the automated assistant, which has left.',
  keepEditing: 'Keep editing',
  charactersLeft: (count) => `${characters(count)} left`,
  tooLong: (excess, limit) =>
    `${characters(excess)} too many. A message can have up to ${number.format(limit)}; please shorten it.`,
};
