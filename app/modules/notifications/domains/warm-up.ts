import { daysBetween } from "../local-day.ts";

/**
 * Mails a new domain may send on each of its first days, so that mailbox providers learn to trust it. Source: Resend's
 * documents on warming up a domain (first week of a new domain).
 */
export const WARM_UP: readonly number[] = [150, 250, 400, 700, 1_000, 1_500, 2_000];

/** Which day of sending it is, from 1; the first has not come while nothing was sent. Dates are UTC, YYYY-MM-DD. */
export function warmUpDay(warmFrom: string | null, on: string): number {
  if (warmFrom === null) return 1;
  return Math.max(1, daysBetween(warmFrom, on) + 1);
}

/** The same for a domain that mail was sent from before, by other means. */
const ESTABLISHED: readonly number[] = [1_000, 2_500, 5_000, 5_000, 7_500, 7_500, 10_000];
/** Mailbox providers know a domain that has come this far. */
const WARM_ABOVE = 100_000;

/**
 * How many mails the domain may send on the day: doubled each day after the first week; null = as many as wanted, it is
 * warm.
 */
export function warmUpLimit(warmFrom: string | null, on: string, established = false): number | null {
  const week = established ? ESTABLISHED : WARM_UP;
  const later = Math.max(0, warmUpDay(warmFrom, on) - week.length);
  const limit = (week[warmUpDay(warmFrom, on) - 1] ?? week.at(-1) ?? 0) * 2 ** Math.min(later, 30);
  return limit > WARM_ABOVE ? null : limit;
}
