import type { ShopTx } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { chooseThreshold, type ScoredOutcome } from "./choose-threshold.ts";
import { readDay } from "./civil-day.ts";
import type { Thresholds } from "./detect-trouble.ts";
import type { FirstSaid } from "./foresee-parcel.ts";
import { readJourney } from "./journey.ts";
import { localMoment } from "./local-moment.ts";
import type { Holidays } from "./law.ts";
import { type ParcelFate, peakOutcomes } from "./parcel-outcomes.ts";
import { promiseByRule } from "./promise-rule.ts";

/** Of each flag this share is to be right. */
const WANTED: Readonly<Record<keyof Chosen, number>> = {
  delayProbability: 0.7,
  silenceTail: 0.5,
  labelTail: 0.5,
  lostProbability: 0.5,
  unfulfilledDays: 0.5,
};

/** Whatever the history says: on one side most flags would be noise, on the other they would come too late. */
const BOUNDS: Readonly<Record<keyof Chosen, readonly [lowest: number, highest: number]>> = {
  delayProbability: [0.3, 0.9],
  silenceTail: [0.001, 0.05],
  labelTail: [0.001, 0.05],
  lostProbability: [0.3, 0.9],
  unfulfilledDays: [0, 5],
};

/** Thresholds that the shop's own history has chosen; those of which it says too little are absent. */
export type Chosen = Partial<Omit<Thresholds, "lostWaitingShare">>;

/** The newest parcels and orders, of which nearly all have a known fate. */
const MOST_OUTCOMES = 2_000;
const FATE_AFTER_MS = 30 * 86_400_000;

interface History {
  shopId: string;
  now: Date;
  holidays: Holidays;
}

/** Chooses every detector's threshold from the shop's own parcels and orders. */
export async function chooseThresholds(tx: ShopTx, history: History): Promise<Chosen> {
  const { label, silence, lost } = peakOutcomes(await readFates(tx, history));
  const improbable = (score: number): number => 1 - score;
  return {
    ...choose("delayProbability", await readLateOutcomes(tx, history.shopId)),
    ...choose("silenceTail", silence, improbable),
    ...choose("labelTail", label, improbable),
    ...choose("lostProbability", lost),
    // A flag comes on the day after so many days over: one day over is none to wait for.
    ...choose("unfulfilledDays", await readShippingOutcomes(tx, history), (days) => days - 1),
  };
}

function choose(
  name: keyof Chosen,
  outcomes: readonly ScoredOutcome[],
  toThreshold = (score: number) => score,
): Chosen {
  const chosen = chooseThreshold(outcomes, WANTED[name]);
  if (!chosen) return {};
  const [lowest, highest] = BOUNDS[name];
  return { [name]: Math.min(highest, Math.max(lowest, toThreshold(chosen.threshold))) };
}

/** How sure of a delay we were at most before the promise passed, and whether it was missed. */
function readLateOutcomes(tx: ShopTx, shopId: string): Promise<ScoredOutcome[]> {
  return tx.$queryRaw`
    SELECT peak_late AS score,
      COALESCE((journey ->> 'attempt')::int > (first_said ->> 'promiseDay')::int, true) AS "right"
    FROM parcel_forecast WHERE shop_id = ${shopId} AND peak_late IS NOT NULL AND scored_at IS NOT NULL
    ORDER BY scored_at DESC LIMIT ${MOST_OUTCOMES}`;
}

async function readFates(tx: ShopTx, { shopId, now }: History): Promise<ParcelFate[]> {
  const before = new Date(now.getTime() - FATE_AFTER_MS).toISOString();
  const rows = await tx.$queryRaw<(Omit<ParcelFate, "journey" | "promiseDay"> & Record<string, unknown>)[]>`
    SELECT peak_label AS "peakLabel", peak_silence AS "peakSilence", peak_lost AS "peakLost", journey,
      promised_on AS "promisedOn", first_said AS "firstSaid"
    FROM parcel_forecast WHERE shop_id = ${shopId} AND created_at <= ${before}::timestamptz
      AND (peak_label IS NOT NULL OR peak_silence IS NOT NULL OR peak_lost IS NOT NULL)
    ORDER BY created_at DESC LIMIT ${MOST_OUTCOMES}`;
  return rows.map(({ journey, promisedOn, firstSaid, ...peaks }) => ({
    ...peaks,
    journey: readJourney(journey),
    promiseDay:
      typeof promisedOn === "string" ? readDay(promisedOn) : ((firstSaid as FirstSaid | null)?.promiseDay ?? null),
  }));
}

interface ShippedOrder {
  placedAt: Date;
  shippedAt: Date;
  countryCode: string | null;
  provinceCode: string | null;
  shippingTitle: string | null;
  shopZone: string | null;
  shopCountry: string | null;
  missed: boolean;
}

/** How many days after its last day an order shipped, and whether its promise was missed. */
async function readShippingOutcomes(tx: ShopTx, { shopId, now, holidays }: History): Promise<ScoredOutcome[]> {
  const { promise } = await loadSettings(tx, shopId);
  const before = new Date(now.getTime() - FATE_AFTER_MS).toISOString();
  const orders = await tx.$queryRaw<ShippedOrder[]>`
    SELECT o.placed_at AS "placedAt", f.shipped AS "shippedAt", o.country_code AS "countryCode",
      o.province_code AS "provinceCode", o.shipping_title AS "shippingTitle", h.timezone AS "shopZone",
      h.country_code AS "shopCountry", COALESCE(f.attempt > (o.promised_on::date - '1970-01-01'::date), true) AS missed
    FROM (SELECT * FROM orders WHERE shop_id = ${shopId} AND placed_at <= ${before}::timestamptz
        AND promised_on IS NOT NULL AND cancelled_at IS NULL AND redacted_at IS NULL AND requires_shipping
      ORDER BY placed_at DESC LIMIT ${MOST_OUTCOMES}) o
      JOIN shop h ON h.id = o.shop_id
      JOIN LATERAL (SELECT min(u.fulfilled_at) AS shipped, max((p.journey ->> 'attempt')::int) AS attempt
        FROM fulfillment u JOIN shipment s ON s.shop_id = u.shop_id AND s.fulfillment_id = u.id
          JOIN parcel_forecast p ON p.shop_id = s.shop_id AND p.shipment_id = s.id
        WHERE u.shop_id = o.shop_id AND u.order_id = o.id) f ON f.shipped IS NOT NULL`;
  return orders.flatMap(({ placedAt, shippedAt, shopZone, shopCountry, shippingTitle, missed, ...to }) => {
    const zone = shopZone ?? "UTC";
    const placed = localMoment(zone, placedAt);
    const place = { country: to.countryCode, region: to.provinceCode };
    const rule = promiseByRule(promise, { ...place, placed, shopCountry, shippingTitle }, holidays);
    const over = rule ? localMoment(zone, shippedAt).day - rule.shipDay : 0;
    return over > 0 ? [{ score: over, right: missed }] : [];
  });
}
