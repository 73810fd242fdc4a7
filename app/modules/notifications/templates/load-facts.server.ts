import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type Locale, pickLocale } from "#app/lib/i18n.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { openLinkToken } from "#app/modules/orders/link-token.server.ts";
import { latestToday } from "#app/modules/shipments/expected-text.ts";
import type { ShopperDates } from "#app/modules/shipments/shopper-date.ts";
import { readSettings, type ShopSettings } from "#app/modules/shops/settings.ts";
import { type StorefrontAddress, trackingPageUrl } from "#app/modules/shops/storefront-address.ts";
import { composeFacts, type ParcelRow } from "./compose-facts.ts";
import type { MessageFacts } from "./message-facts.ts";

export interface FactDeps {
  keys: KeyRing;
  clock: Clock;
  storefrontTemplate: string | undefined;
  /** What a shopper calls the carrier; null when nobody knows it. */
  carrierName(carrier: string | null, companyName: string | null): string | null;
  /** The dates that shoppers are shown. */
  shopperDates: ShopperDates;
}

export interface FactRequest {
  shopId: string;
  orderId: string;
  /** The parcel that the message is about; null for the order as a whole. */
  shipmentId: string | null;
  kind: string;
  /** The reader's language; the order's when left out. */
  locale?: string | null;
}

/** The facts of one message, and what else its rendering depends on. */
export interface LoadedFacts {
  facts: MessageFacts;
  /** Civil date at the destination. */
  today: string;
  /** Where the shop's storefront is. */
  address: StorefrontAddress;
  shop: { name: string; email: string | null; domain: string; zone: string; locale: Locale };
  settings: ShopSettings;
  currency: string;
  /** ISO country of the destination; the shop's own where the order has none. */
  country: string;
  /** Shopify says that this buyer may be sent advertising. */
  emailMarketing: boolean;
}

const MAX_PARCELS = 50;
const MAX_LINES = 250;

/** Everything that a message about an order may say, from what is stored; null when the order is gone. */
export async function loadFacts(tx: ShopTx, deps: FactDeps, request: FactRequest): Promise<LoadedFacts | null> {
  const { shopId, orderId, shipmentId, kind } = request;
  const order = await tx.order.findUnique({
    where: { shopId_id: { shopId, id: orderId } },
    include: { lines: { orderBy: { position: "asc" }, take: MAX_LINES } },
  });
  if (!order) return null;
  const row = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const settings = readSettings(row.settings);
  const shopLocale = pickLocale(row.locale);
  const locale = pickLocale(request.locale ?? order.locale, row.locale);
  const { parcels, today } = await loadParcels(tx, deps, { shopId, orderId, shipmentId });
  const name = settings.brand.displayName || row.name || row.domain;
  const address = { domain: row.domain, proxyPath: settings.storefront.proxyPath, template: deps.storefrontTemplate };
  const facts = composeFacts({
    ...{ kind, locale, today },
    shop: {
      name,
      url: `https://${row.domain}`,
      email: row.email ?? "",
      supportEmail: settings.brand.supportEmail,
      supportUrl: settings.brand.supportUrl,
      address: settings.brand.postalAddress || (row.postalAddress ?? ""),
    },
    brand: { logoUrl: settings.brand.logoUrl, colour: settings.brand.primaryColour },
    order: { ...order, placedAt: order.placedAt.toISOString() },
    lines: order.lines,
    parcels,
    parcelId: shipmentId,
    trackingUrl: trackingPageUrl(address, openLinkToken(deps.keys, order)),
  });
  return {
    ...{ facts, today, settings, address, currency: order.currency, emailMarketing: order.emailMarketing },
    country: order.countryCode ?? row.countryCode ?? "",
    shop: { name, email: row.email, domain: row.domain, zone: row.timezone ?? "UTC", locale: shopLocale },
  };
}

/** The parcels of the order that still count, and the one that the message is about in any case. */
async function loadParcels(
  tx: ShopTx,
  deps: FactDeps,
  { shopId, orderId, shipmentId }: { shopId: string; orderId: string; shipmentId: string | null },
): Promise<{ parcels: ParcelRow[]; today: string }> {
  const rows = await tx.shipment.findMany({
    where: { shopId, orderId, OR: [{ lifecycle: "active" }, ...(shipmentId ? [{ id: shipmentId }] : [])] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: MAX_PARCELS,
    include: {
      fulfillment: { select: { lines: true } },
      events: { where: { location: { not: null } }, orderBy: { sequence: "asc" }, take: 1, select: { location: true } },
    },
  });
  const ids = rows.map(({ id }) => id);
  const dates = await deps.shopperDates.of(tx, shopId, ids);
  const parcels = rows.map((row): ParcelRow => {
    const date = dates.get(row.id);
    return {
      ...row,
      carrierName: deps.carrierName(row.carrier, row.companyName),
      status: row.status as ShipmentStatus,
      expected: date?.shown ?? null,
      promisedOn: date?.promise?.on ?? null,
      reviewOn: date?.reviewOn ?? null,
      firstPlace: row.events[0]?.location ?? null,
      lastPlace: (row.lastEvent as { location?: string | null } | null)?.location ?? null,
      lines: row.fulfillment.lines as { lineId: string; quantity: number }[],
    };
  });
  const today = dates.get(shipmentId ?? ids[0] ?? "")?.today ?? latestToday(deps.clock.now());
  return { parcels, today };
}
