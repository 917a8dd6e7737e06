export const failureKinds = [
  'config',
  'auth',
  'permission',
  'not-found',
  'rate-limited',
  'transient',
  'not-licensed',
  'not-supported',
  'schema',
  'unreadable',
  'bug',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** A source could not be read; `kind` decides what that means for its stream. The message never carries content. */
export class SourceError extends Error {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** The system's name for it, where there was no answer: `ENOTFOUND`. */
  readonly code: string | undefined;
  constructor(
    kind: FailureKind,
    message: string,
    options: { status?: number; retryAfterMs?: number; code?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SourceError';
    this.kind = kind;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.code = options.code;
  }
}

/** Something the person at the keyboard can mend: one line that says what, where, and what to do. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Another worker has taken the stream, or all of the scanning, over: this one must stop writing. */
export class LostClaim extends Error {
  override name = 'LostClaim';
}
