import { enqueueAll } from "#app/jobs/define-job.ts";
import { AppError, errorMessage } from "#app/lib/errors.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Carrier, CarrierError, PushCallback } from "#app/modules/carriers/carrier.ts";
import type { AskDeps } from "./ask-carrier.server.ts";
import type { CarrierDirectory } from "./carrier-access.ts";
import { countedTokens, takeBudget } from "./carrier-budget.server.ts";
import {
  claimNumbers,
  type Claimed,
  noteFailure,
  noteRefusal,
  noteSubscribed,
  releaseNumbers,
} from "./push-subscriptions.server.ts";

export interface SubscribeDeps extends AskDeps {
  carriers: CarrierDirectory;
  queue: Queue;
  /** Address and secret of an account's webhook; null when the account is gone. */
  hookOf(tx: ShopTx, key: { shopId: string; accountId: string }): Promise<PushCallback | null>;
}

interface Account {
  shopId: string;
  accountId: string;
}

/** Accounts queued in one sweep; the next one goes on. */
const ACCOUNTS = 500;
/** Calls that one job makes. */
const ROUNDS = 20;
/** Days that a subscription is taken to last where the carrier does not say. */
const USUAL_DAYS = 14;

/** Queues a job for every account with numbers to subscribe, new ones and those that end soon. */
export async function sweepSubscriptions({ db, clock, queue }: Pick<SubscribeDeps, "db" | "clock" | "queue">) {
  const now = clock.now().toISOString();
  await db.acrossShops(async (tx) => {
    const accounts = await tx.$queryRaw<{ shopId: string; accountId: string }[]>`
      SELECT shop_id AS "shopId", id AS "accountId" FROM accounts_due_to_subscribe(${now}::timestamptz, ${ACCOUNTS}::int)`;
    await enqueueAll({ queue, tx }, "shipments.subscribe", accounts);
  });
}

/**
 * Subscribes the account's due numbers to the carrier's pushes, batch by batch. Numbers are leased before the call and
 * noted after it: a worker that dies between leaves them due again, and the carrier takes a number twice without harm.
 * @returns how many numbers are subscribed now that were not, or not for as long.
 */
export async function subscribeNumbers(deps: SubscribeDeps, account: Account): Promise<number> {
  let subscribed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const claimed = await deps.db.forShop(account.shopId, (tx) => claimNumbers(tx, account, deps.clock.now()));
    if (claimed.length === 0) break;
    const result = await subscribeBatch(deps, account, claimed);
    subscribed += result.subscribed;
    if (!result.goOn) break;
  }
  return subscribed;
}

interface BatchResult {
  subscribed: number;
  goOn: boolean;
}

async function subscribeBatch(deps: SubscribeDeps, account: Account, claimed: Claimed[]): Promise<BatchResult> {
  const { shopId } = account;
  const { accounts, callback } = await deps.db.forShop(shopId, async (tx) => ({
    accounts: await deps.access.accountsFor(tx, shopId),
    callback: await deps.hookOf(tx, account),
  }));
  const connected = accounts.find(({ id }) => id === account.accountId);
  const carrier = connected ? deps.carriers.find(connected.carrier) : null;
  if (!carrier?.push?.subscribe || !callback?.secret) {
    await deps.db.forShop(shopId, (tx) =>
      noteFailure(tx, account, {
        claimed,
        now: deps.clock.now(),
        pace: deps.pace,
        message: "No pushes can be received for this account.",
      }),
    );
    return { subscribed: 0, goOn: false };
  }
  const outcome = await call(deps, account, { carrier, callback, claimed });
  return note(deps, account, { claimed, outcome, days: carrier.push.subscriptionDays ?? USUAL_DAYS });
}

type CallOutcome = { kind: "subscribed" } | { kind: "refused"; error: CarrierError } | { kind: "later"; until: Date };

interface Call {
  carrier: Carrier;
  callback: PushCallback;
  claimed: readonly Claimed[];
}

async function call(deps: SubscribeDeps, account: Account, { carrier, callback, claimed }: Call): Promise<CallOutcome> {
  const { shopId, accountId } = account;
  const opening = await deps.access.openSession(shopId, accountId);
  if (opening.kind === "unusable") return { kind: "refused", error: unusable(opening.reason) };
  const { limits } = carrier;
  const budget = await takeBudget(deps, { shopId, accountId, limits });
  if (budget.kind === "spent") return { kind: "later", until: budget.until };
  const tokens = countedTokens(deps, { shopId, accountId, limits, tokens: opening.session.tokens });
  try {
    const error = await carrier.push?.subscribe?.({ ...opening.session, tokens }, claimed, callback);
    return error ? { kind: "refused", error } : { kind: "subscribed" };
  } catch (error) {
    if (!(error instanceof AppError) || !error.retryable) throw error;
    deps.log.warn({ carrier: carrier.id, accountId, reason: errorMessage(error) }, "carrier not reached to subscribe");
    return { kind: "refused", error: unusable("The carrier could not be reached.") };
  }
}

function unusable(message: string): CarrierError {
  return { kind: "server", retryable: true, message };
}

interface Noting {
  claimed: Claimed[];
  outcome: CallOutcome;
  days: number;
}

function note(deps: SubscribeDeps, account: Account, { claimed, outcome, days }: Noting): Promise<BatchResult> {
  const now = deps.clock.now();
  const { pace } = deps;
  return deps.db.forShop(account.shopId, async (tx): Promise<BatchResult> => {
    switch (outcome.kind) {
      case "subscribed":
        await noteSubscribed(tx, account, { claimed, now, days });
        return { subscribed: claimed.length, goOn: true };
      case "later":
        await releaseNumbers(tx, account, { claimed, at: outcome.until });
        return { subscribed: 0, goOn: false };
      case "refused": {
        const { trackingNumber, message } = outcome.error;
        const refused = claimed.filter((one) => one.trackingNumber === trackingNumber);
        if (refused.length === 0) {
          await noteFailure(tx, account, { claimed, now, pace, message });
          return { subscribed: 0, goOn: false };
        }
        // The others were taken, as far as we know; asking once more makes sure of each.
        await noteRefusal(tx, account, { claimed: refused, message });
        await releaseNumbers(tx, account, { claimed: claimed.filter((one) => !refused.includes(one)), at: now });
        return { subscribed: 0, goOn: true };
      }
    }
  });
}
