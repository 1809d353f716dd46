import {
  createPlatformClient,
  type PlatformClient,
  type PlatformClientOptions,
} from '../../src/platform/index.js';

/** What was asked of the platform. */
export interface RecordedRequest {
  readonly method: string;
  /** Below the origin, with the query. */
  readonly address: string;
  readonly authorization: string | null;
  readonly contentType: string | null;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  readonly redirect: RequestRedirect;
}

export const credentials = { subdomain: 'acme', apiToken: 'canary-token-5f1c' };
export const origin = 'https://acme.uc1.ccaiplatform.com';

type Answer = Response | Error;

/** A platform that gives the answers in turn, the last one for ever, and writes down what it was asked. */
export function createRecorder(...answers: readonly Answer[]) {
  const requests: RecordedRequest[] = [];

  const recordingFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = await request.text();
    requests.push({
      method: request.method,
      address: url.href.slice(url.origin.length),
      authorization: request.headers.get('authorization'),
      contentType: request.headers.get('content-type'),
      body: text === '' ? undefined : JSON.parse(text),
      redirect: request.redirect,
    });
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    if (answer === undefined) throw new Error('No answer was prepared.');
    if (answer instanceof Error) throw answer;
    return answer.clone();
  };

  return { requests, fetch: recordingFetch };
}

/** A client of such a platform. */
export function createRecordedClient(
  answers: readonly Answer[],
  options: Partial<PlatformClientOptions> = {},
): { readonly requests: RecordedRequest[]; readonly client: PlatformClient } {
  const { requests, fetch } = createRecorder(...answers);
  return { requests, client: createPlatformClient({ origin, ...credentials, fetch, ...options }) };
}
