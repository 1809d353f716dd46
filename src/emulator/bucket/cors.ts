import { BucketError } from './bucket-error.js';
import { toRefusal } from './bucket.js';

/** What a page of any origin may do to the bucket: post a form, and read what it has an address for. */
const allowedMethods = ['GET', 'HEAD', 'POST'];

/** Answers what a browser asks before it sends a request to another origin (OQ-35). */
export function answerPreflight(request: Request, { isAllowed }: { readonly isAllowed: boolean }): Response {
  const method = request.headers.get('Access-Control-Request-Method') ?? '';
  const headers = request.headers.get('Access-Control-Request-Headers');
  if (!isAllowed || !allowedMethods.includes(method)) {
    const refusal = new BucketError(
      403,
      'AccessForbidden',
      'CORSResponse: This CORS request is not allowed.',
    );
    return toRefusal(refusal, new URL(request.url).pathname);
  }
  return allowOrigin(
    request,
    new Response(null, {
      status: 200,
      headers: {
        'Access-Control-Allow-Methods': allowedMethods.join(', '),
        'Access-Control-Max-Age': '300',
        ...(headers === null ? {} : { 'Access-Control-Allow-Headers': headers }),
      },
    }),
  );
}

/** Lets a page read the answer, whichever it is. */
export function allowOrigin(request: Request, response: Response): Response {
  const headers = new Headers(response.headers);
  headers.append('Vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
  if (request.headers.has('Origin')) {
    headers.set('Access-Control-Allow-Origin', '*');
    headers.set('Access-Control-Expose-Headers', 'ETag, Location');
  }
  return new Response(response.body, { status: response.status, headers });
}
