import { BIN_COUNT } from "./age-bins.ts";
import type { Day } from "./civil-day.ts";
import type { FactorSpec } from "./law.ts";

/** Most factors have one value; some have one for each age group or for each day around the carrier's own date. */
export const SLOTS = 9;

const AGE_GROUP_STARTS: readonly number[] = [0, 4, 8, 13];
const GROUP_BY_BIN = Int8Array.from({ length: BIN_COUNT }, (_, bin) =>
  AGE_GROUP_STARTS.reduce((group, start, index) => (start <= bin ? index : group), 0),
);
const FURTHEST = (SLOTS - 1) / 2;

/** Which value of a factor acts on a parcel of an age bin on a day. */
export function slotOf(
  by: FactorSpec["by"],
  { bin, day, carrierDay }: { bin: number; day: Day; carrierDay: Day | null },
): number {
  if (by === "age") return GROUP_BY_BIN[bin] ?? 0;
  if (by === "carrier_date" && carrierDay !== null)
    return Math.max(-FURTHEST, Math.min(FURTHEST, day - carrierDay)) + FURTHEST;
  return 0;
}

/** The row's key of a factor's value. */
export function slotKey(by: FactorSpec["by"], key: string, slot: number): string {
  return by ? `${key}#${slot}` : key;
}
