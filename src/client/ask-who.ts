import type { ChatClientOptions } from './chat-client.types.js';
import { ChatError } from './chat-error.js';

/** Asks the site for the token that says who the visitor is; where it does not say, nobody is taken for somebody else. */
export async function askWho({ authenticate }: Pick<ChatClientOptions, 'authenticate'>): Promise<string> {
  let cause: unknown;
  try {
    const answer = await authenticate?.();
    if (answer?.token) return answer.token;
  } catch (thrown) {
    cause = thrown;
  }
  throw new ChatError('identity-unavailable', { retryable: true, cause });
}
