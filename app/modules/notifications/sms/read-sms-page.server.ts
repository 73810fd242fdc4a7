import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { closedReasonOf, type SmsAccountView, type SmsClosedReason, whatsappPriceOf } from "./sms-account.ts";
import { hookUrl, openSmsAccount, readSmsAccount } from "./sms-account-store.server.ts";
import {
  billedCountry,
  type CostEstimate,
  estimateCost,
  PRICE_CURRENCY,
  priceOf,
  PRICES_AS_OF,
  TEXTS_PER_ORDER,
  writePrice,
} from "./sms-prices.ts";

export interface SmsCountry {
  country: string;
  /** Orders of the last thirty days. */
  orders: number;
  /** Null where the list has no price: texts do not go there. */
  estimate: CostEstimate | null;
  accepted: boolean;
  /** What a WhatsApp message costs there, as it is typed; empty where nobody has said. */
  whatsapp: string;
}

export interface SmsMonth {
  texts: number;
  failed: number;
  /** Millionths of each currency, as Twilio has charged so far. */
  costs: { currency: string; micros: number }[];
}

export interface SmsPage {
  account: SmsAccountView | null;
  closed: SmsClosedReason | null;
  /** Where answers have to be posted; null without an account, or when its secrets can no longer be read. */
  hookUrl: string | null;
  countries: SmsCountry[];
  /** Of which month the prices are, in which currency, and for how many texts of an order a month is counted. */
  prices: { asOf: string; currency: string; textsPerOrder: number };
  month: SmsMonth;
}

const DAY_MS = 86_400_000;
/** Countries of that long count as served. */
const SERVED_DAYS = 365;
const VOLUME_DAYS = 30;
const MAX_COUNTRIES = 100;

/** Where the shop ships to: countries of a year's orders, and its own. The most frequent come first. */
export async function servedCountries(
  tx: ShopTx,
  { shopId, now }: { shopId: string; now: Date },
): Promise<{ country: string; orders: number }[]> {
  const since = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const rows = await tx.$queryRaw<{ country: string; orders: number }[]>`
    SELECT country_code AS country, (count(*) FILTER (WHERE placed_at >= ${since(VOLUME_DAYS)}))::int AS orders
    FROM orders WHERE shop_id = ${shopId} AND country_code ~ '^[A-Z]{2}$' AND placed_at >= ${since(SERVED_DAYS)}
    GROUP BY country_code ORDER BY 2 DESC, 1 LIMIT ${MAX_COUNTRIES}`;
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { countryCode: true } });
  const own = shop.countryCode;
  const all = own && !rows.some(({ country }) => country === own) ? [...rows, { country: own, orders: 0 }] : rows;
  const billed = new Map<string, number>();
  for (const { country, orders } of all) {
    const payer = billedCountry(country);
    billed.set(payer, (billed.get(payer) ?? 0) + orders);
  }
  return [...billed].map(([country, orders]) => ({ country, orders }));
}

/** Everything that the page about texts shows. */
export async function readSmsPage(
  tx: ShopTx,
  { keys, env }: { keys: KeyRing; env: { SHOPIFY_APP_URL: string } },
  { shopId, now }: { shopId: string; now: Date },
): Promise<SmsPage> {
  const account = await readSmsAccount(tx, shopId);
  const opened = account ? await openSmsAccount(tx, keys, shopId) : null;
  const served = await servedCountries(tx, { shopId, now });
  const accepted = account?.prices?.microsByCountry ?? {};
  return {
    ...{ account, closed: closedReasonOf(account), hookUrl: opened ? hookUrl(env, opened.hookToken) : null },
    countries: served.map(({ country, orders }) => ({
      ...{ country, orders, estimate: estimateCost({ country, orders }) },
      accepted: country in accepted && accepted[country] === priceOf(country),
      whatsapp: typedPrice(account, country),
    })),
    prices: { asOf: PRICES_AS_OF, currency: PRICE_CURRENCY, textsPerOrder: TEXTS_PER_ORDER },
    month: await readMonth(tx, { shopId, now }),
  };
}

function typedPrice(account: SmsAccountView | null, country: string): string {
  const micros = account && whatsappPriceOf(account.options, country);
  return micros === null ? "" : writePrice(micros);
}

async function readMonth(tx: ShopTx, { shopId, now }: { shopId: string; now: Date }): Promise<SmsMonth> {
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const rows = await tx.$queryRaw<{ currency: string | null; texts: number; failed: number; micros: number }[]>`
    SELECT cost_currency AS currency, count(*)::int AS texts,
      (count(*) FILTER (WHERE delivery = 'failed'))::int AS failed, coalesce(sum(cost_micros), 0)::float8 AS micros
    FROM notification
    WHERE shop_id = ${shopId} AND channel IN ('sms', 'whatsapp') AND state = 'sent' AND sent_at >= ${since}
    GROUP BY cost_currency`;
  return {
    texts: rows.reduce((sum, { texts }) => sum + texts, 0),
    failed: rows.reduce((sum, { failed }) => sum + failed, 0),
    costs: rows.flatMap(({ currency, micros }) => (currency === null ? [] : [{ currency, micros }])),
  };
}
