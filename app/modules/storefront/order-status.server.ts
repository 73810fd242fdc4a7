import type { Clock } from "#app/lib/clock.ts";
import { equalSecrets } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { isGid } from "#app/lib/ids.ts";
import { pickLocale } from "#app/lib/i18n.ts";
import { isExhausted, withinLimit } from "#app/lib/rate-limit.server.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { trackingPageUrl } from "#app/modules/shops/storefront-address.ts";
import { loadOrderView, type ViewDeps } from "./load-tracking-view.server.ts";
import { storefrontTexts } from "./storefront-texts.ts";
import type { ViewParcel } from "./tracking-view.ts";

export interface OrderStatusRequest {
  /** From the token's `dest`: which shop. Proven by Shopify. */
  domain: string;
  /** From the token's `sub`: which customer, when signed in. Proven by Shopify. */
  customerId: string | null;
  /** What the page claims; a buyer can write anything here. */
  orderId: string;
  fulfillmentId: string;
  /** The secret that only this order's page has (its checkout token), when nobody is signed in. */
  orderSecret: string | null;
  languages: (string | null)[];
  /** The visitor's address, for the limit on guessing. */
  address: string;
}

export interface OrderStatusDeps extends ViewDeps {
  db: Database;
  clock: Clock;
}

export interface OrderStatusAnswer {
  fulfillment: { id: string };
  shipments: {
    trackingNumber: string;
    carrier: string;
    status: string;
    statusLabel: string;
    subStatus: string | null;
    lastEvent: { at: string | null; description: string | null; location: string | null } | null;
    estimatedDelivery: { text: string } | null;
    trackingUrl: string;
  }[];
}

const GUESSES = { limit: 30, windowSeconds: 900 };

/**
 * The live status of one fulfillment for the order-status page. Shopify's token says which shop and perhaps which
 * customer, never which order: that is bound here, by the order's customer or by its checkout token.
 * @returns null for every refusal alike.
 */
export async function orderStatus(
  deps: OrderStatusDeps,
  request: OrderStatusRequest,
): Promise<OrderStatusAnswer | null> {
  if (!isGid(request.orderId, "Order") || !isGid(request.fulfillmentId, "Fulfillment")) return null;
  const shopId = await shopIdOf(deps.db, request.domain);
  if (!shopId) return null;
  const guess = { name: "order-status.refused", of: request.address, ...GUESSES };
  if (await isExhausted(deps, shopId, guess)) return null;
  const answer = await deps.db.forShop(shopId, (tx) => answerFor(tx, deps, shopId, request));
  if (answer) return answer;
  await withinLimit(deps, shopId, guess);
  return null;
}

async function shopIdOf(db: Database, domain: string): Promise<string | null> {
  const rows = await db.acrossShops(
    (tx) => tx.$queryRaw<{ id: string | null }[]>`SELECT shop_id_of_domain(${domain}) AS id`,
  );
  return rows[0]?.id ?? null;
}

async function answerFor(
  tx: ShopTx,
  deps: OrderStatusDeps,
  shopId: string,
  request: OrderStatusRequest,
): Promise<OrderStatusAnswer | null> {
  const { orderId, fulfillmentId } = request;
  const shop = await tx.shop.findUnique({ where: { id: shopId } });
  const order = await tx.order.findUnique({ where: { shopId_id: { shopId, id: orderId } } });
  if (!shop || shop.status !== "installed" || !order || order.redactedAt || !isBound(order, request)) return null;
  const fulfillment = await tx.fulfillment.findFirst({ where: { shopId, id: fulfillmentId, orderId } });
  if (!fulfillment) return null;
  const texts = storefrontTexts(pickLocale(...request.languages, shop.locale));
  const settings = readSettings(shop.settings);
  const view = await loadOrderView(tx, deps, {
    ...{ shopId, orderId },
    tier: "order",
    locale: texts.locale,
    showItems: false,
  });
  const numbers = await tx.shipment.findMany({
    where: { shopId, fulfillmentId, lifecycle: "active" },
    select: { trackingNumber: true, subStatus: true },
  });
  const trackingUrl = trackingPageUrl({ domain: shop.domain, proxyPath: settings.storefront.proxyPath });
  const subStatusOf = new Map(numbers.map(({ trackingNumber, subStatus }) => [trackingNumber, subStatus]));
  const shipments = (view?.parcels ?? [])
    .filter(({ trackingNumber }) => subStatusOf.has(trackingNumber))
    // Goods of two fulfillments in one box: one parcel, however many of them name its number.
    .filter((parcel, index, all) => all.findIndex((one) => one.trackingNumber === parcel.trackingNumber) === index)
    .map((parcel) => ({
      trackingNumber: parcel.trackingNumber,
      carrier: parcel.carrierName ?? "",
      status: parcel.status,
      statusLabel: texts(`status.${parcel.status}`),
      subStatus: subStatusOf.get(parcel.trackingNumber) ?? null,
      lastEvent: lastEventOf(parcel),
      estimatedDelivery: parcel.expected ? { text: parcel.expected } : null,
      trackingUrl,
    }));
  return { fulfillment: { id: fulfillmentId }, shipments };
}

/** Signed in: the order must be theirs. Not signed in: the page must know the order's checkout token. */
function isBound(
  order: { customerId: string | null; checkoutToken: string | null },
  { customerId, orderSecret }: OrderStatusRequest,
): boolean {
  if (customerId !== null) return order.customerId === customerId;
  if (!order.checkoutToken || !orderSecret) return false;
  return equalSecrets(order.checkoutToken, orderSecret);
}

function lastEventOf({ events }: ViewParcel): OrderStatusAnswer["shipments"][number]["lastEvent"] {
  const event = events[0];
  if (!event) return null;
  const at = event.date && event.time ? `${event.date}T${event.time}` : event.date;
  return { at, description: event.description, location: event.location };
}
