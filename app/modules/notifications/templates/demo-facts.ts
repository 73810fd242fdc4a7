import { type Locale } from "#app/lib/i18n.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { composeFacts, type FactSource, type ParcelRow } from "./compose-facts.ts";
import { demoReturn } from "./demo-return.ts";
import type { MessageFacts } from "./message-facts.ts";

/** A parcel that does not exist, to look at a message with; everything about it is made up. */
export interface DemoWish {
  kind: string;
  locale: Locale;
  status: ShipmentStatus;
  subStatus?: string | null;
  /** Civil date from which its days are counted. */
  today: string;
  shop: FactSource["shop"];
  brand: FactSource["brand"];
  currency: string;
  /** Two parcels instead of one. */
  split?: boolean;
  trackingUrl: string;
}

const LINES = [
  { title: "Trail Shell Jacket", variantTitle: "Pine / M", quantity: 1, price: 148 },
  { title: "Merino Beanie", variantTitle: "Charcoal", quantity: 2, price: 29 },
] as const;

/** The facts of a made-up parcel in the wished state, put together as those of a real one are. */
export function demoFacts(wish: DemoWish): MessageFacts {
  const { kind, locale, currency, trackingUrl: url } = wish;
  const facts = composeFacts(demoSource(wish));
  return { ...facts, return: demoReturn({ kind, locale, orderName: facts.order.name, currency, url }) };
}

/** The same before it is put into words. */
export function demoSource(wish: DemoWish): FactSource {
  const { kind, locale, today, shop, brand, currency, trackingUrl } = wish;
  const parcels = [demoParcel(wish), ...(wish.split ? [secondParcel(wish)] : [])];
  const unit = currency === "JPY" ? 150 : 100;
  return {
    ...{ kind, locale, today, shop, brand, parcels, trackingUrl },
    parcelId: "demo-1",
    order: {
      name: "#1042",
      placedAt: `${day(today, -4)}T15:30:00Z`,
      currency,
      totalMinor: BigInt(206 * unit),
      shippingTitle: "Standard",
      recipientName: "Avery Lindqvist",
      ...{ city: "Austin", provinceCode: "TX", postalCode: "78704", countryCode: "US" },
    },
    lines: LINES.map(({ price, ...line }, index) => ({
      ...line,
      id: `line-${index + 1}`,
      sku: `NP-${index + 1}`,
      priceMinor: BigInt(price * unit),
      imageUrl: null,
    })),
  };
}

function demoParcel({ status, subStatus, today, split }: DemoWish): ParcelRow {
  const late = subStatus === "delayed" || subStatus === "weather" || subStatus === "customs_hold";
  return {
    id: "demo-1",
    trackingNumber: "1Z999AA10123456784",
    carrierName: "UPS",
    service: "UPS Ground",
    ...{ status, subStatus: subStatus ?? null },
    deliveredLocal: status === "delivered" ? `${today}T14:12:00` : null,
    expected: { on: day(today, status === "out_for_delivery" ? 0 : late ? 4 : 2), from: null },
    promisedOn: day(today, late ? 1 : 2),
    reviewOn: day(today, 1),
    firstPlace: status === "pre_transit" || status === "unknown" ? null : "Portland, OR",
    lastPlace: status === "pre_transit" || status === "unknown" ? null : "Louisville, KY",
    lines: split
      ? [{ lineId: "line-1", quantity: 1 }]
      : LINES.map(({ quantity }, at) => ({ lineId: `line-${at + 1}`, quantity })),
  };
}

const secondParcel = (wish: DemoWish): ParcelRow => ({
  ...demoParcel({ ...wish, status: "in_transit", subStatus: null }),
  id: "demo-2",
  trackingNumber: "1Z999AA10123456791",
  lines: [{ lineId: "line-2", quantity: 2 }],
});

function day(today: string, plus: number): string {
  return new Date(Date.parse(`${today}T12:00:00Z`) + plus * 86_400_000).toISOString().slice(0, 10);
}
