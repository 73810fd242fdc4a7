import type { Clock } from "./clock.ts";
import { sha256 } from "./crypto.server.ts";
import type { Database, Tx } from "./db.server.ts";

export interface RateLimit {
  /** What is limited, such as "look-up.address"; together with `of` it names one counter. */
  name: string;
  /** Whose uses are counted; kept as a hash, because it may be an address or an e-mail. */
  of: string;
  limit: number;
  windowSeconds: number;
}

/**
 * Counts one use and says whether it is within the limit. The counter lives in the database: all processes together
 * allow no more than the limit per window. Windows are fixed, so that at most twice the limit fits around a boundary.
 */
export async function withinLimit(
  { db, clock }: { db: Database; clock: Clock },
  shopId: string,
  rule: RateLimit,
): Promise<boolean> {
  return (await countUse({ db, clock }, shopId, rule, 1)) <= rule.limit;
}

/** True when the limit has been reached already; counts nothing. */
export async function isExhausted(
  { db, clock }: { db: Database; clock: Clock },
  shopId: string,
  rule: RateLimit,
): Promise<boolean> {
  return (await countUse({ db, clock }, shopId, rule, 0)) >= rule.limit;
}

async function countUse(
  { db, clock }: { db: Database; clock: Clock },
  shopId: string,
  rule: RateLimit,
  uses: number,
): Promise<number> {
  return db.acrossShops((tx) => countInWindow(tx, { shopId, rule, now: clock.now(), uses }));
}

/**
 * Adds uses to a counter inside the caller's transaction and says how many there are: with the transaction they count or
 * do not. Until it ends the counter is held.
 */
export async function countInWindow(
  tx: Tx,
  { shopId, rule, now, uses }: { shopId: string; rule: RateLimit; now: Date; uses: number },
): Promise<number> {
  const windowMs = rule.windowSeconds * 1_000;
  const startsAt = new Date(Math.floor(now.getTime() / windowMs) * windowMs);
  const key = `${rule.name}:${sha256(rule.of).slice(0, 22)}`;
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT use_rate_window(${shopId}, ${key}, ${startsAt}, ${uses}::int) AS count`;
  return rows[0]?.count ?? 0;
}
