import type { AccountBatch } from "./choose-account.ts";
import { isBeyondTerms, isDaySpent } from "./contract-terms.ts";

interface Counted {
  id: string;
  status: string;
  startedAt: Date;
  checksOn: string | null;
  checksThatDay: number;
}

interface Kept<Parcel> {
  batches: AccountBatch<Parcel>[];
  /** Ids of those that may be asked about again tomorrow. */
  spent: string[];
  /** Those that nobody may ask about any more. */
  over: { parcel: Parcel; reason: "terms" | "delivered" }[];
}

/**
 * Leaves out the parcels that the terms of whom we would ask forbid to ask about: today, or for good. The schedule plans
 * for that already; here it holds for whatever made a parcel due, and for a carrier that was changed or connected meanwhile.
 */
export function keepToTerms<Parcel extends Counted>(
  batches: readonly AccountBatch<Parcel>[],
  { now, pace }: { now: Date; pace: number },
): Kept<Parcel> {
  const kept: Kept<Parcel> = { batches: [], spent: [], over: [] };
  for (const batch of batches) {
    const { limits } = batch.carrier;
    const parcels = batch.parcels.filter((parcel) => {
      const age = now.getTime() - parcel.startedAt.getTime();
      const delivered = parcel.status === "delivered" && limits.silentAfterDelivery === true;
      if (delivered || isBeyondTerms(limits, age)) {
        kept.over.push({ parcel, reason: delivered ? "delivered" : "terms" });
        return false;
      }
      if (!isDaySpent({ ...parcel, limits, pace }, now)) return true;
      kept.spent.push(parcel.id);
      return false;
    });
    if (parcels.length > 0) kept.batches.push({ ...batch, parcels });
  }
  return kept;
}
