import type { EstimatedDelivery } from "./carrier.ts";
import { parseIsoTime } from "./carrier-time.ts";

/**
 * An estimate told as one or two moments. Two different ones are a window; one at midnight is a date that somebody has
 * dressed up as a moment, so only its day is kept.
 */
export function readEstimate(from: string | null, to: string | null = null): EstimatedDelivery | null {
  const [start, end] = [parseIsoTime(from), parseIsoTime(to)];
  if (start && end && start.local !== end.local) return { from: start, to: end };
  const single = end ?? start;
  if (!single) return null;
  return /T(?!00:00:00)/.test(single.local) ? { at: single } : { date: single.local.slice(0, 10) };
}
