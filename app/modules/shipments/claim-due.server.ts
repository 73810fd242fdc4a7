import { enqueueAll } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { repeatStep } from "#app/lib/repeat-step.ts";

export interface ClaimDeps {
  db: Database;
  clock: Clock;
  queue: Queue;
}

export interface ClaimedShipment {
  shopId: string;
  id: string;
}

/** Parcels claimed in one transaction. */
export const CLAIM_LIMIT = 500;
/** Parcels per `shipments.check` job: one shop's, so that a slow carrier of one shop holds up nobody else. */
const PER_JOB = 100;
/** A worker that dies gives its parcels back after this. */
export const CLAIM_LEASE = 10 * 60_000;
/** Claims per sweep; the next sweep goes on. */
const MAX_ROUNDS = 20;

/**
 * Claims every parcel that is due and queues the jobs that ask about them. Any number of workers may do this at once: the
 * claim and the jobs are one transaction, and no two workers get the same parcel.
 * @returns how many parcels were claimed.
 */
export async function claimDue(deps: ClaimDeps): Promise<number> {
  return repeatStep(() => claimOnce(deps), { most: CLAIM_LIMIT, times: MAX_ROUNDS });
}

function claimOnce({ db, clock, queue }: ClaimDeps): Promise<number> {
  const now = clock.now();
  const leaseUntil = new Date(now.getTime() + CLAIM_LEASE);
  return db.acrossShops(async (tx) => {
    const claimed = await tx.$queryRaw<ClaimedShipment[]>`
      SELECT shop_id AS "shopId", id
      FROM claim_due_shipments(${now.toISOString()}::timestamptz, ${leaseUntil.toISOString()}::timestamptz, ${CLAIM_LIMIT}::int)`;
    await enqueueAll({ queue, tx }, "shipments.check", groupByShop(claimed));
    return claimed.length;
  });
}

/** One payload per shop and at most so many parcels. */
export function groupByShop(claimed: readonly ClaimedShipment[]): { shopId: string; shipmentIds: string[] }[] {
  const open = new Map<string, { shopId: string; shipmentIds: string[] }>();
  const payloads: { shopId: string; shipmentIds: string[] }[] = [];
  for (const { shopId, id } of claimed) {
    let payload = open.get(shopId);
    if (!payload || payload.shipmentIds.length >= PER_JOB) {
      payload = { shopId, shipmentIds: [] };
      open.set(shopId, payload);
      payloads.push(payload);
    }
    payload.shipmentIds.push(id);
  }
  return payloads;
}
