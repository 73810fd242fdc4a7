import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type NumberedRules, readPublished } from "../rule-sets.server.ts";
import type { DecidedMessage, ParcelScan, ShopSituation, Situation } from "../situation.ts";
import { readHistories } from "./history-rows.server.ts";
import { isMutedOrder, type Muted, readMutes } from "./mutes.server.ts";
import { type OrderRow, readOrderRows } from "./order-rows.server.ts";
import { type ParcelRow, readParcelRows, readScans } from "./parcel-rows.server.ts";
import { type Recipients, readRecipients } from "./recipients.server.ts";
import { readShopSituation } from "./shop-situation.server.ts";
import { toOrder, toParcel } from "./to-situation.server.ts";

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
  const shop = await readShopSituation(tx, shopId);
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
    order: toOrder(order, reached.seen, isMutedOrder(order, muted)),
  };
  return { situation, rulesNumber: published.number, recipients: reached };
}
