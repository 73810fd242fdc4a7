import { NO_HINT, type PaceHint } from "../mail-sender.ts";

const MAX_HOLD_SECONDS = 3_600;

/**
 * Reads `ratelimit-limit`, `ratelimit-policy`, `ratelimit-remaining`, `ratelimit-reset` and `retry-after` (seconds) as
 * Resend writes them. The window is a second where the policy does not say otherwise.
 */
export function readPaceHint(headers: Readonly<Record<string, string>> | null): PaceHint {
  if (!headers) return NO_HINT;
  const limit = positive(headers["ratelimit-limit"]);
  const window = positive(/;\s*w=(\d+)/.exec(headers["ratelimit-policy"] ?? "")?.[1]) ?? 1;
  const spent = Number(headers["ratelimit-remaining"] ?? "1") <= 0;
  const reset = spent ? (positive(headers["ratelimit-reset"]) ?? 0) : 0;
  return {
    perSecond: limit === null ? null : limit / window,
    holdSeconds: Math.min(MAX_HOLD_SECONDS, positive(headers["retry-after"]) ?? reset),
  };
}

function positive(text: string | undefined): number | null {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : null;
}
