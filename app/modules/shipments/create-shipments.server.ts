import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { ParcelSyncInput } from "#app/modules/orders/parcel-sync.ts";
import type { FulfillmentSnapshot, TrackingInfo } from "#app/modules/orders/snapshot.ts";
import type { ConnectedAccount, DetectedCarrier } from "./carrier-access.ts";
import { chooseAccount } from "./choose-account.ts";
import { detectAll } from "./detect-all.server.ts";
import { toDetection } from "./detection.ts";
import { followTurns } from "./follow-changes.server.ts";
import { isNativelyDelivered } from "./native-events.ts";
import { spread } from "./spread.ts";
import type { SyncDeps } from "./sync-deps.ts";

/** What was imported is asked about for the first time within these milliseconds, spread evenly. */
const IMPORT_SPREAD = 6 * 3_600_000;

/** Creates a parcel per number and returns the ids of those that are new. */
export async function createShipments(
  tx: ShopTx,
  deps: SyncDeps,
  { sync, numbers }: { sync: ParcelSyncInput; numbers: readonly TrackingInfo[] },
): Promise<string[]> {
  if (numbers.length === 0) return [];
  const { shopId, fulfillment, origin } = sync;
  const accounts = await deps.access.accountsFor(tx, shopId);
  const found = await detectAll(tx, deps, { shopId, numbers, accounts });
  const rows = found.map(({ info, detected }) => toRow(deps, { sync, accounts, info, detected }));
  // Another delivery of the same news may be creating them at this moment: the unique number decides.
  const created = await tx.shipment.createManyAndReturn({
    data: rows,
    skipDuplicates: true,
    select: { id: true, carrier: true },
  });
  const events = created.map(({ id, carrier }) => ({
    type: "shipment.created" as const,
    actor: "shopify" as const,
    subject: { type: "shipment" as const, id },
    data: { carrier, origin },
  }));
  await recordActivity(tx, deps.clock, shopId, events);
  await followTurns(tx, deps, { shopId, ids: created.map(({ id }) => id) });
  if (created.length < rows.length)
    deps.log.debug({ shopId, fulfillmentId: fulfillment.id }, "parcels were there already");
  return created.map(({ id }) => id);
}

interface NewParcel {
  sync: ParcelSyncInput;
  accounts: readonly ConnectedAccount[];
  info: TrackingInfo;
  detected: DetectedCarrier;
}

function toRow(deps: SyncDeps, { sync, accounts, info, detected }: NewParcel) {
  const now = deps.clock.now();
  const id = newId("shp", deps.clock);
  const choice = chooseAccount({ carrier: detected.carrier }, accounts, deps.carriers);
  const done = sync.origin === "import" && isNativelyDelivered(sync.fulfillment);
  const stopReason = done ? "delivered" : choice.kind === "none" ? choice.reason : null;
  const delay = sync.origin === "live" ? 0 : (spread(id) * IMPORT_SPREAD) / deps.watch.pace;
  const estimate = estimateOf(sync.fulfillment);
  return {
    shopId: sync.shopId,
    id,
    orderId: sync.fulfillment.orderId,
    fulfillmentId: sync.fulfillment.id,
    trackingNumber: info.number,
    carrier: detected.carrier,
    detection: toDetection(detected),
    companyName: info.company,
    trackingUrl: info.url,
    origin: sync.origin,
    countryCode: sync.destinationCountry,
    statusSince: now,
    ...(estimate ? { estimatedDelivery: estimate } : {}),
    nextCheckAt: stopReason === null ? new Date(now.getTime() + delay) : null,
    stopReason,
    // Lists are in the order in which parcels left, whenever we came to know of them.
    createdAt: sync.origin === "import" ? sync.fulfillment.createdAt : now,
    updatedAt: now,
  };
}

/** Shopify's date is an instant in UTC, and is kept as one: where the parcel goes, it may be another day. */
function estimateOf({ estimatedDeliveryAt }: FulfillmentSnapshot) {
  if (!estimatedDeliveryAt) return null;
  const utc = estimatedDeliveryAt.toISOString();
  return { at: { local: utc.slice(0, 19), offset: "+00:00", utc } };
}
