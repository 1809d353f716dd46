/**
 * A request that the bucket refuses: answered as the XML document that both storage services use
 * (`<Error><Code>…</Code><Message>…</Message></Error>`), and nothing is stored. Codes and texts are Amazon's
 * (S3: Error responses); Google's service has the same form and mostly the same codes.
 */
export class BucketError extends Error {
  override readonly name = 'BucketError';
  readonly status: 400 | 403 | 404 | 405 | 412 | 500 | 503;
  readonly code: string;
  /** Further elements of the document. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    status: BucketError['status'],
    code: string,
    message: string,
    details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** 403: not signed, or not as the policy wants it. */
export function accessDenied(message = 'Access Denied'): BucketError {
  return new BucketError(403, 'AccessDenied', message);
}

/** 400: the form lacks something, or has something that cannot be. */
export function invalidArgument(message: string): BucketError {
  return new BucketError(400, 'InvalidArgument', message);
}

/** 400: the policy itself cannot be read. */
export function invalidPolicy(message: string): BucketError {
  return new BucketError(400, 'InvalidPolicyDocument', `Invalid Policy: ${message}`);
}
