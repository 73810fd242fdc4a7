import { z } from "zod";
import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { WRITE_BACK, type WriteBackIntent, writeBackKey } from "./write-back-intent.ts";
import { decideWriteBack, type WriteBackParcel, type WriteBackSkip } from "./write-back-rules.ts";

export interface DecideDeps {
  db: Database;
  clock: Clock;
  queue: Queue;
}

export type DecideOutcome =
  | { kind: "queued"; effectId: string }
  | { kind: "skipped"; reason: WriteBackSkip | "unknown_shipment" | "already_decided" };

/**
 * After a parcel has changed: decides from the present state of all parcels of its fulfillment whether Shopify should be
 * told, and writes the intent down together with the job that carries it out. Run twice, it decides once.
 */
export function decideWriteBackFor(
  deps: DecideDeps,
  { shopId, shipmentId }: { shopId: string; shipmentId: string },
): Promise<DecideOutcome> {
  return deps.db.forShop(shopId, async (tx) => {
    const shipment = await tx.shipment.findUnique({
      where: { shopId_id: { shopId, id: shipmentId } },
      select: { fulfillmentId: true },
    });
    if (!shipment) return { kind: "skipped", reason: "unknown_shipment" };
    // Two parcels of one fulfillment may change at once: they decide one after the other.
    await tx.$queryRaw`SELECT 1 FROM fulfillment WHERE shop_id = ${shopId} AND id = ${shipment.fulfillmentId} FOR UPDATE`;
    const decision = decideWriteBack(await factsOf(tx, deps, { shopId, fulfillmentId: shipment.fulfillmentId }));
    if (decision.kind === "skip") return { kind: "skipped", reason: decision.reason };
    const effectId = await recordIntent(tx, deps, shopId, decision.intent);
    if (effectId === null) return { kind: "skipped", reason: "already_decided" };
    await enqueue({ queue: deps.queue, tx }, "orders.write-back", { shopId, effectId });
    return { kind: "queued", effectId };
  });
}

async function factsOf(
  tx: ShopTx,
  deps: DecideDeps,
  { shopId, fulfillmentId }: { shopId: string; fulfillmentId: string },
) {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { settings: true } });
  const fulfillment = await tx.fulfillment.findUniqueOrThrow({
    where: { shopId_id: { shopId, id: fulfillmentId } },
    select: {
      status: true,
      nativeStatus: true,
      order: { select: { cancelledAt: true } },
      shipments: { where: { lifecycle: "active" }, orderBy: { id: "asc" } },
    },
  });
  return {
    enabled: readSettings(shop.settings).writeBack.enabled,
    now: deps.clock.now(),
    orderCancelled: fulfillment.order.cancelledAt !== null,
    fulfillmentId,
    fulfillmentStatus: fulfillment.status,
    nativeStatus: fulfillment.nativeStatus,
    parcels: fulfillment.shipments.map((one): WriteBackParcel => ({
      id: one.id,
      status: one.status as ShipmentStatus,
      subStatus: one.subStatus as SubStatus | null,
      statusAt: one.statusAt,
      statusSince: one.statusSince,
      estimatedDeliveryAt: readEstimate(one.estimatedDelivery),
      message: readMessage(one.lastEvent),
    })),
  };
}

const time = z.object({ utc: z.iso.datetime().nullable() });
const estimate = z.union([
  z.object({ at: time }).transform(({ at }) => at.utc),
  z.object({ from: time, to: time }).transform(({ to }) => to.utc),
  z.unknown().transform(() => null),
]);

/** Only an instant can be told: a bare date has none, and none is made up. */
function readEstimate(stored: unknown): Date | null {
  const utc = estimate.parse(stored);
  return utc === null ? null : new Date(utc);
}

const lastEvent = z.object({ description: z.string() }).transform(({ description }) => description);

/** The carrier's own words, which stand beside the state in Shopify's timeline. */
function readMessage(stored: unknown): string | null {
  const words = lastEvent.safeParse(stored);
  if (!words.success) return null;
  // Cutting can split a surrogate pair, which PostgreSQL's JSON refuses: cut first, then clean.
  const clean = words.data
    .trim()
    .slice(0, 200)
    .replace(/[\p{Cc}\p{Cs}]+/gu, " ")
    .trim();
  return clean === "" ? null : clean;
}

/** Null when this state was decided before, or is just on its way. */
async function recordIntent(
  tx: ShopTx,
  deps: DecideDeps,
  shopId: string,
  intent: WriteBackIntent,
): Promise<string | null> {
  const onItsWay = await tx.effect.findFirst({
    where: {
      shopId,
      kind: WRITE_BACK,
      subjectId: intent.fulfillmentId,
      state: { in: ["queued", "sending"] },
      payload: { path: ["status"], equals: intent.status },
    },
    select: { id: true },
  });
  if (onItsWay) return null;
  const now = deps.clock.now();
  const id = newId("eff", deps.clock);
  const { count } = await tx.effect.createMany({
    data: {
      shopId,
      id,
      kind: WRITE_BACK,
      businessKey: writeBackKey(intent),
      subjectId: intent.fulfillmentId,
      payload: intent,
      createdAt: now,
      updatedAt: now,
    },
    skipDuplicates: true,
  });
  return count === 1 ? id : null;
}
