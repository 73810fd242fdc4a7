const DAY_MS = 86_400_000;
/** Part of a day's measure that is kept for what cannot wait. */
const FOR_URGENT = 0.1;
/** The urgencies that count as such. */
export const URGENT_UP_TO = 1;

/** Which of these mails still go out within a day's measure (null = none), `sent` having gone before. */
export function withinMeasure(measure: number | null, sent: number, urgencies: readonly number[]): boolean[] {
  if (measure === null) return urgencies.map(() => true);
  let count = sent;
  return urgencies.map((urgency) => {
    const goes = count < (urgency <= URGENT_UP_TO ? measure : Math.floor(measure * (1 - FOR_URGENT)));
    if (goes) count += 1;
    return goes;
  });
}

/** The civil day, in UTC, and the moments at which it and the next one begin. */
export function dayOf(now: Date): { on: string; beganAt: Date; endsAt: Date } {
  const on = now.toISOString().slice(0, 10);
  return { on, beganAt: new Date(Date.parse(on)), endsAt: new Date(Date.parse(on) + DAY_MS) };
}
