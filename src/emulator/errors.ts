/** A request that the platform would refuse: answered as `{"message": …}` (platform: Errors). */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly status: 400 | 401 | 404;

  constructor(status: 400 | 401 | 404, message: string) {
    super(message);
    this.status = status;
  }
}

/** 401. The documents do not give the text. */
export function unauthorized(): PlatformError {
  return new PlatformError(401, 'Unauthorized');
}

/** 404, documented word for word. */
export function notFound(): PlatformError {
  return new PlatformError(404, 'Not Found');
}

/** 400, documented word for word: what Rails says of a missing, null or blank parameter. */
export function missingParameter(name: string): PlatformError {
  return new PlatformError(400, `param is missing or the value is empty: ${name}`);
}

/** 400, documented word for word: any action on a finished chat. */
export function chatAlreadyEnded(): PlatformError {
  return new PlatformError(400, 'Chat is already ended');
}

/** A control request that cannot be done: answered as `{"code": …, "message": …}`. Codes are stable. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: 400 | 403 | 404 | 405 | 409;
  readonly code: string;

  constructor(status: 400 | 403 | 404 | 405 | 409, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
