import { shortToken } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Locale } from "#app/lib/i18n.ts";
import { proxyUrl, type StorefrontAddress } from "#app/modules/shops/storefront-address.ts";
import { segmentsOf } from "../sms/count-segments.ts";
import { dressText } from "../sms/opt-out-texts.ts";
import { priceTexts, type PriceTable, type TextCost, type TextGroup } from "../sms/price-texts.ts";
import {
  closedReasonOf,
  isAnswerable,
  type SmsAccountView,
  type SmsClosedReason,
  whatsappPriceOf,
} from "../sms/sms-account.ts";
import { readSmsAccount } from "../sms/sms-account-store.server.ts";
import { billedCountry, PRICE_CURRENCY, priceOf, PRICES_AS_OF } from "../sms/sms-prices.ts";
import { readTemplate } from "../template-store.server.ts";
import { firstSampleOf } from "../templates/first-sample.ts";
import { loadPreview } from "../templates/load-preview.server.ts";
import { withLinks } from "../templates/mail-links.ts";
import { produceText } from "../templates/produce-text.ts";
import type { RenderDeps } from "../templates/render-deps.ts";

/** What the texts of a rehearsal cost, and what keeps texts from going out at all today. */
export interface RehearsedCost extends TextCost {
  closed: SmsClosedReason | null;
}

interface Wanted {
  shopId: string;
  /** The end of the rehearsal: the day that the samples are of, so that they are the same whenever they are counted. */
  at: Date;
  texts: readonly TextGroup[];
}

export type PriceTexts = (tx: ShopTx, wanted: Wanted) => Promise<RehearsedCost>;

/**
 * Counts the parts of every event's text as it stands now, in each language, with a made-up parcel; as the first to its
 * person and as a later one. Multiplies by what the merchant has accepted or, before that, by the list.
 */
export function createTextPricing(deps: RenderDeps): PriceTexts {
  return async (tx, { shopId, at, texts }) => {
    const account = await readSmsAccount(tx, shopId);
    const sizes = new Map<string, number>();
    for (const { kind, locale, channel } of texts) {
      if (channel === "whatsapp" || sizes.has(`${kind} ${locale} true`)) continue;
      const bodies = await sampleTexts({ ...deps, clock: { now: () => at } }, tx, { shopId, kind, locale, account });
      for (const first of [true, false]) {
        sizes.set(`${kind} ${locale} ${first}`, segmentsOf(first ? bodies.first : bodies.later).segments);
      }
    }
    const of = ({ kind, locale, first }: { kind: string; locale: Locale; first: boolean }) =>
      sizes.get(`${kind} ${locale} ${first}`) ?? 1;
    return { ...priceTexts(texts, of, tableOf(account)), closed: closedReasonOf(account) };
  };
}

function tableOf(account: SmsAccountView | null): PriceTable {
  const isListed = (country: string) => priceOf(country) !== null;
  const accepted = account?.prices;
  const whatsappOf = (country: string) => (account ? whatsappPriceOf(account.options, country) : null);
  if (!accepted) return { basis: "list", asOf: PRICES_AS_OF, currency: PRICE_CURRENCY, priceOf, whatsappOf, isListed };
  const { asOf, microsByCountry } = accepted;
  const own = (country: string) => microsByCountry[billedCountry(country)] ?? null;
  return { basis: "accepted", asOf, currency: PRICE_CURRENCY, priceOf: own, whatsappOf, isListed };
}

interface Sample {
  shopId: string;
  kind: string;
  locale: Locale;
  account: SmsAccountView | null;
}

/** The text as the first to its person and as a later one, with links as long as real ones are. */
async function sampleTexts(
  deps: RenderDeps,
  tx: ShopTx,
  { shopId, kind, locale, account }: Sample,
): Promise<{ first: string; later: string }> {
  const ground = await loadPreview(tx, deps, { shopId, kind, locale, sample: firstSampleOf(kind) });
  if (!ground) return { first: "", later: "" };
  const { document } = await readTemplate(tx, { shopId, kind, channel: "sms" });
  const { shop, settings, facts, world } = ground;
  const address: StorefrontAddress = {
    ...{ domain: shop.domain, proxyPath: settings.storefront.proxyPath, template: deps.storefrontTemplate },
  };
  const link = proxyUrl(address, `/go/${shortToken()}`);
  const linked = withLinks(facts, new Map([["track", link]]));
  const { body } = await produceText(deps.templates, { document, facts: linked, world, shopLocale: shop.locale });
  const first = dressText(body, {
    ...{ brand: facts.shop.name, locale, first: true },
    // Before there is an account nobody knows what texts will come from: most can be answered.
    answerable: account === null || isAnswerable(account.options),
    optOutUrl: link,
  });
  return { first, later: body };
}
