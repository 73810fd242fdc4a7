import type { CarrierErrorKind } from "#app/modules/carriers/carrier.ts";
import type { AccountBatch } from "./choose-account.ts";
import type { SortedAnswer } from "./sort-answer.ts";

/** What a carrier says of a whole question when it cannot read one of its numbers. */
const SPOILED: readonly CarrierErrorKind[] = ["invalid_number", "invalid_request", "not_supported"];

/**
 * One batch per parcel where the carrier refused a question about several without saying for which number: the fault of
 * one must not be counted against the others. Null when the answer stands.
 */
export function askAlone<Parcel>(
  batch: AccountBatch<Parcel>,
  { byNumber, general }: SortedAnswer,
): AccountBatch<Parcel>[] | null {
  if (batch.parcels.length < 2 || general === null || !SPOILED.includes(general.kind)) return null;
  if ([...byNumber.values()].some(({ kind }) => kind === "shipment")) return null;
  return batch.parcels.map((parcel) => ({ ...batch, parcels: [parcel] }));
}
