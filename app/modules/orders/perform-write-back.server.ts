import { enqueue } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { FULFILLMENT_EVENT_ADD } from "./fulfillment-events.graphql.ts";
import { finishEffect, leaseEffect, type LeasedEffect, recordAttempt, releaseEffect } from "./lease-effect.server.ts";
import { lacks } from "./native-history.ts";
import type { OrdersDeps } from "./orders-deps.ts";
import { isWrittenAs } from "./own-events.server.ts";
import { type FulfillmentHistory, readAddedEvent, readHistory } from "./read-history.server.ts";

export type WriteBackDeps = Pick<OrdersDeps, "db" | "clock" | "queue" | "admin">;

export type WriteBackOutcome =
  | { kind: "written"; eventId: string }
  | { kind: "skipped"; reason: string }
  | { kind: "failed"; reason: string }
  | { kind: "later"; reason: string }
  | { kind: "not_available" };

const MAX_ATTEMPTS = 8;
const WAIT_SECONDS = 30;
/** News this old helps nobody. */
const GIVE_UP_SECONDS = 2 * 86_400;

/**
 * Carries one intent out: reads Shopify's history, writes the event only when it is lacking, records the attempt before the
 * call and the event's id after it. After an attempt without an answer it looks for the event before it writes again.
 */
export async function performWriteBack(
  deps: WriteBackDeps,
  { shopId, effectId }: { shopId: string; effectId: string },
): Promise<WriteBackOutcome> {
  const lease = await leaseEffect(deps, { shopId, effectId });
  if (lease.kind === "not_available") return { kind: "not_available" };
  if (lease.kind === "wait") return waitTurn(deps, shopId, effectId);
  const { effect } = lease;
  if (ageSeconds(deps, effect) > GIVE_UP_SECONDS) return end(deps, effect, "failed", "too_late");
  if (!(await isSwitchedOn(deps, shopId))) return end(deps, effect, "skipped", "switched_off");
  const read = await readHistory(deps.admin, { shopId, fulfillmentId: effect.intent.fulfillmentId });
  switch (read.kind) {
    case "ok":
      return writeIfLacking(deps, effect, read.history);
    case "gone":
      return end(deps, effect, "skipped", "fulfillment_gone");
    case "unauthorised":
      return end(deps, effect, "failed", "unauthorised");
    case "refused":
      return end(deps, effect, "failed", read.message);
    case "throttled":
      return tryLater(deps, effect, { reason: "throttled", seconds: read.retryAfterSeconds, answered: true });
    case "unavailable":
      return tryLater(deps, effect, { reason: "unavailable", seconds: backOff(deps, effect), answered: true });
  }
}

async function writeIfLacking(
  deps: WriteBackDeps,
  effect: LeasedEffect,
  history: FulfillmentHistory,
): Promise<WriteBackOutcome> {
  const { intent, lastAttemptAt } = effect;
  const own = history.events.find(
    (event) => event.id === effect.providerId || (lastAttemptAt !== null && isWrittenAs(event, intent, lastAttemptAt)),
  );
  if (own) return written(deps, effect, own.id);
  if (history.orderCancelled || history.status === "cancelled") return end(deps, effect, "skipped", "cancelled");
  const happenedAt = intent.happenedAt === null ? null : new Date(intent.happenedAt);
  const lack = lacks({ status: intent.status, happenedAt }, history.events);
  if (lack.kind === "known") return end(deps, effect, "skipped", lack.reason);
  if (effect.attempts >= MAX_ATTEMPTS) return end(deps, effect, "failed", "too_many_attempts");
  if (!(await recordAttempt(deps, effect))) return { kind: "not_available" };
  return write(deps, effect);
}

async function write(deps: WriteBackDeps, effect: LeasedEffect): Promise<WriteBackOutcome> {
  const { fulfillmentId, status, happenedAt, estimatedDeliveryAt, message } = effect.intent;
  const answer = await deps.admin.query<unknown>(effect.shopId, {
    document: FULFILLMENT_EVENT_ADD,
    variables: {
      event: {
        fulfillmentId,
        status,
        ...(happenedAt === null ? {} : { happenedAt }),
        ...(estimatedDeliveryAt === null ? {} : { estimatedDeliveryAt }),
        ...(message === null ? {} : { message }),
      },
    },
    urgency: "background",
  });
  switch (answer.kind) {
    case "ok": {
      const added = readAddedEvent(answer.data);
      return added.kind === "added"
        ? written(deps, effect, added.id)
        : end(deps, effect, "failed", added.message.slice(0, 300));
    }
    case "throttled":
      return tryLater(deps, effect, { reason: "throttled", seconds: answer.retryAfterSeconds, answered: true });
    case "unauthorised":
      return end(deps, effect, "failed", "unauthorised");
    case "refused":
      return end(deps, effect, "failed", answer.message.slice(0, 300));
    case "unavailable":
      // Nobody knows whether it was written: the next try looks before it writes.
      return tryLater(deps, effect, { reason: "no_answer", seconds: backOff(deps, effect), answered: false });
  }
}

function isSwitchedOn(deps: WriteBackDeps, shopId: string): Promise<boolean> {
  return deps.db.forShop(shopId, async (tx) => {
    const shop = await tx.shop.findUnique({ where: { id: shopId }, select: { settings: true } });
    return readSettings(shop?.settings).writeBack.enabled;
  });
}

/** As long as it has been waiting already, from half a minute to half an hour. */
function backOff(deps: WriteBackDeps, effect: LeasedEffect): number {
  return Math.min(Math.max(ageSeconds(deps, effect), 30), 1_800);
}

function ageSeconds(deps: WriteBackDeps, effect: LeasedEffect): number {
  return Math.floor((deps.clock.now().getTime() - effect.createdAt.getTime()) / 1_000);
}

async function waitTurn(deps: WriteBackDeps, shopId: string, effectId: string): Promise<WriteBackOutcome> {
  await deps.db.forShop(shopId, (tx) => enqueueAfter(tx, deps, { shopId, effectId, seconds: WAIT_SECONDS }));
  return { kind: "later", reason: "another event of this fulfillment is being written" };
}

function tryLater(
  deps: WriteBackDeps,
  effect: LeasedEffect,
  { reason, seconds, answered }: { reason: string; seconds: number; answered: boolean },
): Promise<WriteBackOutcome> {
  const { shopId, id: effectId } = effect;
  return deps.db.forShop(shopId, async (tx) => {
    const now = deps.clock.now();
    if (!(await releaseEffect(tx, effect, { now, outcome: reason, answered }))) return { kind: "not_available" };
    await enqueueAfter(tx, deps, { shopId, effectId, seconds });
    return { kind: "later", reason };
  });
}

function enqueueAfter(
  tx: ShopTx,
  deps: WriteBackDeps,
  { shopId, effectId, seconds }: { shopId: string; effectId: string; seconds: number },
): Promise<void> {
  const startAfter = new Date(deps.clock.now().getTime() + seconds * 1_000);
  return enqueue({ queue: deps.queue, tx }, "orders.write-back", { shopId, effectId }, { startAfter });
}

function written(deps: WriteBackDeps, effect: LeasedEffect, eventId: string): Promise<WriteBackOutcome> {
  const { shopId, id: effectId, intent } = effect;
  return deps.db.forShop(shopId, async (tx) => {
    const now = deps.clock.now();
    const mine = await finishEffect(tx, effect, { now, state: "done", outcome: "written", providerId: eventId });
    if (!mine) return { kind: "not_available" };
    await recordActivity(tx, deps.clock, shopId, [
      {
        type: "write_back.done",
        actor: "system",
        subject: { type: "shipment", id: intent.shipmentId },
        data: { effectId, status: intent.status },
      },
    ]);
    return { kind: "written", eventId };
  });
}

function end(
  deps: WriteBackDeps,
  effect: LeasedEffect,
  state: "skipped" | "failed",
  reason: string,
): Promise<WriteBackOutcome> {
  const { shopId, id: effectId, intent } = effect;
  return deps.db.forShop(shopId, async (tx) => {
    const now = deps.clock.now();
    if (!(await finishEffect(tx, effect, { now, state, outcome: reason }))) return { kind: "not_available" };
    await recordActivity(tx, deps.clock, shopId, [
      {
        type: "write_back.skipped",
        actor: "system",
        subject: { type: "shipment", id: intent.shipmentId },
        data: { effectId, reason },
      },
    ]);
    return { kind: state, reason };
  });
}
