import { chatDismissed, chatEnded } from './control-chat.js';
import { ControlError } from './errors.js';
import type { TransferOutcome } from './transfers.js';

/** Why nobody came of a transfer, as the control API says it: 409. */
export function toTransferError(type: Exclude<TransferOutcome['type'], 'connected'>): ControlError {
  if (type === 'chat-ended') return chatEnded();
  if (type === 'chat-dismissed') return chatDismissed();
  const [code, message] = refusals[type];
  return new ControlError(409, code, message);
}

const refusals = {
  deflecting: ['chat-deflecting', 'The end user is choosing another way out first.'],
  'no-agent': [
    'participant-not-in-chat',
    'Only a human agent who is in the chat can start a task virtual agent.',
  ],
  'not-arrived': ['transfer-failed', 'They never came.'],
  superseded: ['transfer-superseded', 'The chat went to somebody else before the transfer was done.'],
} as const;
