import type { Day } from "./civil-day.ts";
import { slotOf } from "./factor-slots.ts";
import type { ParcelFactors } from "./night-nodes.ts";

/** A factor may not make one parcel count for more than three, or less than a third, in the tables. */
const MOST_PULL = 3;
/**
 * The tables take a part of every factor on: were it all of it, a level that the first weeks got wrong would stay split
 * between tables that are too low and factors that are too high for ever, and fade out of every forecast.
 */
const TABLE_PULL = 0.85;

/** What the factors do to a hazard, how far they may, and how much of it the tables take on. */
export interface Pull {
  factors: ParcelFactors;
  product: number;
  clamped: number;
  ofTables: number;
}

/** Computed once for a parcel, whatever stages it has come to, unless its age or the day chooses among a factor's values. */
export function pullOf(
  pulls: (Pull | undefined)[],
  {
    factors,
    index,
    at,
  }: { factors: ParcelFactors; index: number; at: { bin: number; day: Day; carrierDay: Day | null } },
): Pull {
  const last = pulls[index];
  if (last?.factors === factors) return last;
  let product = 1;
  for (const set of factors.sets) product *= set.valueAt(index);
  for (const { table, row } of factors.plain) product *= table.valueAt({ row, view: index, slot: 0 });
  for (const { table, row } of factors.slotted)
    product *= table.valueAt({ row, view: index, slot: slotOf(table.spec.by, at) });
  const clamped = Math.min(MOST_PULL, Math.max(1 / MOST_PULL, product));
  const pull = { factors, product, clamped, ofTables: clamped ** TABLE_PULL };
  pulls[index] = factors.slotted.length > 0 ? undefined : pull;
  return pull;
}
