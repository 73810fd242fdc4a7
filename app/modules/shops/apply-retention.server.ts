import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { repeatStep } from "#app/lib/repeat-step.ts";
import { redactOrders } from "./redact-orders.server.ts";
import { loadSettings } from "./settings.server.ts";

export interface RetentionDeps {
  db: Database;
  clock: Clock;
  log: Logger;
}

/** Some shops could not be done; all others are. */
export class RetentionIncompleteError extends AppError {
  readonly code = "retention_incomplete";
  readonly retryable = true;
}

const DAY_MS = 24 * 60 * 60_000;
const INBOX_DAYS = 30;
const EXPORT_DAYS = 30;
const SHELL_DAYS = 30;
const RATE_WINDOW_DAYS = 2;
const SHOPS_PER_PAGE = 200;
const ROWS_PER_STEP = 500;
/** One run deletes at most so many steps per shop; the rest waits for the next run. */
const MAX_STEPS = 200;

/** Deletes what has outlived its purpose, shop by shop, in small steps; safe to stop and to repeat at any point. */
export async function applyRetention(deps: RetentionDeps): Promise<void> {
  const { db, clock } = deps;
  await db.acrossShops(
    (tx) => tx.$queryRaw`SELECT drop_rate_windows(${daysBefore(clock.now(), RATE_WINDOW_DAYS)})::text`,
  );
  const statuses = ["pending", "installed", "needs_reopening", "uninstalled"];
  let failed = 0;
  for (let after = ""; ;) {
    const page = await db.acrossShops(
      (tx) =>
        tx.$queryRaw<
          { shop_id: string }[]
        >`SELECT shop_id FROM shops_in_status(${statuses}, ${after}, ${SHOPS_PER_PAGE})`,
    );
    for (const { shop_id: shopId } of page) failed += await retainShop(deps, shopId).then(() => 0, fails(deps, shopId));
    if (page.length < SHOPS_PER_PAGE) break;
    after = page.at(-1)?.shop_id ?? "";
  }
  if (failed > 0) throw new RetentionIncompleteError(`retention failed for ${failed} shops`);
}

/** One shop must not keep the data of the others: the rest goes on, and the job is repeated afterwards. */
function fails({ log }: RetentionDeps, shopId: string): (error: unknown) => 1 {
  return (error) => {
    log.error({ shopId, error: error instanceof Error ? error.name : "unknown" }, "retention failed");
    return 1;
  };
}

async function retainShop(deps: RetentionDeps, shopId: string): Promise<void> {
  const { db, clock, log } = deps;
  const now = clock.now();
  const settings = await db.forShop(shopId, (tx) => loadSettings(tx, shopId));
  const days = settings.privacy.keepBuyerDataDays;
  // Webhook bodies name buyers too: they never stay longer than the shop allows.
  const inboxBefore = daysBefore(now, Math.min(INBOX_DAYS, days));
  const deliveries = await inSteps(deps, shopId, (tx) => dropDeliveries(tx, shopId, inboxBefore));
  const orders = await inSteps(deps, shopId, (tx) =>
    redactEndedOrders(tx, { shopId, before: daysBefore(now, days), now }),
  );
  await inSteps(deps, shopId, (tx) => dropDeadLinks(tx, shopId, now));
  await db.forShop(shopId, (tx) => forgetBlockedAddresses(tx, shopId, daysBefore(now, days)));
  await db.forShop(shopId, (tx) => dropOldExports(tx, shopId, daysBefore(now, EXPORT_DAYS)));
  await db.forShop(shopId, (tx) => dropShell(tx, shopId, daysBefore(now, SHELL_DAYS)));
  if (deliveries + orders > 0) log.info({ shopId, deliveries, orders }, "retention applied");
}

/** Repeats a bounded step, each in a transaction of its own, until there is nothing left. */
function inSteps({ db }: RetentionDeps, shopId: string, step: (tx: ShopTx) => Promise<number>): Promise<number> {
  const inShop = () => db.forShop(shopId, step, { timeout: 60_000 });
  return repeatStep(inShop, { most: ROWS_PER_STEP, times: MAX_STEPS });
}

async function dropDeliveries(tx: ShopTx, shopId: string, before: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM inbound_delivery WHERE shop_id = ${shopId} AND id IN (
      SELECT id FROM inbound_delivery WHERE shop_id = ${shopId} AND received_at < ${before} LIMIT ${ROWS_PER_STEP})`;
}

/**
 * An order has ended when none of its parcels can change any more and nothing is left to be sent; without parcels, when
 * it is cancelled, fulfilled or has nothing to ship. A number that was taken back is no parcel. What still waits to be shipped is kept, however old.
 */
async function redactEndedOrders(
  tx: ShopTx,
  { shopId, before, now }: { shopId: string; before: Date; now: Date },
): Promise<number> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM orders o
    WHERE o.shop_id = ${shopId} AND o.redacted_at IS NULL AND o.placed_at < ${before}
      AND NOT EXISTS (
        SELECT 1 FROM shipment s WHERE s.shop_id = o.shop_id AND s.order_id = o.id AND s.lifecycle = 'active'
          AND (greatest(s.status_since, coalesce(s.last_event_at, s.status_since)) >= ${before}
            OR (s.status NOT IN ('delivered', 'cancelled', 'expired') AND s.stop_reason IS NULL)))
      AND (((o.fulfillment_status IS DISTINCT FROM 'partial' OR o.cancelled_at IS NOT NULL) AND EXISTS (
          SELECT 1 FROM shipment s WHERE s.shop_id = o.shop_id AND s.order_id = o.id AND s.lifecycle = 'active'))
        OR (o.source_updated_at < ${before}
          AND (o.cancelled_at IS NOT NULL OR o.fulfillment_status = 'fulfilled' OR NOT o.requires_shipping)))
    LIMIT ${ROWS_PER_STEP}`;
  await redactOrders(tx, { shopId, orderIds: ended.map(({ id }) => id), now });
  return ended.length;
}

/** A link that has expired leads nowhere; its clicks are counted in the message. */
async function dropDeadLinks(tx: ShopTx, shopId: string, now: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM message_link WHERE shop_id = ${shopId} AND token_hash IN (
      SELECT token_hash FROM message_link WHERE shop_id = ${shopId} AND expires_at < ${now} LIMIT ${ROWS_PER_STEP})`;
}

/** Whom nothing may be sent stays known by a keyed hash; who that is goes with the buyer's data. */
async function forgetBlockedAddresses(tx: ShopTx, shopId: string, before: Date): Promise<void> {
  await tx.addressBlock.updateMany({
    where: { shopId, at: { lt: before }, address: { not: null } },
    data: { address: null },
  });
}

async function dropOldExports(tx: ShopTx, shopId: string, before: Date): Promise<void> {
  await tx.privacyRequest.updateMany({
    where: { shopId, receivedAt: { lt: before }, exportSealed: { not: null } },
    data: { exportSealed: null },
  });
}

/** A shop that only ever sent a stray message and was never opened: nothing of it is worth keeping. */
async function dropShell(tx: ShopTx, shopId: string, before: Date): Promise<void> {
  await tx.shop.deleteMany({
    where: { id: shopId, status: "pending", createdAt: { lt: before }, sessions: { none: {} } },
  });
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
