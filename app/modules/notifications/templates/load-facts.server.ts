import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type Locale, pickLocale } from "#app/lib/i18n.ts";
import { openLinkToken } from "#app/modules/orders/link-token.server.ts";
import { latestToday } from "#app/modules/shipments/expected-text.ts";
import type { ShopperDate, ShopperDates } from "#app/modules/shipments/shopper-date.ts";
import { readSettings, type ShopSettings } from "#app/modules/shops/settings.ts";
import { type StorefrontAddress, trackingPageUrl } from "#app/modules/shops/storefront-address.ts";
import { composeFacts, type LineRow, type ParcelRow } from "./compose-facts.ts";
import {
  type FactSubject,
  type OrderFactRow,
  type ParcelFactRow,
  readLineFacts,
  readOrderFacts,
  readParcelFacts,
  subjectKey,
} from "./fact-rows.server.ts";
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

export interface FactRequest extends FactSubject {
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

/** Parcels that one question about dates may be about. */
const DATES_AT_ONCE = 500;

/** Everything that messages about orders of one shop may say, from what is stored. */
export interface FactBook {
  /** Null when the order is gone. @throws UnsealError */
  of(request: FactRequest): LoadedFacts | null;
}

/** Opens a book on these subjects, in a handful of statements however many they are. */
export async function openFactBook(
  tx: ShopTx,
  deps: FactDeps,
  { shopId, subjects }: { shopId: string; subjects: readonly FactSubject[] },
): Promise<FactBook> {
  const once = [...new Map(subjects.map((subject) => [subjectKey(subject), subject])).values()];
  const orderIds = [...new Set(once.map(({ orderId }) => orderId))];
  const orders = await readOrderFacts(tx, shopId, orderIds);
  const lines = await readLineFacts(tx, shopId, orderIds);
  const parcels = await readParcelFacts(tx, shopId, once);
  const ids = new Set([...parcels.values()].flat().map(({ id }) => id));
  const dates = await readDates(tx, deps, { shopId, ids: [...ids] });
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const settings = readSettings(shop.settings);
  return {
    of: (request) => {
      const order = orders.get(request.orderId);
      if (!order) return null;
      const rows = { order, lines: lines.get(order.id) ?? [], parcels: parcels.get(subjectKey(request)) ?? [] };
      return toFacts(deps, { ...rows, shop, settings, dates }, request);
    },
  };
}

/** The facts of one message; null when the order is gone. */
export async function loadFacts(
  tx: ShopTx,
  deps: FactDeps,
  { shopId, ...request }: FactRequest & { shopId: string },
): Promise<LoadedFacts | null> {
  return (await openFactBook(tx, deps, { shopId, subjects: [request] })).of(request);
}

async function readDates(
  tx: ShopTx,
  { shopperDates }: FactDeps,
  { shopId, ids }: { shopId: string; ids: readonly string[] },
): Promise<Dates> {
  const dates = new Map<string, ShopperDate>();
  for (let start = 0; start < ids.length; start += DATES_AT_ONCE) {
    const part = await shopperDates.of(tx, shopId, ids.slice(start, start + DATES_AT_ONCE));
    for (const [id, date] of part) dates.set(id, date);
  }
  return dates;
}

type Dates = ReadonlyMap<string, ShopperDate>;

interface FactRows {
  order: OrderFactRow;
  lines: readonly LineRow[];
  parcels: readonly ParcelFactRow[];
  shop: Awaited<ReturnType<ShopTx["shop"]["findUniqueOrThrow"]>>;
  settings: ShopSettings;
  dates: Dates;
}

function toFacts(deps: FactDeps, rows: FactRows, request: FactRequest): LoadedFacts {
  const { order, shop: row, settings, dates } = rows;
  const { kind, shipmentId } = request;
  const locale = pickLocale(request.locale ?? order.locale, row.locale);
  const parcels = rows.parcels.map((parcel) => toParcel(deps, parcel, dates.get(parcel.id)));
  const today = dates.get(shipmentId ?? parcels[0]?.id ?? "")?.today ?? latestToday(deps.clock.now());
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
    lines: rows.lines,
    parcels,
    parcelId: shipmentId,
    trackingUrl: trackingPageUrl(address, openLinkToken(deps.keys, order)),
  });
  return {
    ...{ facts, today, settings, address, currency: order.currency, emailMarketing: order.emailMarketing },
    country: order.countryCode ?? row.countryCode ?? "",
    shop: { name, email: row.email, domain: row.domain, zone: row.timezone ?? "UTC", locale: pickLocale(row.locale) },
  };
}

function toParcel(deps: FactDeps, row: ParcelFactRow, date: ShopperDate | undefined): ParcelRow {
  return {
    ...row,
    carrierName: deps.carrierName(row.carrier, row.companyName),
    expected: date?.shown ?? null,
    promisedOn: date?.promise?.on ?? null,
    reviewOn: date?.reviewOn ?? null,
  };
}
