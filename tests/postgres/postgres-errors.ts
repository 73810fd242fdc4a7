import { AppError } from "#app/lib/errors.ts";

/** Thrown when no PostgreSQL can be found, or the one that was found does not start; the message says what to do. */
export class PostgresUnavailableError extends AppError {
  readonly code = "postgres_unavailable";
  readonly retryable = false;
}
