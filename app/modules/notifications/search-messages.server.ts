import { Temporal } from "temporal-polyfill";
import type { Prisma } from "#app/generated/prisma/client.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { orderNamesOf } from "#app/modules/orders/order-name.ts";
import { addressHash, addressKeyOf } from "./address-blocks.server.ts";
import { ENTRY_COLUMNS, type LogEntry, toLogEntry } from "./log-entry.ts";
import type { LogQuery } from "./log-query.ts";

export interface LogSearch {
  shopId: string;
  query: LogQuery;
  /** IANA zone of the shop: what a day means. */
  zone: string;
}

type Where = Prisma.NotificationWhereInput;

export const LOG_PAGE = 50;
const MAX_ORDERS = 50;

/** One page of the shop's messages, the newest decision first. `next` goes into `after`. */
export async function searchMessages(
  tx: ShopTx,
  keys: KeyRing,
  search: LogSearch,
): Promise<{ entries: LogEntry[]; next: string | null }> {
  const rows = await readLogPage(
    tx,
    { shopId: search.shopId, where: await whereOf(tx, keys, search) },
    LOG_PAGE + 1,
    search.query.after,
  );
  const entries = rows.slice(0, LOG_PAGE);
  return { entries, next: rows.length > LOG_PAGE ? (entries.at(-1)?.id ?? null) : null };
}

/** So many lines behind the given one. */
export async function readLogPage(
  tx: ShopTx,
  { shopId, where }: { shopId: string; where: Where },
  take: number,
  after: string | undefined,
): Promise<LogEntry[]> {
  const rows = await tx.notification.findMany({
    where,
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    ...(after ? { cursor: { shopId_id: { shopId, id: after } }, skip: 1 } : {}),
    take,
    select: ENTRY_COLUMNS,
  });
  return rows.map(toLogEntry);
}

/** What the database is asked for. */
export async function whereOf(tx: ShopTx, keys: KeyRing, { shopId, query, zone }: LogSearch): Promise<Where> {
  const { state, kind, channel, delivery, order, from, to } = query;
  return {
    shopId,
    ...(state ? { state } : {}),
    ...(kind ? { kind } : {}),
    ...(channel ? { channel } : {}),
    ...(delivery ? { delivery } : {}),
    ...(order ? { orderId: order } : {}),
    ...(from || to
      ? {
          decidedAt: {
            ...(from ? { gte: startOf(from, zone) } : {}),
            ...(to ? { lt: startOf(to, zone, 1) } : {}),
          },
        }
      : {}),
    AND: [
      ...(query.person ? [await samePerson(tx, shopId, query.person)] : []),
      ...(query.q ? [await textual(tx, keys, shopId, query.q)] : []),
    ],
  };
}

function startOf(civil: string, zone: string, plusDays = 0): Date {
  const day = Temporal.PlainDate.from(civil, { overflow: "constrain" }).add({ days: plusDays });
  return new Date(day.toZonedDateTime(zone).epochMilliseconds);
}

async function samePerson(tx: ShopTx, shopId: string, id: string): Promise<Where> {
  const message = await tx.notification.findUnique({ where: { shopId_id: { shopId, id } } });
  return message?.personKey ? { personKey: message.personKey } : { id: message?.id ?? "" };
}

/** An address is found by its hash, so also in messages that were decided under another spelling of it. */
async function textual(tx: ShopTx, keys: KeyRing, shopId: string, q: string): Promise<Where> {
  const key = await addressKeyOf(tx, keys, shopId);
  if (q.includes("@")) {
    return {
      OR: [{ personKey: addressHash(key, "email", q) }, { recipient: { equals: likeItself(q), mode: "insensitive" } }],
    };
  }
  const { orderPrefix } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { orderPrefix: true } });
  const orders = await tx.order.findMany({
    where: { shopId, lookupName: { in: orderNamesOf(q, orderPrefix) } },
    select: { id: true },
    take: MAX_ORDERS,
  });
  const parcels = await tx.shipment.findMany({
    where: { shopId, trackingNumber: q.replace(/\s/g, "").toUpperCase() },
    select: { id: true },
    take: MAX_ORDERS,
  });
  return {
    OR: [
      { orderId: { in: orders.map(({ id }) => id) } },
      { shipmentId: { in: parcels.map(({ id }) => id) } },
      ...(/^\+?[\d\s()-]{7,20}$/.test(q) ? [{ personKey: addressHash(key, "phone", q) }] : []),
    ],
  };
}

/** Prisma compares without case by ILIKE, where "_" and "%" would also stand for other people's addresses. */
function likeItself(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
