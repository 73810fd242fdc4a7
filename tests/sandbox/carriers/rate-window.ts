import type { Clock } from "#app/lib/clock.ts";

export interface RateLimit {
  requests: number;
  perMs: number;
}

export interface RateDecision {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Until the window starts anew, whole seconds, at least 1. */
  resetSeconds: number;
}

/** Counts requests in fixed windows, as the providers do. */
export function createRateWindow(clock: Clock, limit: RateLimit): () => RateDecision {
  let windowStart = Number.NEGATIVE_INFINITY;
  let used = 0;
  return () => {
    const now = clock.now().getTime();
    if (now - windowStart >= limit.perMs || now < windowStart) {
      windowStart = now;
      used = 0;
    }
    used += 1;
    return {
      allowed: used <= limit.requests,
      limit: limit.requests,
      remaining: Math.max(0, limit.requests - used),
      resetSeconds: Math.max(1, Math.ceil((windowStart + limit.perMs - now) / 1000)),
    };
  };
}
