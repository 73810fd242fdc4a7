import type { Locale } from "#app/lib/i18n.ts";

/** Texts that cost alike: one event, one language, one country. */
export interface TextGroup {
  kind: string;
  channel: "sms" | "whatsapp";
  locale: Locale;
  /** Of the number; null where it cannot be read. */
  countryCode: string | null;
  count: number;
  /** How many of them are the first to their person, which is longer: it says who writes, and how to stop. */
  first: number;
}

export interface PriceTable {
  /** `list`: nobody has said yes to a price yet. */
  basis: "accepted" | "list";
  /** Month of the list, `YYYY-MM`. */
  asOf: string;
  currency: string;
  /** Millionths for one part; null where texts do not go. */
  priceOf(country: string): number | null;
  /** Millionths for one WhatsApp message, however long it is; null where the merchant has not said what it costs. */
  whatsappOf(country: string): number | null;
  /** The list has a price, whether anybody has accepted it or not. */
  isListed(country: string): boolean;
}

/** Why some texts have no price: the country is not in the list, not accepted, or nobody has said what WhatsApp costs there. */
export type NoPriceReason = "no_price" | "not_accepted" | "whatsapp";

export interface TextSum {
  texts: number;
  /** Parts that are paid for. */
  segments: number;
  /** Millionths of the currency's unit. */
  micros: number;
}

export interface TextCost extends Pick<PriceTable, "basis" | "asOf" | "currency"> {
  total: TextSum;
  byKind: (TextSum & { kind: string; unpriced: number })[];
  unpriced: { reason: NoPriceReason; countryCode: string | null; texts: number }[];
}

/** Parts of one text of a kind in a language. */
export type SegmentsOf = (text: Pick<TextGroup, "kind" | "locale"> & { first: boolean }) => number;

/** What texts cost, by event and as a whole. Those without a price are counted by themselves, never as nothing. */
export function priceTexts(groups: readonly TextGroup[], segmentsOf: SegmentsOf, prices: PriceTable): TextCost {
  const byKind = new Map<string, TextCost["byKind"][number]>();
  const unpriced = new Map<string, TextCost["unpriced"][number]>();
  const total = { texts: 0, segments: 0, micros: 0 };
  for (const group of groups) {
    const { kind, channel, locale, countryCode, count, first } = group;
    const sum = byKind.get(kind) ?? { kind, texts: 0, segments: 0, micros: 0, unpriced: 0 };
    byKind.set(kind, sum);
    const price = priceOf(group, prices);
    if (typeof price === "string") {
      const key = `${price} ${price === "whatsapp" ? "" : countryCode}`;
      const found = unpriced.get(key) ?? {
        reason: price,
        countryCode: price === "whatsapp" ? null : countryCode,
        texts: 0,
      };
      unpriced.set(key, { ...found, texts: found.texts + count });
      sum.unpriced += count;
      continue;
    }
    const of = (isFirst: boolean) => (channel === "whatsapp" ? 1 : segmentsOf({ kind, locale, first: isFirst }));
    const segments = (first > 0 ? first * of(true) : 0) + (count > first ? (count - first) * of(false) : 0);
    for (const one of [sum, total]) {
      one.texts += count;
      one.segments += segments;
      one.micros += segments * price;
    }
  }
  const { basis, asOf, currency } = prices;
  const byTexts = (left: { texts: number }, right: { texts: number }) => right.texts - left.texts;
  return {
    ...{ basis, asOf, currency, total },
    byKind: [...byKind.values()].sort((left, right) => right.micros - left.micros || compare(left.kind, right.kind)),
    unpriced: [...unpriced.values()].sort(
      (left, right) => byTexts(left, right) || compare(left.countryCode ?? "", right.countryCode ?? ""),
    ),
  };
}

function priceOf({ channel, countryCode }: TextGroup, prices: PriceTable): number | NoPriceReason {
  if (channel === "whatsapp") return (countryCode === null ? null : prices.whatsappOf(countryCode)) ?? "whatsapp";
  if (countryCode === null) return "no_price";
  return prices.priceOf(countryCode) ?? (prices.isListed(countryCode) ? "not_accepted" : "no_price");
}

/** The same order on every machine. */
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
