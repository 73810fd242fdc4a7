import type { ParcelFactors } from "./night-nodes.ts";

/** What the steps of a parcel have seen in a night and its factors were not told yet. */
export interface StepsSeen {
  factors: ParcelFactors | null;
  events: number;
  /** By view. */
  expected: number[];
}

export function openSteps(views: number): StepsSeen {
  return { factors: null, events: 0, expected: Array<number>(views).fill(0) };
}

/** Begins another step; what it expects is added to `expected` view by view. */
export function noteSteps(seen: StepsSeen, factors: ParcelFactors, events: number): void {
  if (seen.factors !== factors) tellSteps(seen);
  seen.factors = factors;
  seen.events += events;
}

/**
 * Tells the factors without slots what a parcel's steps have seen, which ask for the same ones: once for all steps, since a
 * division and a rounding for each step and factor was the most of a night's arithmetic. The parcel is what is rounded, so
 * that neither the order of the parcels nor the shares they come in can matter.
 */
export function tellSteps(seen: StepsSeen): void {
  const { factors, events, expected: all } = seen;
  if (!factors) return;
  for (let view = 0; view < all.length; view += 1) {
    const one = { events, expected: all[view] ?? 0 };
    for (const set of factors.sets) set.add(view, one);
    for (const { table, row } of factors.plain) table.add({ row, view, slot: 0 }, one);
    all[view] = 0;
  }
  seen.factors = null;
  seen.events = 0;
}
