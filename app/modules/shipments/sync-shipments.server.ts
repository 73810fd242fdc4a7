import type { ShopTx } from "#app/lib/db.server.ts";
import type { ParcelSync, ParcelSyncInput, ParcelSyncResult } from "#app/modules/orders/parcel-sync.ts";
import { createShipments } from "./create-shipments.server.ts";
import { nativeEventOf } from "./native-events.ts";
import { recordBatchIn } from "./record-events.server.ts";
import type { SyncDeps } from "./sync-deps.ts";
import { endShipments, restoreShipments, updateMentions } from "./turn-shipments.server.ts";
import { wantedNumbers } from "./tracking-number.ts";

/** Fulfillments in these states never ship, or not any more. */
const ENDED_FULFILLMENTS = ["cancelled", "error", "failure"];

/** Makes the parcels of a fulfillment match its tracking numbers. Safe to repeat: the second time changes nothing. */
export function createParcelSync(deps: SyncDeps): ParcelSync {
  return { sync: (tx, input) => syncShipments(tx, deps, input) };
}

async function syncShipments(tx: ShopTx, deps: SyncDeps, input: ParcelSyncInput): Promise<ParcelSyncResult> {
  const { shopId, fulfillment } = input;
  const known = await tx.shipment.findMany({
    where: { shopId, fulfillmentId: fulfillment.id },
    select: {
      id: true,
      trackingNumber: true,
      lifecycle: true,
      carrier: true,
      companyName: true,
      trackingUrl: true,
    },
  });
  const active = known.filter((shipment) => shipment.lifecycle === "active");
  if (input.orderCancelled || ENDED_FULFILLMENTS.includes(fulfillment.status)) {
    const reason = input.orderCancelled ? "order_cancelled" : "fulfillment_cancelled";
    await endShipments(tx, deps, { shopId, ids: active.map(({ id }) => id), reason });
    return { created: 0, removed: active.length };
  }
  const wanted = wantedNumbers(fulfillment.tracking);
  if (wanted.kind === "too_many") {
    deps.log.warn({ shopId, fulfillmentId: fulfillment.id, count: wanted.count }, "too many tracking numbers, refused");
    return { created: 0, removed: 0 };
  }
  if (wanted.unusable > 0) {
    deps.log.info({ shopId, fulfillmentId: fulfillment.id, count: wanted.unusable }, "not usable as tracking numbers");
  }
  const isWanted = (number: string) => wanted.numbers.some((info) => info.number === number);
  const edited = active.filter((shipment) => !isWanted(shipment.trackingNumber));
  await endShipments(tx, deps, { shopId, ids: edited.map(({ id }) => id), reason: "number_edited" });
  const back = known.filter((shipment) => shipment.lifecycle !== "active" && isWanted(shipment.trackingNumber));
  await restoreShipments(tx, deps, { shopId, ids: back.map(({ id }) => id) });
  await updateMentions(tx, deps, { shopId, known, numbers: wanted.numbers });
  const fresh = wanted.numbers.filter((info) => !known.some((shipment) => shipment.trackingNumber === info.number));
  const created = await createShipments(tx, deps, { sync: input, numbers: fresh });
  const kept = known.filter((shipment) => isWanted(shipment.trackingNumber)).map(({ id }) => id);
  await recordNative(tx, deps, { input, ids: [...kept, ...created], numbers: wanted.numbers.length });
  return { created: created.length, removed: edited.length };
}

interface NativeRecording {
  input: ParcelSyncInput;
  ids: string[];
  numbers: number;
}

/**
 * Shopify's own status joins the log of the parcel. It is one status per fulfillment: with several numbers it cannot be
 * told which parcel is meant, and a guess would announce the delivery of a parcel that is still on its way.
 */
async function recordNative(tx: ShopTx, deps: SyncDeps, { input, ids, numbers }: NativeRecording): Promise<void> {
  const event = numbers === 1 ? nativeEventOf(input.fulfillment, deps.clock.now()) : null;
  if (!event || ids.length === 0) return;
  await recordBatchIn(tx, deps, {
    shopId: input.shopId,
    inputs: ids.map((shipmentId) => ({ shipmentId, events: [event] })),
  });
}
