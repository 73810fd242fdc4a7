const DAY_MS = 86_400_000;

/**
 * Mails a day from a domain that never sent any, and from one that sends already by other means, in its first week here;
 * doubled each day afterwards. Source: Resend's advice on warming up, November 2026.
 */
const FIRST_WEEK = {
  fresh: [150, 250, 400, 700, 1_000, 1_500, 2_000],
  established: [1_000, 2_500, 5_000, 5_000, 7_500, 7_500, 10_000],
} as const;

/** From then on mailbox providers know the domain. */
const NO_MEASURE_ABOVE = 100_000;
/** Part of a day's measure that is kept for what cannot wait. */
const FOR_URGENT = 0.1;
/** The urgencies that count as such. */
export const URGENT_UP_TO = 1;

/** How many mails a domain may send on a civil day, or null when there is no measure any more. */
export function measureOfDay(domain: { warmFrom: string; established: boolean }, on: string): number | null {
  const day = Math.max(0, Math.round((Date.parse(on) - Date.parse(domain.warmFrom)) / DAY_MS));
  const week: readonly number[] = domain.established ? FIRST_WEEK.established : FIRST_WEEK.fresh;
  const last = week.length - 1;
  const measure = week[day] ?? (week[last] ?? 0) * 2 ** Math.min(day - last, 30);
  return measure > NO_MEASURE_ABOVE ? null : measure;
}

/** Which of these mails still go out within a day's measure, `sent` having gone before. */
export function withinMeasure(measure: number, sent: number, urgencies: readonly number[]): boolean[] {
  let count = sent;
  return urgencies.map((urgency) => {
    const goes = count < (urgency <= URGENT_UP_TO ? measure : Math.floor(measure * (1 - FOR_URGENT)));
    if (goes) count += 1;
    return goes;
  });
}

/** The civil day, in UTC, and the moment the next one begins. */
export function dayOf(now: Date): { on: string; endsAt: Date } {
  const on = now.toISOString().slice(0, 10);
  return { on, endsAt: new Date(Date.parse(on) + DAY_MS) };
}
