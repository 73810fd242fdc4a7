import type { ShopSettings } from "#app/modules/shops/settings.ts";
import { type Day, type LocalMoment, readDay, weekdayOf } from "./civil-day.ts";
import { lastShippingDay, type ShippingRules } from "./date-before-purchase.ts";
import type { Holidays } from "./law.ts";

export interface PromisedOrder {
  /** When it was placed, on the shop's clock. */
  placed: LocalMoment;
  shopCountry: string | null;
  country: string | null;
  region: string | null;
  shippingTitle: string | null;
}

/** Last days on which the order ships, and arrives, as the shop's rules say; null when they never ship. */
export interface RulePromise {
  shipDay: Day;
  promiseDay: Day;
}

type PromiseSettings = ShopSettings["promise"];

/** What the shop's rules promised an order when it was placed. Source: merchant-experience, 5.1. */
export function promiseByRule(settings: PromiseSettings, order: PromisedOrder, holidays: Holidays): RulePromise | null {
  const origin = { rules: rulesOf(settings), country: order.shopCountry, region: null, holidays };
  const shipDay = lastShippingDay(origin, order.placed);
  if (shipDay === null) return null;
  let promiseDay = shipDay;
  for (let left = transitDays(settings, order); left > 0; left -= 1) {
    do promiseDay += 1;
    while (!isWorkingDay(order, promiseDay, holidays));
  }
  return { shipDay, promiseDay };
}

/** The shop's settings as the core reads them. */
export function rulesOf({
  cutOffHour,
  processingDays,
  shipsOn,
  closedOn,
  collectionHour,
}: PromiseSettings): ShippingRules {
  return { cutOffHour, processingDays, shipsOn, closedOn: new Set(closedOn.map(readDay)), collectionHour };
}

/** Working days on the way that the rules promise. */
export function transitDays(
  { transit, domesticDays, foreignDays }: PromiseSettings,
  order: Pick<PromisedOrder, "country" | "shopCountry" | "shippingTitle">,
): number {
  const title = order.shippingTitle?.toLowerCase() ?? "";
  const rule = transit.find(
    ({ country, option }) =>
      (country === "*" || country === order.country) && (option === "" || title.includes(option.toLowerCase())),
  );
  if (rule) return rule.days;
  return order.country === null || order.country === order.shopCountry ? domesticDays : foreignDays;
}

function isWorkingDay({ country, region }: PromisedOrder, day: Day, holidays: Holidays): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && !holidays.isHoliday(country, region, day);
}
