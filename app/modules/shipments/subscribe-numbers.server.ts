import { enqueueAll } from "#app/jobs/define-job.ts";
import { AppError, errorMessage } from "#app/lib/errors.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Carrier, CarrierErrorKind, CarrierError, PushCallback } from "#app/modules/carriers/carrier.ts";
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
/** The same where each call is about one number. */
const ROUNDS_OF_ONE = 100;
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
 * Where it would charge for it twice, the attempt counts before it is made: then only polling follows what was not answered.
 * @returns how many numbers are subscribed now that were not, or not for as long.
 */
export async function subscribeNumbers(deps: SubscribeDeps, account: Account): Promise<number> {
  let subscribed = 0;
  for (let round = 0; round < ROUNDS_OF_ONE; round += 1) {
    const turn = await deps.db.forShop(account.shopId, (tx) => takeTurn(tx, deps, account));
    if (turn.claimed.length === 0) break;
    const result = await note(deps, account, { ...turn, outcome: await call(deps, account, turn) });
    subscribed += result.subscribed;
    if (!result.goOn || (!turn.once && round >= ROUNDS - 1)) break;
  }
  return subscribed;
}

interface Turn {
  carrier: Carrier | null;
  callback: PushCallback | null;
  claimed: Claimed[];
  /** An attempt must not be repeated. */
  once: boolean;
}

async function takeTurn(tx: ShopTx, deps: SubscribeDeps, account: Account): Promise<Turn> {
  const accounts = await deps.access.accountsFor(tx, account.shopId);
  const connected = accounts.find(({ id }) => id === account.accountId);
  const carrier = connected ? deps.carriers.find(connected.carrier) : null;
  const callback = await deps.hookOf(tx, account);
  const once = carrier?.push?.repeatable === false;
  return { carrier, callback, once, claimed: await claimNumbers(tx, account, { now: deps.clock.now(), once }) };
}

type CallOutcome =
  | { kind: "subscribed" }
  | { kind: "refused"; error: CarrierError }
  | { kind: "later"; until: Date }
  /** The carrier was not called. */
  | { kind: "not_called"; message: string }
  /** Nobody knows whether it took the numbers. */
  | { kind: "unanswered"; message: string };

async function call(deps: SubscribeDeps, account: Account, turn: Turn): Promise<CallOutcome> {
  const { carrier, callback, claimed } = turn;
  if (!carrier?.push?.subscribe || !callback?.secret) {
    return { kind: "not_called", message: "No pushes can be received for this account." };
  }
  const { shopId, accountId } = account;
  const opening = await deps.access.openSession(shopId, accountId);
  if (opening.kind === "unusable") return { kind: "not_called", message: opening.reason };
  const { limits } = carrier;
  const budget = await takeBudget(deps, { shopId, accountId, limits });
  if (budget.kind === "spent") return { kind: "later", until: budget.until };
  const tokens = countedTokens(deps, { shopId, accountId, limits, tokens: opening.session.tokens });
  try {
    const error = await carrier.push.subscribe({ ...opening.session, tokens }, claimed, callback);
    if (!error) return { kind: "subscribed" };
    return UNCLEAR.has(error.kind) ? { kind: "unanswered", message: error.message } : { kind: "refused", error };
  } catch (error) {
    if (!(error instanceof AppError) || !error.retryable) throw error;
    deps.log.warn({ carrier: carrier.id, accountId, reason: errorMessage(error) }, "carrier not reached to subscribe");
    return { kind: "unanswered", message: "The carrier could not be reached." };
  }
}

/** Answers that do not tell whether the numbers were taken. */
const UNCLEAR: ReadonlySet<CarrierErrorKind> = new Set(["server", "unreadable", "unknown"]);
/** Answers about the account or the moment, not about a number. */
const PASSING: ReadonlySet<CarrierErrorKind> = new Set(["auth", "rate_limited"]);

interface Noting extends Turn {
  outcome: CallOutcome;
}

interface Noted {
  subscribed: number;
  goOn: boolean;
}

function note(deps: SubscribeDeps, account: Account, { claimed, once, carrier, outcome }: Noting): Promise<Noted> {
  const { pace } = deps;
  const now = deps.clock.now();
  return deps.db.forShop(account.shopId, async (tx): Promise<Noted> => {
    const failed = async (message: string) => {
      await noteFailure(tx, account, { claimed, now, pace, message });
      return { subscribed: 0, goOn: false };
    };
    switch (outcome.kind) {
      case "subscribed":
        await noteSubscribed(tx, account, { claimed, now, days: carrier?.push?.subscriptionDays ?? USUAL_DAYS });
        return { subscribed: claimed.length, goOn: true };
      case "later":
        await releaseNumbers(tx, account, { claimed, at: outcome.until });
        return { subscribed: 0, goOn: false };
      case "not_called":
        return failed(outcome.message);
      case "unanswered":
        // The claim has noted already that it must not be repeated.
        return once ? { subscribed: 0, goOn: false } : failed(outcome.message);
      case "refused": {
        const { trackingNumber, message, kind } = outcome.error;
        const refused = claimed.filter((one) => one.trackingNumber === trackingNumber);
        if (refused.length === 0 || (once && PASSING.has(kind))) return failed(message);
        // The others were taken, as far as we know; asking once more makes sure of each.
        await noteRefusal(tx, account, { claimed: refused, message });
        await releaseNumbers(tx, account, { claimed: claimed.filter((one) => !refused.includes(one)), at: now });
        return { subscribed: 0, goOn: true };
      }
    }
  });
}
