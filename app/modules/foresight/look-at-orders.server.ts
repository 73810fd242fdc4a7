import { enqueueAll } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ActivityEvent } from "#app/modules/activity/activity-event.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { type FactInput, recordFacts } from "#app/modules/analytics/record-fact.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { type Day, writeDay } from "./civil-day.ts";
import { detectUnfulfilled, type Thresholds } from "./detect-trouble.ts";
import type { ForesightDeps } from "./foresight-deps.ts";
import { instantOf, localMoment } from "./local-moment.ts";
import { readThresholds } from "./read-thresholds.server.ts";
import { lockOrders, type OrderPromise, type OrderRow, promiseOf, savePromises } from "./promise.server.ts";

/**
 * Looks at open orders of one shop: freezes the promise of those that are new, finds those that should have shipped, and
 * clears those that have. An order is looked at when it comes, when its last day is over, and once a day from then on.
 */
export function lookAtOrders(
  deps: ForesightDeps,
  { shopId, orderIds }: { shopId: string; orderIds: readonly string[] },
): Promise<void> {
  return deps.db.forShop(shopId, (tx) => lookIn(tx, deps, { shopId, orderIds }));
}

async function lookIn(
  tx: ShopTx,
  deps: ForesightDeps,
  { shopId, orderIds }: { shopId: string; orderIds: readonly string[] },
): Promise<void> {
  const now = deps.clock.now();
  const settings = await loadSettings(tx, shopId);
  const orders = await lockOrders(tx, shopId, orderIds);
  const { thresholds } = await readThresholds(tx, shopId);
  const looks = orders.map((order) => {
    const { promise, rule } = promiseOf(order, { settings, holidays: deps.laws.holidays });
    return lookAt(order, { promise, dueDay: rule?.shipDay ?? null, now, thresholds });
  });
  const made = looks.flatMap(({ order, promise }) =>
    promise && !order.promisedOn ? [{ orderId: order.id, ...promise }] : [],
  );
  await savePromises(tx, deps, { shopId, made });
  await writeLooks(tx, { shopId, looks });
  const changed = looks.filter((look) => activitiesOf(look).length > 0);
  await recordActivity(tx, deps.clock, shopId, changed.flatMap(activitiesOf));
  const payloads = changed.map(({ order }) => ({ shopId, orderId: order.id }));
  await enqueueAll({ queue: deps.queue, tx }, "notifications.decide", payloads);
  await recordFacts(
    tx,
    deps.clock,
    shopId,
    looks.flatMap(({ order, found, dueDay }) => factsOf(order, found, dueDay)),
  );
}

interface Look {
  order: OrderRow;
  promise: OrderPromise | null;
  dueDay: Day | null;
  found: Date | null;
  reviewAt: Date | null;
}

/** An order that has not shipped for so long is forgotten business: nobody is told again. */
const LOOKED_AT_FOR_DAYS = 90;

function lookAt(
  order: OrderRow,
  {
    promise,
    dueDay,
    now,
    thresholds,
  }: { promise: OrderPromise | null; dueDay: Day | null; now: Date; thresholds: Thresholds },
): Look {
  const zone = order.shopZone ?? "UTC";
  const today = localMoment(zone, now).day;
  const open = !order.cancelled && !order.shipped && dueDay !== null;
  const late = open && detectUnfulfilled({ dueDay, today }, thresholds) !== null;
  const given = !open || today > dueDay + LOOKED_AT_FOR_DAYS;
  const reviewAt = given
    ? null
    : instantOf(zone, { day: Math.max(today, dueDay + (late ? 0 : thresholds.unfulfilledDays)) + 1, hour: 0.1 });
  // It waits for too long since its last day was over, whenever we came to know of it.
  const since = late ? (order.unfulfilledSince ?? instantOf(zone, { day: dueDay + 1, hour: 0 })) : null;
  return { order, promise, dueDay, found: since, reviewAt };
}

async function writeLooks(tx: ShopTx, { shopId, looks }: { shopId: string; looks: readonly Look[] }): Promise<void> {
  if (looks.length === 0) return;
  const time = (at: Date | null): string | null => at?.toISOString() ?? null;
  await tx.$executeRaw`
    UPDATE orders o SET ship_review_at = u.review_at::timestamptz, unfulfilled_since = u.since::timestamptz
    FROM unnest(${looks.map(({ order }) => order.id)}::text[], ${looks.map(({ reviewAt }) => time(reviewAt))}::text[],
      ${looks.map(({ found }) => time(found))}::text[]) AS u (id, review_at, since)
    WHERE o.shop_id = ${shopId} AND o.id = u.id`;
}

function activitiesOf({ order, found, dueDay }: Look): ActivityEvent[] {
  const subject = { type: "order" as const, id: order.id };
  if (found && !order.unfulfilledSince && dueDay !== null) {
    const data = { kind: "unfulfilled" as const, dueOn: writeDay(dueDay) };
    return [{ type: "order.trouble_found", actor: "system", subject, data }];
  }
  if (found || !order.unfulfilledSince) return [];
  return [{ type: "order.trouble_cleared", actor: "system", subject, data: { kind: "unfulfilled" } }];
}

function factsOf(order: OrderRow, found: Date | null, dueDay: Day | null): FactInput[] {
  if (!found || dueDay === null) return [];
  return [
    {
      ...{ kind: "order.unfulfilled", at: found, happenedOn: writeDay(dueDay + 1), subjectId: order.id },
      ...{ carrier: null, countryCode: order.countryCode, data: {} },
    },
  ];
}
