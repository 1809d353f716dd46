/** Why the element cannot do what was asked: `relay-not-found` or `widget-unavailable`. */
export class WidgetError extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable: boolean) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}
