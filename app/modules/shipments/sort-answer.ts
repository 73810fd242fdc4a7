import type { CarrierError, CarrierReading, CarrierShipment } from "#app/modules/carriers/carrier.ts";
import { normaliseTrackingNumber } from "./tracking-number.ts";

/** What an answer says about one number. */
export type NumberAnswer =
  | { kind: "shipment"; shipment: CarrierShipment; pieces: { delivered: number; total: number } | null }
  | { kind: "error"; error: CarrierError };

export interface SortedAnswer {
  byNumber: Map<string, NumberAnswer>;
  /** An error about the whole call. */
  general: CarrierError | null;
}

/**
 * Takes an answer apart by the numbers that were asked, which may be spelled differently in it, or be the number of a
 * consignment whose pieces are answered under their own. A number without a word in an otherwise good answer is one that
 * the carrier does not know.
 */
export function sortAnswer(reading: CarrierReading, asked: readonly string[]): SortedAnswer {
  const general = reading.errors.find((error) => error.trackingNumber === undefined) ?? null;
  const byNumber = new Map<string, NumberAnswer>();
  for (const number of asked) {
    const entries = reading.shipments.filter((shipment) => isSame(shipment.trackingNumber, number));
    const error = reading.errors.find((one) => one.trackingNumber !== undefined && isSame(one.trackingNumber, number));
    const whole = error
      ? []
      : reading.shipments.filter((one) => one.alternateNumbers.some((own) => isSame(own, number)));
    if (entries.length > 0) byNumber.set(number, takeTogether(entries));
    else if (whole.length > 0) byNumber.set(number, takeTogether(whole));
    else if (error) byNumber.set(number, { kind: "error", error });
    else byNumber.set(number, { kind: "error", error: general ?? UNMENTIONED });
  }
  return { byNumber, general };
}

const UNMENTIONED: CarrierError = {
  kind: "not_found",
  retryable: true,
  message: "The carrier's answer does not mention this number.",
};

function isSame(left: string, right: string): boolean {
  return left === right || normaliseTrackingNumber(left) === right;
}

/**
 * Several entries for one number are either the pieces of one parcel, all listed (then their scans belong together), or
 * different parcels that were given the same number: then the one scanned last is ours.
 */
function takeTogether(entries: readonly CarrierShipment[]): NumberAnswer {
  const newest = [...entries].sort((a, b) => newestScan(b).localeCompare(newestScan(a)))[0] as CarrierShipment;
  const total = entries.length;
  if (total === 1 || entries.some((entry) => entry.pieceCount !== total)) {
    return { kind: "shipment", shipment: newest, pieces: null };
  }
  const delivered = entries.filter((entry) => entry.status === "delivered").length;
  const events = entries.flatMap((entry) => entry.events);
  const topLevelStatus = delivered === total ? newest.topLevelStatus : null;
  return { kind: "shipment", shipment: { ...newest, topLevelStatus, events }, pieces: { delivered, total } };
}

function newestScan(shipment: CarrierShipment): string {
  return shipment.events.reduce((latest, { at }) => {
    const time = at?.utc ?? at?.local ?? "";
    return time > latest ? time : latest;
  }, "");
}
