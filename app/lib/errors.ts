export interface AppErrorOptions {
  cause?: unknown;
  /** Facts for the log and the operator. Never secrets, addresses or whole payloads. */
  details?: Record<string, string | number | boolean | null>;
}

/**
 * A fault: something that should not have happened, as opposed to an expected outcome, which is a discriminated union.
 * `code` is stable and machine-readable, `retryable` tells a job whether trying again can help, `publicMessage` may be
 * shown to anybody.
 */
export abstract class AppError extends Error {
  abstract readonly code: string;
  abstract readonly retryable: boolean;
  readonly publicMessage: string = "Something went wrong on our side. Please try again.";
  readonly details: Readonly<Record<string, string | number | boolean | null>>;

  constructor(message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.details = options.details ?? {};
  }
}

/** Thrown at boot when the environment does not make sense. */
export class ConfigurationError extends AppError {
  readonly code = "configuration";
  readonly retryable = false;
}

/** A row that the caller had reason to expect is not there (deleted meanwhile, or another shop's). */
export class NotFoundError extends AppError {
  readonly code = "not_found";
  readonly retryable = false;
  override readonly publicMessage = "We could not find that.";
}

/** Data from outside that cannot be understood; nothing is wrong with us, and trying again cannot help. */
export class InvalidInputError extends AppError {
  readonly code = "invalid_input";
  readonly retryable = false;
  override readonly publicMessage = "That input is not valid.";
}

/** True for errors that may vanish by themselves; unknown errors count as retryable, because a bug fix also helps them. */
export function isRetryable(error: unknown): boolean {
  return error instanceof AppError ? error.retryable : true;
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
