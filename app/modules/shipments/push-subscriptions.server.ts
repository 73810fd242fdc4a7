import type { ShopTx } from "#app/lib/db.server.ts";

interface Account {
  shopId: string;
  accountId: string;
}

/** A number whose turn it is, leased to the caller. */
export interface Claimed {
  trackingNumber: string;
  failures: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Numbers in one call. */
const BATCH = 100;
/** A worker that dies gives its numbers back after this. */
const LEASE = 10 * MINUTE;
/** A subscription is renewed so long before it ends. */
const RENEW_BEFORE = 2 * DAY;
const FIRST_BACK_OFF = 15 * MINUTE;
const LONGEST_BACK_OFF = DAY;

/** Has the numbers subscribed soon, each once per account. */
export async function enrolNumbers(
  tx: ShopTx,
  { shopId, accountId, numbers, now }: Account & { numbers: readonly string[]; now: Date },
): Promise<void> {
  if (numbers.length === 0) return;
  await tx.pushSubscription.createMany({
    data: numbers.map((trackingNumber) => ({ shopId, accountId, trackingNumber, nextAt: now, createdAt: now })),
    skipDuplicates: true,
  });
}

/** Leases due numbers. Those that nobody follows any more are let go: their subscription ends by itself. */
export async function claimNumbers(tx: ShopTx, { shopId, accountId }: Account, now: Date): Promise<Claimed[]> {
  await tx.$executeRaw`
    DELETE FROM push_subscription p
    WHERE p.shop_id = ${shopId} AND p.account_id = ${accountId} AND p.next_at <= ${now.toISOString()}::timestamptz
      AND NOT EXISTS (
        SELECT FROM shipment s WHERE s.shop_id = p.shop_id AND s.tracking_number = p.tracking_number
          AND s.lifecycle = 'active' AND s.next_check_at IS NOT NULL)`;
  return tx.$queryRaw<Claimed[]>`
    UPDATE push_subscription p SET next_at = ${new Date(now.getTime() + LEASE).toISOString()}::timestamptz
    FROM (
      SELECT d.tracking_number FROM push_subscription d
      WHERE d.shop_id = ${shopId} AND d.account_id = ${accountId} AND d.next_at <= ${now.toISOString()}::timestamptz
      ORDER BY d.next_at, d.tracking_number LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED
    ) due
    WHERE p.shop_id = ${shopId} AND p.account_id = ${accountId} AND p.tracking_number = due.tracking_number
    RETURNING p.tracking_number AS "trackingNumber", p.failures`;
}

interface Noted {
  claimed: readonly Claimed[];
}

/** They are subscribed for so many days, and due again before those end. */
export async function noteSubscribed(
  tx: ShopTx,
  account: Account,
  { claimed, now, days }: Noted & { now: Date; days: number },
): Promise<void> {
  const until = now.getTime() + days * DAY;
  const nextAt = new Date(until - Math.min(RENEW_BEFORE, (days * DAY) / 4));
  await update(tx, account, {
    claimed,
    data: { nextAt, subscribedUntil: new Date(until), failures: 0, problem: null },
  });
}

/** The carrier will not have these numbers: nobody tries again. */
export async function noteRefusal(tx: ShopTx, account: Account, { claimed, message }: Noted & { message: string }) {
  await update(tx, account, { claimed, data: { nextAt: null, problem: message.slice(0, 300) } });
}

/** The call failed: all of them wait, longer each time. */
export async function noteFailure(
  tx: ShopTx,
  account: Account,
  { claimed, now, pace, message }: Noted & { now: Date; pace: number; message: string },
): Promise<void> {
  const failures = Math.max(...claimed.map((one) => one.failures)) + 1;
  const wait = Math.min(FIRST_BACK_OFF * 2 ** Math.min(failures - 1, 10), LONGEST_BACK_OFF) / pace;
  const nextAt = new Date(now.getTime() + wait);
  await update(tx, account, { claimed, data: { nextAt, failures, problem: message.slice(0, 300) } });
}

/** Not tried: they are due again then. */
export async function releaseNumbers(tx: ShopTx, account: Account, { claimed, at }: Noted & { at: Date }) {
  await update(tx, account, { claimed, data: { nextAt: at } });
}

interface Update extends Noted {
  data: { nextAt: Date | null; subscribedUntil?: Date; failures?: number; problem?: string | null };
}

async function update(tx: ShopTx, { shopId, accountId }: Account, { claimed, data }: Update): Promise<void> {
  const numbers = claimed.map(({ trackingNumber }) => trackingNumber);
  await tx.pushSubscription.updateMany({ where: { shopId, accountId, trackingNumber: { in: numbers } }, data });
}
