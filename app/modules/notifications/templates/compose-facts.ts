import type { MailKey } from "#app/emails/mail-texts.ts";
import { mailTexts } from "#app/emails/mail-texts.ts";
import { readableOn } from "#app/lib/colour.ts";
import type { Locale, Translator } from "#app/lib/i18n.ts";
import { formatMoney } from "#app/lib/money.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { expectedText, formatDay, shortDay, shownEstimate } from "#app/modules/shipments/expected-text.ts";
import { cleanLine } from "./clean-text.ts";
import type { ItemFacts, MessageFacts, ParcelFacts } from "./message-facts.ts";

export interface LineRow {
  id: string;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  quantity: number;
  priceMinor: bigint | null;
  imageUrl: string | null;
}

/** A parcel as it is stored, with what shoppers are told about its day. */
export interface ParcelRow {
  id: string;
  trackingNumber: string;
  /** What shoppers call the carrier; null when nobody knows it. */
  carrierName: string | null;
  service: string | null;
  status: ShipmentStatus;
  subStatus: string | null;
  deliveredLocal: string | null;
  expected: { on: string; from: string | null } | null;
  promisedOn: string | null;
  /** When we look at it again at the latest; null when nothing is planned. */
  reviewOn: string | null;
  /** Where it was seen first, and last; as the carrier writes it. */
  firstPlace: string | null;
  lastPlace: string | null;
  lines: readonly { lineId: string; quantity: number }[];
}

export interface FactSource {
  kind: string;
  locale: Locale;
  /** Civil date at the destination. */
  today: string;
  shop: { name: string; url: string; email: string; supportEmail: string; supportUrl: string; address: string };
  brand: { logoUrl: string; colour: string };
  order: {
    name: string;
    placedAt: string;
    currency: string;
    totalMinor: bigint;
    shippingTitle: string | null;
    recipientName: string | null;
    city: string | null;
    provinceCode: string | null;
    postalCode: string | null;
    countryCode: string | null;
  };
  lines: readonly LineRow[];
  parcels: readonly ParcelRow[];
  /** The parcel that the message is about; null for the order as a whole. */
  parcelId: string | null;
  trackingUrl: string;
}

/** Progress in steps; what is no step of it (a problem, a return) stays on the way. */
const STEP: Readonly<Record<ShipmentStatus, number>> = {
  unknown: 0,
  pre_transit: 0,
  in_transit: 2,
  out_for_delivery: 3,
  available_for_pickup: 3,
  delivery_attempted: 3,
  delivered: 4,
  exception: 2,
  return_to_sender: 2,
  cancelled: 0,
  expired: 2,
};
const ENDED = new Set<ShipmentStatus>(["delivered", "return_to_sender", "cancelled"]);
const MAX_NAME = 200;
const MAX_NUMBER = 60;
const MAX_LINES = 100;

/** What a message may say, in the reader's language: plain, bounded texts, and no day that has passed. */
export function composeFacts(source: FactSource): MessageFacts {
  const words = mailTexts(source.locale);
  const parcels = source.parcels.map((row, index) => parcelFacts(source, row, { index, words }));
  const at = source.parcels.findIndex(({ id }) => id === source.parcelId);
  const parcel = parcels[at] ?? parcels[0] ?? noParcel(source);
  const { order, shop } = source;
  return {
    kind: source.kind,
    locale: source.locale,
    shop: shopFacts(shop),
    brand: {
      logo_url: https(source.brand.logoUrl),
      colour: source.brand.colour,
      on_colour: readableOn(source.brand.colour),
    },
    order: {
      name: cleanLine(order.name, MAX_NAME),
      created_at: order.placedAt,
      total_price: formatMoney({ minor: order.totalMinor, currency: order.currency }, source.locale),
      item_count: source.lines.reduce((sum, { quantity }) => sum + quantity, 0),
      shipping_method: cleanLine(order.shippingTitle ?? "", MAX_NAME),
      order_status_url: source.trackingUrl,
    },
    customer: { first_name: firstName(order.recipientName) },
    shipping_address: addressFacts(source),
    parcel,
    parcels,
    line_items: source.lines.slice(0, MAX_LINES).map((line) => itemFacts(source, line, line.quantity)),
    fulfillment: {
      tracking_number: parcel.tracking_number,
      tracking_url: parcel.tracking_url,
      tracking_company: parcel.carrier,
      estimated_delivery_at: parcel.expected_on ?? "",
    },
    links: {
      tracking: source.trackingUrl,
      support: https(shop.supportUrl),
      feedback: source.trackingUrl,
      ...{ unsubscribe: "", preferences: "" },
    },
    ...{ promo: null, recommendations: [], return: null },
  };
}

interface ParcelPlace {
  index: number;
  words: Translator<MailKey>;
}

function parcelFacts(source: FactSource, row: ParcelRow, { index, words }: ParcelPlace): ParcelFacts {
  const { locale, today } = source;
  const open = !ENDED.has(row.status);
  const estimate = row.expected && shownEstimate({ on: row.expected.on, from: row.expected.from ?? undefined });
  const expected = (open && expectedText(estimate, locale, today)) || "";
  const deliveredOn = row.status === "delivered" ? (row.deliveredLocal?.slice(0, 10) ?? null) : null;
  return {
    tracking_number: cleanLine(row.trackingNumber, MAX_NUMBER),
    tracking_url: source.trackingUrl,
    carrier: cleanLine(row.carrierName ?? "", 80) || words("carrier.unknown"),
    service: cleanLine(row.service ?? "", 80) || null,
    status: row.status,
    sub_status: row.subStatus ?? "",
    status_text: words(`status.${row.status}`),
    expected_on: expected ? (row.expected?.on ?? null) : null,
    expected_from: expected ? (row.expected?.from ?? null) : null,
    promised_on: row.promisedOn,
    delivered_on: deliveredOn,
    expected,
    expected_short: expected && row.expected ? shortDay(row.expected.on, locale) : "",
    days_late: daysLate(row.promisedOn, deliveredOn ?? (open ? today : null)),
    reason: reasonText(row.subStatus, words),
    next_update: open && row.reviewOn ? words("next_update", { day: formatDay(row.reviewOn, locale) }) : "",
    last_place: place(row.lastPlace),
    origin_place: place(row.firstPlace),
    destination_place: [source.order.city, source.order.provinceCode]
      .map((part) => cleanLine(part ?? "", 60))
      .filter(Boolean)
      .join(", "),
    step: row.status === "in_transit" && isJustShipped(row.subStatus) ? 1 : STEP[row.status],
    index: index + 1,
    count: source.parcels.length,
    items: itemsOf(source, row),
  };
}

const isJustShipped = (subStatus: string | null) => subStatus === "accepted" || subStatus === "picked_up";

/** The phrase for what the carrier reports; nothing for what needs no explaining. The carrier's own words are never told. */
function reasonText(subStatus: string | null, words: Translator<MailKey>): string {
  const key = `reason.${subStatus}`;
  const text = subStatus ? words(key as MailKey) : "";
  return text === key ? "" : text;
}

function daysLate(promisedOn: string | null, on: string | null): number | null {
  if (!promisedOn || !on) return null;
  const days = Math.round((Date.parse(on) - Date.parse(promisedOn)) / 86_400_000);
  return days > 0 ? days : null;
}

/** Carriers shout: LOUISVILLE, KY, US is Louisville, KY, US to a reader. */
function place(text: string | null): string {
  const line = cleanLine(text ?? "", 60);
  if (line !== line.toUpperCase() || line === line.toLowerCase()) return line;
  return line.replace(/\p{L}{4,}/gu, (word) => word.charAt(0) + word.slice(1).toLowerCase());
}

/** The lines of the fulfillment; with several parcels in one fulfillment nobody knows which line is in which. */
function itemsOf(source: FactSource, row: ParcelRow): ItemFacts[] {
  const byId = new Map(source.lines.map((line) => [line.id, line]));
  return row.lines.slice(0, MAX_LINES).flatMap(({ lineId, quantity }) => {
    const line = byId.get(lineId);
    return line ? [itemFacts(source, line, quantity)] : [];
  });
}

function itemFacts({ locale, order }: FactSource, line: LineRow, quantity: number): ItemFacts {
  const { priceMinor } = line;
  return {
    title: cleanLine(line.title, MAX_NAME),
    variant_title: cleanLine(line.variantTitle ?? "", MAX_NAME) || null,
    sku: cleanLine(line.sku ?? "", 80) || null,
    quantity,
    price:
      priceMinor === null
        ? null
        : formatMoney({ minor: priceMinor * BigInt(quantity), currency: order.currency }, locale),
    image_url: https(line.imageUrl) || null,
  };
}

function shopFacts(shop: FactSource["shop"]): MessageFacts["shop"] {
  return {
    name: cleanLine(shop.name, MAX_NAME),
    url: https(shop.url),
    email: cleanLine(shop.email, 254),
    support_email: cleanLine(shop.supportEmail, 254),
    support_url: https(shop.supportUrl),
    address: cleanLine(shop.address, 300),
  };
}

function addressFacts({ order, locale }: FactSource): MessageFacts["shipping_address"] {
  return {
    name: cleanLine(order.recipientName ?? "", MAX_NAME),
    city: cleanLine(order.city ?? "", 100),
    province: cleanLine(order.provinceCode ?? "", 20),
    zip: cleanLine(order.postalCode ?? "", 20),
    country: countryName(order.countryCode, locale),
  };
}

function countryName(code: string | null, locale: Locale): string {
  if (!code || !/^[A-Z]{2}$/.test(code)) return "";
  let names = countryNames.get(locale);
  if (!names) countryNames.set(locale, (names = new Intl.DisplayNames([locale], { type: "region", fallback: "code" })));
  return names.of(code) ?? code;
}

/** Remembered: making one costs a hundred times as much as using it. */
const countryNames = new Map<Locale, Intl.DisplayNames>();

const firstName = (name: string | null): string => cleanLine(name ?? "", MAX_NAME).split(" ")[0] ?? "";

/** Only https addresses reach a mail: what anybody may have typed may be anything. */
function https(url: string | null): string {
  return url && URL.canParse(url) && url.startsWith("https://") ? url.slice(0, 2_000) : "";
}

/** For messages about an order that has no parcel: the same names, and nothing in them. */
function noParcel({ trackingUrl }: FactSource): ParcelFacts {
  return {
    ...{ tracking_number: "", tracking_url: trackingUrl, carrier: "", service: null, status: "", sub_status: "" },
    ...{ expected_on: null, expected_from: null, promised_on: null, delivered_on: null, expected: "", days_late: null },
    ...{
      status_text: "",
      expected_short: "",
      reason: "",
      next_update: "",
      last_place: "",
      origin_place: "",
      destination_place: "",
    },
    ...{ step: 0, index: 1, count: 0, items: [] },
  };
}
