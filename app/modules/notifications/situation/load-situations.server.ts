import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { destinationZone, probableZone } from "#app/modules/shipments/destination-zone.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { type NumberedRules, readPublished } from "../rule-sets.server.ts";
import type {
  DecidedMessage,
  OrderSituation,
  ParcelScan,
  ParcelSituation,
  ShopSituation,
  Situation,
} from "../situation.ts";
import { readHistories } from "./history-rows.server.ts";
import { type OrderRow, readOrderRows } from "./order-rows.server.ts";
import { outlookOf, type ParcelRow, readParcelRows, readScans } from "./parcel-rows.server.ts";
import { type Recipients, readRecipients } from "./recipients.server.ts";

export interface LoadDeps {
  clock: Clock;
  keys: KeyRing;
}

/** The situation of an order, with what is needed to write its decisions down and no decision may see. */
export interface LoadedSituation {
  situation: Situation;
  rulesNumber: number;
  recipients: Recipients;
}

/**
 * Everything that decisions about the messages of these orders depend on, by order, in a handful of statements however
 * many they are. Orders that are gone, or whose buyer's data are, are left out.
 */
export async function loadSituations(
  tx: ShopTx,
  { clock, keys }: LoadDeps,
  { shopId, orderIds }: { shopId: string; orderIds: readonly string[] },
): Promise<Map<string, LoadedSituation>> {
  const now = clock.now();
  const histories = await readHistories(tx, shopId, orderIds);
  const parcels = await readParcelRows(tx, shopId, orderIds);
  const scans = await readScans(
    tx,
    shopId,
    parcels.map(({ id }) => id),
  );
  const orders = (await readOrderRows(tx, shopId, orderIds)).filter(({ redactedAt }) => redactedAt === null);
  const recipients = await readRecipients(tx, keys, { shopId, orders });
  const published = await readPublished(tx, shopId);
  const shop = await readShop(tx, shopId);
  const muted = await readMutes(tx, shopId, { orders, parcels });
  const loaded = orders.flatMap((order): [string, LoadedSituation][] => {
    const reached = recipients.get(order.id);
    if (!reached) return [];
    const own = parcels.filter(({ orderId }) => orderId === order.id);
    const about = { now, shop, published, reached, muted };
    const history = histories.get(order.id) ?? [];
    return [[order.id, toSituation(about, { order, parcels: own, scans, history })]];
  });
  return new Map(loaded);
}

interface About {
  now: Date;
  shop: ShopSituation;
  published: NumberedRules;
  reached: Recipients;
  muted: Muted;
}

interface Rows {
  order: OrderRow;
  parcels: readonly ParcelRow[];
  scans: ReadonlyMap<string, ParcelScan[]>;
  history: readonly DecidedMessage[];
}

function toSituation({ now, shop, published, reached, muted }: About, rows: Rows): LoadedSituation {
  const { order, history } = rows;
  const parcels = rows.parcels.map((row) => toParcel(row, { order, scans: rows.scans.get(row.id) ?? [], muted }));
  const situation: Situation = {
    ...{ now, shop, parcels, history, rules: published.rules },
    order: toOrder(order, reached, isMutedOrder(order, muted)),
  };
  return { situation, rulesNumber: published.number, recipients: reached };
}

function toOrder(row: OrderRow, { seen }: Recipients, muted: boolean): OrderSituation {
  const { id, placedAt, cancelledAt, unfulfilledSince, countryCode, provinceCode, postalCode, tags, locale } = row;
  return {
    ...{ id, placedAt, cancelledAt, unfulfilledSince, countryCode, provinceCode, postalCode, tags, locale, muted },
    importedAt: row.origin === "import" ? row.createdAt : null,
    completelyFulfilled: row.fulfillmentStatus?.toLowerCase() === "fulfilled",
    customerTags: row.customerTags,
    productTags: row.productTags ?? [],
    totalMinor: Number(row.totalMinor),
    shippingOption: row.shippingTitle,
    firstOrder: !row.hasEarlier,
    recipient: seen,
  };
}

function toParcel(
  row: ParcelRow,
  { order, scans, muted }: { order: OrderRow; scans: readonly ParcelScan[]; muted: Muted },
): ParcelSituation {
  const { id, status, subStatus, carrier, service } = row;
  return {
    ...{ id, status, subStatus, carrier, service, scans },
    active: row.lifecycle === "active",
    muted: muted.has(`parcel\n${id}`),
    createdAt: row.shippedAt ?? row.createdAt,
    zone: destinationZone(order.countryCode, order.provinceCode) ?? probableZone(order.countryCode),
    forecast: outlookOf(row, order.promisedOn),
  };
}

async function readShop(tx: ShopTx, shopId: string): Promise<ShopSituation> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { live, paused, liveSince } = readSettings(shop.settings).messages;
  const account = await tx.smsAccount.findFirst({
    where: { shopId, state: "connected", priceAcceptedAt: { not: null } },
    select: { options: true },
  });
  const { whatsappFrom } = (account?.options ?? {}) as { whatsappFrom?: unknown };
  return {
    ...{ id: shopId, zone: shop.timezone, countryCode: shop.countryCode },
    closed: shop.status === "uninstalled" ? "uninstalled" : !live ? "not_live" : paused ? "paused" : null,
    liveSince: liveSince === null ? null : new Date(liveSince),
    channels: account ? (whatsappFrom ? ["email", "sms", "whatsapp"] : ["email", "sms"]) : ["email"],
  };
}

/** `parcel`, `order`, `customer` or `tag`, and the id; tags in lower case. */
type Muted = ReadonlySet<string>;

/** What the merchant has silenced of these. */
async function readMutes(
  tx: ShopTx,
  shopId: string,
  { orders, parcels }: { orders: readonly OrderRow[]; parcels: readonly ParcelRow[] },
): Promise<Muted> {
  const subjects = orders.flatMap(({ id, customerId, tags }) => [
    ...[id, ...(customerId === null ? [] : [customerId])],
    ...tags.flatMap((tag) => [tag, tag.toLowerCase()]),
  ]);
  const ids = [...new Set([...subjects, ...parcels.map(({ id }) => id)])];
  const rows = await tx.mute.findMany({
    where: { shopId, subjectType: { in: ["parcel", "order", "customer", "tag"] }, subjectId: { in: ids } },
  });
  return new Set(rows.map(({ subjectType, subjectId }) => `${subjectType}\n${subjectId}`));
}

function isMutedOrder({ id, customerId, tags }: OrderRow, muted: Muted): boolean {
  if (muted.has(`order\n${id}`) || (customerId !== null && muted.has(`customer\n${customerId}`))) return true;
  return tags.some((tag) => muted.has(`tag\n${tag}`) || muted.has(`tag\n${tag.toLowerCase()}`));
}
