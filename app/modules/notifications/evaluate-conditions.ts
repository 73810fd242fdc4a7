import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { daysBetween, localDay } from "./local-day.ts";
import type { Condition, EventRules, MessageRule } from "./message-rules.ts";
import { type Occasion, parcelsOf } from "./occasion.ts";
import type { ParcelScan, ParcelSituation, Situation } from "./situation.ts";

/** The first of the merchant's rules that is on and whose conditions all hold; null when the event's own settings count. */
export function chooseRule(event: EventRules, about: Pick<Occasion, "parcel" | "situation">): MessageRule | null {
  return event.rules.find((rule) => rule.on && rule.when.every((condition) => holds(condition, about))) ?? null;
}

/**
 * Whether a condition holds for what a message is about. Of a message about the whole order, what is asked of a parcel
 * is asked of each, and one is enough. What is not known meets no condition, except those that say what it must not be.
 */
export function holds(condition: Condition, about: Pick<Occasion, "parcel" | "situation">): boolean {
  const { situation } = about;
  const { order } = situation;
  switch (condition.field) {
    case "destination":
      return isAmong(condition, order.countryCode === null ? [] : [order.countryCode]);
    case "international":
      return isInternational(situation) === condition.is;
    case "shipping_option":
      return mentions(condition, order.shippingOption);
    case "order_tag":
      return isAmong(condition, order.tags);
    case "customer_tag":
      return isAmong(condition, order.customerTags);
    case "product_tag":
      return isAmong(condition, order.productTags);
    case "order_value":
      return compares(condition, order.totalMinor);
    case "split_order":
      return isSplit(situation) === condition.is;
    case "first_order":
      return order.firstOrder === condition.is;
    default:
      return parcelsOf(about).some((parcel) => holdsForParcel(condition, parcel, situation));
  }
}

type ParcelCondition = Extract<
  Condition,
  { field: "carrier" | "service" | "days_late" | "days_in_transit" | "days_silent" | "sub_status" | "first_parcel" }
>;

function holdsForParcel(condition: ParcelCondition, parcel: ParcelSituation, situation: Situation): boolean {
  switch (condition.field) {
    case "carrier":
      return isAmong(condition, parcel.carrier === null ? [] : [parcel.carrier]);
    case "service":
      return mentions(condition, parcel.service);
    case "sub_status":
      return isAmong(condition, parcel.subStatus === null ? [] : [parcel.subStatus]);
    case "first_parcel":
      return (firstParcel(situation) === parcel.id) === condition.is;
    case "days_late":
      return compares(condition, daysLate(parcel, situation));
    case "days_in_transit":
      return compares(condition, daysInTransit(parcel, situation.now));
    case "days_silent":
      return compares(condition, daysSilent(parcel, situation.now));
  }
}

/** Several parcels that were not taken back. */
export function isSplit({ parcels }: Pick<Situation, "parcels">): boolean {
  return parcels.filter(({ active }) => active).length > 1;
}

const firstParcel = ({ parcels }: Situation): string | undefined => parcels.find(({ active }) => active)?.id;

function isInternational({ shop, order }: Situation): boolean | null {
  return shop.countryCode === null || order.countryCode === null ? null : shop.countryCode !== order.countryCode;
}

function isAmong(condition: { is: "any_of" | "none_of"; values: readonly string[] }, own: readonly string[]): boolean {
  const wanted = new Set(condition.values.map(plain));
  return own.some((value) => wanted.has(plain(value))) === (condition.is === "any_of");
}

function mentions(condition: { is: "contains" | "contains_not"; values: readonly string[] }, own: string | null) {
  const text = plain(own ?? "");
  return condition.values.some((value) => text.includes(plain(value))) === (condition.is === "contains");
}

function compares(condition: { is: "at_least" | "below"; value: number }, own: number | null): boolean {
  if (own === null) return false;
  return condition.is === "at_least" ? own >= condition.value : own < condition.value;
}

const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** Days by which the promise has passed: until the first attempt, or until now. */
function daysLate(parcel: ParcelSituation, { now, shop }: Situation): number | null {
  const promisedOn = parcel.forecast?.promisedOn ?? null;
  if (promisedOn === null) return null;
  const attempt = earliest(parcel.scans, ["delivered", "delivery_attempted", "available_for_pickup"]);
  const day = attempt?.localTime?.slice(0, 10) ?? localDay(timeOf(attempt) ?? now, parcel.zone ?? shop.zone);
  return Math.max(0, daysBetween(promisedOn, day));
}

function daysInTransit(parcel: ParcelSituation, now: Date): number | null {
  const start = timeOf(earliest(parcel.scans, ["in_transit"]));
  const end = timeOf(earliest(parcel.scans, ["delivered"])) ?? now;
  return start === null ? null : wholeDays(start, end);
}

function daysSilent(parcel: ParcelSituation, now: Date): number {
  const heard = parcel.scans.map((scan) => (timeOf(scan) ?? scan.receivedAt).getTime());
  return wholeDays(new Date(Math.max(parcel.createdAt.getTime(), ...heard)), now);
}

const wholeDays = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / 86_400_000));

const timeOf = (scan: ParcelScan | null): Date | null => (scan ? (scan.occurredAt ?? scan.receivedAt) : null);

function earliest(scans: readonly ParcelScan[], statuses: readonly ShipmentStatus[]): ParcelScan | null {
  return scans
    .filter(({ status }) => statuses.includes(status))
    .reduce<ParcelScan | null>((first, scan) => {
      const [time, best] = [timeOf(scan), timeOf(first)];
      return best === null || (time !== null && time < best) ? scan : first;
    }, null);
}
