import type { NativeEvents } from "#app/modules/orders/native-events.ts";
import { historyEventOf } from "./native-events.ts";
import { recordBatchIn, type RecordDeps } from "./record-events.server.ts";

/**
 * Puts an event of Shopify's own history into the log of the fulfillment's parcel, once per event. The event belongs to the fulfillment:
 * with several parcels it cannot be told which one is meant, and a guess would announce the wrong delivery.
 */
export function createNativeEvents(deps: Omit<RecordDeps, "db">): NativeEvents {
  return {
    async record(tx, { shopId, fulfillmentId, event }) {
      const parcels = await tx.shipment.findMany({
        where: { shopId, fulfillmentId, lifecycle: "active" },
        select: { id: true },
        take: 2,
      });
      const scan = historyEventOf(event, deps.clock.now());
      const [only] = parcels;
      if (!scan || !only || parcels.length > 1) return;
      await recordBatchIn(tx, deps, { shopId, inputs: [{ shipmentId: only.id, events: [scan] }] });
    },
  };
}
