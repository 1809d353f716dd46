import type { CcaiChat } from './chat.js';
import { ChatComposer } from './composer.js';
import { define } from './define.js';
import { MessageList } from './message-list.js';
import { ChatPanel } from './panel.js';
import { ChatSession } from './session.js';

/** Defines the inner elements and makes the part of `<ccai-chat>` that knows a client. */
export function createSession(host: CcaiChat, relayUrl: string): ChatSession {
  // Not at the top of the module: bundlers may drop what a module does beside its exports.
  define('ccai-composer', ChatComposer);
  define('ccai-message-list', MessageList);
  define('ccai-chat-panel', ChatPanel);
  return new ChatSession(host, relayUrl);
}
