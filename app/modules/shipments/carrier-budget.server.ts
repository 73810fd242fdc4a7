import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { CarrierLimits, TokenCache } from "#app/modules/carriers/carrier.ts";
import { maySpend, mostInHour } from "./share-budget.ts";

export interface BudgetDeps {
  db: Database;
  clock: Clock;
  /** Waits so many milliseconds; the clock of tests does not move by itself. */
  pause(milliseconds: number): Promise<void>;
  pace: number;
}

interface Purse {
  shopId: string;
  accountId: string;
  limits: CarrierLimits;
}

export type BudgetAnswer = { kind: "go" } | { kind: "spent"; until: Date };

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
/** Requests of an hour kept back where fetching a token counts as one: a token ends when it likes. */
const KEPT_FOR_TOKENS = 2;
/** Seconds that a job waits for its turn before it gives the parcels back. */
const PATIENCE = 10;

/**
 * Takes one request out of the account's budget, which all workers share. A full second is waited out for a while; a full
 * hour or day, or a share of it, is answered with the moment it ends. `pressing`: the question cannot wait.
 */
export async function takeBudget(
  deps: BudgetDeps,
  { shopId, accountId, limits, pressing = true }: Purse & { pressing?: boolean },
): Promise<BudgetAnswer> {
  const thisHour = Math.floor(deps.clock.now().getTime() / HOUR) * HOUR;
  const inHour = mostInHour(limits, deps.pace);
  if (inHour !== null && !(await hasTurn(deps, { shopId, accountId, limits, pressing }))) {
    return { kind: "spent", until: new Date(thisHour + HOUR) };
  }
  if (limits.requestsPerSecond !== null) {
    const turn = await waitForTurn(deps, { shopId, key: `carrier:${accountId}:s`, allowed: limits.requestsPerSecond });
    if (turn.kind === "spent") return turn;
  }
  if (inHour !== null) {
    const used = await use(deps, { shopId, key: `carrier:${accountId}:h`, startsAt: thisHour });
    const allowed = inHour - (limits.tokenCallsCount ? KEPT_FOR_TOKENS : 0);
    if (used > allowed) return { kind: "spent", until: new Date(thisHour + HOUR) };
  }
  if (limits.requestsPerDay === null) return { kind: "go" };
  const today = Math.floor(deps.clock.now().getTime() / DAY) * DAY;
  const used = await use(deps, { shopId, key: `carrier:${accountId}:d`, startsAt: today });
  return used > limits.requestsPerDay * deps.pace ? { kind: "spent", until: new Date(today + DAY) } : { kind: "go" };
}

/** Whether the account's share of the hour has room for a question of this kind; nothing is taken yet. */
async function hasTurn(
  deps: BudgetDeps,
  { shopId, accountId, limits, pressing }: Purse & { pressing: boolean },
): Promise<boolean> {
  const now = deps.clock.now();
  const used = (unit: string, length: number) => {
    const startsAt = Math.floor(now.getTime() / length) * length;
    return use(deps, { shopId, key: `carrier:${accountId}:${unit}`, startsAt, by: 0 });
  };
  const usedThisHour = await used("h", HOUR);
  const usedToday = limits.requestsPerDay === null ? 0 : await used("d", DAY);
  return maySpend({ limits, pace: deps.pace, usedToday, usedThisHour, pressing, now });
}

/** Tokens whose fetching is counted with the requests of the hour, where the carrier counts it so. */
export function countedTokens(
  deps: BudgetDeps,
  { shopId, accountId, limits, tokens }: Purse & { tokens: TokenCache },
): TokenCache {
  if (limits.requestsPerHour === undefined || !limits.tokenCallsCount) return tokens;
  return {
    get: (fetchToken) =>
      tokens.get(async () => {
        const thisHour = Math.floor(deps.clock.now().getTime() / HOUR) * HOUR;
        await use(deps, { shopId, key: `carrier:${accountId}:h`, startsAt: thisHour });
        return fetchToken();
      }),
    invalidate: () => tokens.invalidate(),
  };
}

interface Turn {
  shopId: string;
  key: string;
  allowed: number;
}

async function waitForTurn(deps: BudgetDeps, { shopId, key, allowed }: Turn): Promise<BudgetAnswer> {
  const giveUpAt = deps.clock.now().getTime() + PATIENCE * SECOND;
  for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
    const now = deps.clock.now().getTime();
    // A rate below one per second is one per so many seconds.
    const window = allowed < 1 ? Math.ceil(SECOND / allowed) : SECOND;
    const startsAt = Math.floor(now / window) * window;
    const used = await use(deps, { shopId, key, startsAt });
    if (used <= Math.max(1, Math.floor(allowed))) return { kind: "go" };
    const nextTurn = startsAt + window;
    if (nextTurn > giveUpAt) return { kind: "spent", until: new Date(nextTurn) };
    await deps.pause(nextTurn - now);
  }
  return { kind: "spent", until: new Date(deps.clock.now().getTime() + PATIENCE * SECOND) };
}

async function use(
  { db }: BudgetDeps,
  { shopId, key, startsAt, by = 1 }: { shopId: string; key: string; startsAt: number; by?: 0 | 1 },
): Promise<number> {
  const rows = await db.acrossShops((tx) => {
    const start = new Date(startsAt).toISOString();
    return tx.$queryRaw<
      { used: number }[]
    >`SELECT use_rate_window(${shopId}, ${key}, ${start}::timestamptz, ${by}::int) AS used`;
  });
  return rows[0]?.used ?? 0;
}
