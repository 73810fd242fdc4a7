import { enqueue } from "#app/jobs/define-job.ts";
import { CLAIM_LEASE } from "./claim-due.server.ts";
import { chooseAccount } from "./choose-account.ts";
import type { CarrierAccess, CarrierDirectory } from "./carrier-access.ts";
import { isBeyondTerms, isDaySpent } from "./contract-terms.ts";
import { spread } from "./spread.ts";
import type { RecordDeps } from "./record-events.server.ts";

export interface RetrackDeps extends RecordDeps {
  access: Pick<CarrierAccess, "accountsFor">;
  carriers: CarrierDirectory;
}

export type RetrackOutcome =
  | { kind: "queued" }
  /** Asked a moment ago, or as often as the carrier's terms allow today. */
  | { kind: "too_soon" }
  | { kind: "no_account" }
  /** Removed or cancelled with its fulfillment. */
  | { kind: "not_followed" }
  | { kind: "gone" };

const MIN_BETWEEN = 60_000;

/** A person asks to check a parcel now. Also wakes a parcel that we had stopped following. */
export function retrack(
  deps: RetrackDeps,
  { shopId, shipmentId }: { shopId: string; shipmentId: string },
): Promise<RetrackOutcome> {
  const now = deps.clock.now();
  return deps.db.forShop(shopId, async (tx): Promise<RetrackOutcome> => {
    const parcel = await tx.shipment.findUnique({
      where: { shopId_id: { shopId, id: shipmentId } },
      include: { fulfillment: { select: { fulfilledAt: true } } },
    });
    if (!parcel) return { kind: "gone" };
    if (parcel.lifecycle !== "active") return { kind: "not_followed" };
    const choice = chooseAccount(parcel, await deps.access.accountsFor(tx, shopId), deps.carriers);
    if (choice.kind === "none") return { kind: "no_account" };
    const { limits } = choice.carrier;
    const { pace } = deps.watch;
    const { fulfilledAt } = parcel.fulfillment;
    const age = now.getTime() - Math.min(fulfilledAt.getTime(), parcel.createdAt.getTime());
    const over = parcel.status === "delivered" && limits.silentAfterDelivery === true;
    const spent = isDaySpent({ ...parcel, limits, pace }, now) || isBeyondTerms(limits, age) || over;
    const recent =
      parcel.lastCheckAt !== null && now.getTime() - parcel.lastCheckAt.getTime() < MIN_BETWEEN / deps.watch.pace;
    if (spent || recent) return { kind: "too_soon" };
    // As if claimed by a sweep: the job below asks, and a lost job leaves the parcel due again.
    const data = { nextCheckAt: new Date(now.getTime() + CLAIM_LEASE), stopReason: null, updatedAt: now };
    await tx.shipment.update({ where: { shopId_id: { shopId, id: shipmentId } }, data });
    await enqueue(
      { queue: deps.queue, tx },
      "shipments.check",
      { shopId, shipmentIds: [shipmentId] },
      { priority: 10 },
    );
    return { kind: "queued" };
  });
}

const RESUME_OVER = 30 * 60_000;
/** Parcels looked at in one transaction. */
const PAGE = 1_000;

/**
 * An account was connected or works again: the parcels that rested for want of one are due, spread over half an hour.
 * Goes through all of them page by page, because those at the front may be some that still nobody can be asked about.
 * @returns how many were woken.
 */
export async function resumeWatch(deps: RetrackDeps, shopId: string): Promise<number> {
  let total = 0;
  for (let after: string | null = ""; after !== null;) {
    const page: Resumed = await resumePage(deps, shopId, after);
    total += page.woken;
    after = page.last;
  }
  return total;
}

interface Resumed {
  woken: number;
  /** Where the next page starts; null after the last one. */
  last: string | null;
}

function resumePage(deps: RetrackDeps, shopId: string, after: string): Promise<Resumed> {
  const now = deps.clock.now();
  return deps.db.forShop(shopId, async (tx) => {
    const accounts = await deps.access.accountsFor(tx, shopId);
    const resting = await tx.shipment.findMany({
      where: {
        ...{ shopId, id: { gt: after }, lifecycle: "active", nextCheckAt: null },
        stopReason: { in: ["no_account", "auth_failed"] },
      },
      select: { id: true, carrier: true, detection: true },
      orderBy: { id: "asc" },
      take: PAGE,
    });
    const ids = resting
      .filter((parcel) => chooseAccount(parcel, accounts, deps.carriers).kind === "ask")
      .map(({ id }) => id);
    const moments = ids.map((id) =>
      new Date(now.getTime() + (spread(id) * RESUME_OVER) / deps.watch.pace).toISOString(),
    );
    await tx.$executeRaw`
      UPDATE shipment s SET next_check_at = u.at::timestamptz, stop_reason = NULL, check_failures = 0,
        check_problem = NULL
      FROM unnest(${ids}::text[], ${moments}::text[]) AS u (id, at) WHERE s.shop_id = ${shopId} AND s.id = u.id`;
    return { woken: ids.length, last: resting.length < PAGE ? null : (resting.at(-1)?.id ?? null) };
  });
}
