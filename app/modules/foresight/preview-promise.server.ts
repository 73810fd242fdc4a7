import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShopSettings } from "#app/modules/shops/settings.ts";
import { writeDay } from "./civil-day.ts";
import { dateBeforePurchase } from "./date-before-purchase.ts";
import type { DateWindow } from "./forecast-view.ts";
import type { LawBook } from "./law-book.server.ts";
import { localMoment } from "./local-moment.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { promiseByRule, rulesOf } from "./promise-rule.ts";

/** A place that the shop has shipped to, as an example in Settings: town and country, never a street. */
export interface ExamplePlace {
  country: string;
  region: string | null;
  city: string | null;
  zip: string | null;
  shippingTitle: string | null;
  carrier: string | null;
}

/** What an order placed now would be told; all dates civil, at the destination but for the shop's own cut-off. */
export type PromisePreview =
  | { kind: "never_ships" }
  | {
      kind: "promised";
      shipOn: string;
      promisedOn: string;
      /** 8 of 10 such parcels arrive in it. */
      window: DateWindow;
      byOn: string;
      cutOffOn: string;
      minutesToCutOff: number;
    };

/** Orders that are looked through for examples. */
const LOOKED_THROUGH = 500;
const MOST_PLACES = 12;

/** The newest place of each country among the latest orders, with what it was sent by; the newest country first. */
export async function listExamplePlaces(tx: ShopTx, shopId: string): Promise<ExamplePlace[]> {
  return tx.$queryRaw<ExamplePlace[]>`
    SELECT country, region, city, zip, "shippingTitle", (
      SELECT s.carrier FROM shipment s WHERE s.shop_id = ${shopId} AND s.order_id = o.id ORDER BY s.id LIMIT 1) AS carrier
    FROM (
      SELECT DISTINCT ON (r.country_code) r.id, r.placed_at, r.country_code AS country, r.province_code AS region, r.city,
        left(r.postal_code, 5) AS zip, r.shipping_title AS "shippingTitle"
      FROM (SELECT * FROM orders WHERE shop_id = ${shopId} ORDER BY placed_at DESC, id LIMIT ${LOOKED_THROUGH}) r
      WHERE r.country_code IS NOT NULL AND r.redacted_at IS NULL ORDER BY r.country_code, r.placed_at DESC, r.id
    ) o ORDER BY o.placed_at DESC, o.id LIMIT ${MOST_PLACES}`;
}

export interface PreviewInput {
  shopId: string;
  promise: ShopSettings["promise"];
  place: ExamplePlace;
}

/** What the rules promise an order that is placed now, and when it is expected, by what the shop has learnt. */
export async function previewPromise(
  tx: ShopTx,
  { laws, clock }: { laws: LawBook; clock: Clock },
  { shopId, promise, place }: PreviewInput,
): Promise<PromisePreview> {
  const shop = await tx.shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { timezone: true, countryCode: true },
  });
  const placed = localMoment(shop.timezone ?? "UTC", clock.now());
  const { model, holidays } = await laws.of(tx, shopId, placed.day);
  const rules = rulesOf(promise);
  const { country, region, shippingTitle } = place;
  const rule = promiseByRule(
    promise,
    { placed, shopCountry: shop.countryCode, country, region, shippingTitle },
    holidays,
  );
  const date = dateBeforePurchase(model, { now: placed, rules, facts: factsOf(place, shop.countryCode) });
  if (!rule || !date) return { kind: "never_ships" };
  return {
    kind: "promised",
    shipOn: writeDay(date.shipDay),
    promisedOn: writeDay(rule.promiseDay),
    window: { from: writeDay(date.window.from), to: writeDay(date.window.to) },
    byOn: writeDay(date.byDay),
    cutOffOn: writeDay(date.cutOff.day),
    minutesToCutOff: date.minutesToCutOff,
  };
}

function factsOf(
  { country, region, zip, shippingTitle, carrier }: ExamplePlace,
  shopCountry: string | null,
): ParcelFacts {
  return {
    ...{ carrier, service: null, stage: "accepted", since: { day: 0, hour: 0 } },
    origin: { country: shopCountry, region: null, zip: null },
    destination: { country, region, zip },
    ...{ shipFrom: null, distanceKm: null, shippingOption: shippingTitle?.slice(0, 80) ?? null },
    ...{ items: 1, standardDays: null, standardFrom: null, onTime: null, carrierDay: null },
  };
}
