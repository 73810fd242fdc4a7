import { type Logger as PinoLogger, pino } from "pino";

export type Logger = PinoLogger;

/** Secrets and personal data are cut out by path, should one ever be handed to the log by mistake. */
const REDACTED = [
  "accessToken",
  "refreshToken",
  "authorization",
  "email",
  "phone",
  "password",
  "secret",
  "token",
  "body",
  "headers.authorization",
];

/** Structured log on standard output: ids and codes, never payloads, secrets or addresses. */
export function createLogger(options: { level: string; name: string }): Logger {
  return pino({
    name: options.name,
    level: options.level,
    redact: { paths: [...REDACTED, ...REDACTED.map((path) => `*.${path}`)], censor: "[redacted]" },
  });
}
