import { randomToken } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Channel } from "../channels/channel.ts";
import type { DispatchDeps, LedgerRow } from "./dispatch-deps.ts";

/** Messages of one shop under one lease. Whoever has the token may write down what became of them. */
export interface Claim {
  shopId: string;
  token: string;
  ids: readonly string[];
}

interface Pair {
  shop_id: string;
  id: string;
}

const BUSY_MS = 30;
const MAX_TRIES = 10;

const RELEASED_AT_ONCE = 1_000;

/** Due messages of the shop whose turn it is, or null when nothing is due. */
export async function claimDue(deps: DispatchDeps, channel: Channel, limit: number): Promise<Claim | null> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const token = randomToken();
    const pairs = await deps.db.once<Pair | { shop_id: null }>`
      SELECT shop_id, id FROM claim_due_messages(${channel}, ${deps.clock.now().toISOString()}::timestamptz, ${token},
        ${deps.limits.leaseMs}::int, ${limit}::int)`;
    const claimed = pairs.filter((pair) => pair.shop_id !== null);
    if (claimed.length === pairs.length) return toClaim(token, claimed);
    // Another worker is claiming at this very moment, from the only shop that has anything.
    await deps.timer.pause(BUSY_MS);
  }
  return null;
}

/** A request that was tried and not answered, whole, or null when there is none whose time has come. */
export async function claimUnanswered(deps: DispatchDeps, channel: Channel): Promise<Claim | null> {
  const token = randomToken();
  const pairs = await deps.db.once<Pair>`
    SELECT shop_id, id FROM claim_unanswered_messages(${channel}, ${token}, ${deps.limits.leaseMs}::int)`;
  return toClaim(token, pairs);
}

/** Gives what a dead worker had claimed and not tried back to the queue. @returns how many. */
export async function releaseAbandoned({ db }: DispatchDeps, channel: Channel): Promise<number> {
  const released = await db.once<Pair>`
    SELECT shop_id, id FROM release_abandoned_messages(${channel}, ${RELEASED_AT_ONCE}::int)`;
  return released.length;
}

function toClaim(token: string, pairs: readonly Pair[]): Claim | null {
  const [first] = pairs;
  return first ? { shopId: first.shop_id, token, ids: pairs.map(({ id }) => id) } : null;
}

/** The rows of a claim that are still ours, the urgent first, then the oldest. */
export function readClaimed(tx: ShopTx, { shopId, token }: Claim): Promise<LedgerRow[]> {
  return tx.notification.findMany({
    where: { shopId, leaseToken: token, state: "sending" },
    orderBy: [{ urgency: "asc" }, { dueAt: "asc" }, { id: "asc" }],
  });
}
