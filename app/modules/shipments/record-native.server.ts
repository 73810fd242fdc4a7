import type { NativeEvents } from "#app/modules/orders/native-events.ts";
import { historyEventOf } from "./native-events.ts";
import { type RecordDeps, recordBatchIn } from "./record-events.server.ts";

/**
 * Puts events of Shopify's own history into the log of the fulfillment's parcel, once per event. With several parcels it
 * cannot be told which one is meant: then the event is left out, as the fulfillment's status is.
 */
export function createNativeEvents(deps: Omit<RecordDeps, "db">): NativeEvents {
  return {
    async record(tx, { shopId, fulfillmentId, event }) {
      const row = historyEventOf(event, deps.clock.now());
      if (!row) return;
      const parcels = await tx.shipment.findMany({
        where: { shopId, fulfillmentId, lifecycle: "active" },
        select: { id: true },
        take: 2,
      });
      const [only, ...others] = parcels;
      if (!only || others.length > 0) return;
      await recordBatchIn(tx, deps, { shopId, inputs: [{ shipmentId: only.id, events: [row] }] });
    },
  };
}
