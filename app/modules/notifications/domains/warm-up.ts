import { Temporal } from "temporal-polyfill";

/**
 * Mails a new domain may send on each of its first days, so that mailbox providers learn to trust it. Source: Resend's
 * documents on warming up a domain (first week of a new domain).
 */
export const WARM_UP: readonly number[] = [150, 250, 400, 700, 1_000, 1_500, 2_000];

/** Which day of sending it is, from 1; the first has not come while nothing was sent. Dates are UTC, YYYY-MM-DD. */
export function warmUpDay(warmFrom: string | null, on: string): number {
  if (warmFrom === null) return 1;
  return Math.max(1, Temporal.PlainDate.from(warmFrom).until(Temporal.PlainDate.from(on)).days + 1);
}

/** How many mails the domain may send on the day; null = as many as wanted, it is warm. */
export function warmUpLimit(warmFrom: string | null, on: string): number | null {
  return WARM_UP[warmUpDay(warmFrom, on) - 1] ?? null;
}
