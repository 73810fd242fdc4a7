import type { CarrierReading } from "#app/modules/carriers/carrier.ts";
import { trustAgain } from "./change-carrier.server.ts";
import type { RecordInput } from "./record-input.ts";
import { MAX_BATCH, type RecordDeps, recordBatchIn } from "./record-events.server.ts";
import { sortAnswer } from "./sort-answer.ts";
import { normaliseTrackingNumber } from "./tracking-number.ts";

export interface PushReport {
  recorded: number;
  changed: number;
  /** Numbers that this shop has no parcel for. */
  unknownNumbers: number;
}

/**
 * Records what a carrier sent unasked, for every parcel of the shop with one of its numbers: removed and ended ones too,
 * because a late scan is still true. One transaction; safe to repeat.
 */
export async function recordPush(
  deps: RecordDeps,
  { shopId, carrier, reading }: { shopId: string; carrier: string; reading: CarrierReading },
): Promise<PushReport> {
  const names = reading.shipments.map((shipment) => normaliseTrackingNumber(shipment.trackingNumber));
  const numbers = [...new Set(names.filter((name) => name !== null))].slice(0, MAX_BATCH);
  const { byNumber } = sortAnswer(reading, numbers);
  return deps.db.forShop(shopId, async (tx) => {
    const parcels = await tx.shipment.findMany({
      where: { shopId, trackingNumber: { in: numbers } },
      select: { id: true, trackingNumber: true, detection: true },
      orderBy: { createdAt: "desc" },
      take: MAX_BATCH,
    });
    const inputs = parcels.flatMap(({ id, trackingNumber }): RecordInput[] => {
      const said = byNumber.get(trackingNumber);
      if (said?.kind !== "shipment") return [];
      const { shipment, pieces } = said;
      return [{ shipmentId: id, answer: { source: "push", carrier, shipment, pieces } }];
    });
    const heardOf = parcels.filter(({ id }) => inputs.some(({ shipmentId }) => shipmentId === id));
    await trustAgain(tx, { shopId, asked: carrier, parcels: heardOf });
    const outcomes = [...(await recordBatchIn(tx, deps, { shopId, inputs })).values()];
    const found = new Set(parcels.map((parcel) => parcel.trackingNumber));
    return {
      recorded: inputs.length,
      changed: outcomes.filter((outcome) => outcome.kind === "changed").length,
      unknownNumbers: numbers.length - found.size,
    };
  });
}
