import { enqueueAll } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { ShipmentChange } from "./shipment-change.ts";

/** A job that follows the change of one parcel: it carries the version that caused it. */
type ParcelJob = "orders.decide-write-back";
/** A job about the order, which sees all of its parcels. */
type OrderJob = "notifications.decide";
/** A job that takes many parcels at once. */
type CrowdJob = "foresight.forecast";
export type ReactionJob = ParcelJob | OrderJob | CrowdJob;

export interface FollowDeps {
  queue: Queue;
  /** What follows a change; `app/jobs/reactions.ts`. */
  reactionsTo(change: ShipmentChange): ReactionJob[];
}

/** Parcels that one job takes. */
const CROWD = 200;

/** Queues what follows the changes of one shop's parcels, in the transaction that made them. */
export async function followChanges(
  tx: ShopTx,
  { queue, reactionsTo }: FollowDeps,
  changes: readonly ShipmentChange[],
): Promise<void> {
  const caused = new Map<ReactionJob, ShipmentChange[]>();
  for (const change of changes)
    for (const job of reactionsTo(change)) caused.set(job, [...(caused.get(job) ?? []), change]);
  for (const [job, list] of caused) {
    if (job === "foresight.forecast") await enqueueAll({ queue, tx }, job, crowdsOf(list));
    else if (job === "notifications.decide") await enqueueAll({ queue, tx }, job, ordersOf(list));
    else {
      const payloads = list.map(({ shopId, shipmentId, version }) => ({ shopId, shipmentId, version }));
      await enqueueAll({ queue, tx }, job, payloads);
    }
  }
}

function ordersOf(changes: readonly ShipmentChange[]): { shopId: string; orderId: string }[] {
  const orders = new Map(changes.map(({ shopId, orderId }) => [orderId, { shopId, orderId }]));
  return [...orders.values()];
}

function crowdsOf(changes: readonly ShipmentChange[]): { shopId: string; shipmentIds: string[] }[] {
  const [first] = changes;
  if (!first) return [];
  const ids = [...new Set(changes.map(({ shipmentId }) => shipmentId))].sort();
  return Array.from({ length: Math.ceil(ids.length / CROWD) }, (_, step) => {
    return { shopId: first.shopId, shipmentIds: ids.slice(step * CROWD, (step + 1) * CROWD) };
  });
}

/** Parcels that came, went or came back: no scan, but their future is another one. */
export async function followTurns(
  tx: ShopTx,
  deps: FollowDeps,
  { shopId, ids }: { shopId: string; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx.shipment.findMany({
    where: { shopId, id: { in: [...ids] } },
    select: {
      id: true,
      orderId: true,
      fulfillmentId: true,
      version: true,
      origin: true,
      status: true,
      subStatus: true,
    },
  });
  const changes = rows.map(({ id, origin, status, subStatus, ...row }): ShipmentChange => {
    const state = { status, subStatus } as ShipmentChange["before"];
    const from = origin === "live" ? ("live" as const) : ("import" as const);
    return { shopId, shipmentId: id, ...row, origin: from, before: state, after: state, newEvents: 0 };
  });
  await followChanges(tx, deps, changes);
}
