import { z } from "zod";
import { AppError, errorMessage } from "#app/lib/errors.ts";

/** Thrown when a migration cannot be applied, or the migrations cannot be compared with the schema. */
export class MigrationError extends AppError {
  readonly code = "migration_failed";
  readonly retryable = false;

  /** Makes one out of whatever the engine throws; `panic` is the text of its last panic, "" when there was none. */
  static from(error: unknown, panic: string): MigrationError {
    if (error instanceof MigrationError) return error;
    // Behind the message the engine lists places in its own source.
    const message = errorMessage(error)
      .replace(/\n\s+0: [^]*$/, "")
      .trim();
    const code = z.object({ code: z.string() }).safeParse(error).data?.code;
    const text = [code === undefined ? message : `${code}: ${message}`, panic].filter((part) => part !== "").join("\n");
    return new MigrationError(text, { cause: error });
  }
}
