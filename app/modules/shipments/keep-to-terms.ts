import type { AccountBatch } from "./choose-account.ts";
import { isDaySpent } from "./contract-terms.ts";

interface Counted {
  id: string;
  checksOn: string | null;
  checksThatDay: number;
}

/**
 * Leaves out the parcels that have been asked about today as often as the terms of whom we would ask allow. The schedule
 * plans for that already; here it holds for whatever made a parcel due, and for a carrier that was changed meanwhile.
 */
export function keepToTerms<Parcel extends Counted>(
  batches: readonly AccountBatch<Parcel>[],
  { now, pace }: { now: Date; pace: number },
): { batches: AccountBatch<Parcel>[]; spent: string[] } {
  const spent: string[] = [];
  const kept = batches.map((batch) => {
    const { limits } = batch.carrier;
    const parcels = batch.parcels.filter((parcel) => {
      if (!isDaySpent({ ...parcel, limits, pace }, now)) return true;
      spent.push(parcel.id);
      return false;
    });
    return { ...batch, parcels };
  });
  return { batches: kept.filter(({ parcels }) => parcels.length > 0), spent };
}
