import { Temporal } from "temporal-polyfill";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import { decimal } from "#tests/sandbox/shopify/order-amounts.ts";
import type { AddressRecord } from "#tests/sandbox/shopify/store-records.ts";

export const restId = (gid: string): bigint => BigInt(legacyId(gid));

/** REST bodies carry the shop's own offset and whole seconds. */
export function restTime(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(timeZone)
    .toString({ timeZoneName: "never", smallestUnit: "second" });
}

export const restTimeOrNull = (instant: string | null, timeZone: string): string | null =>
  instant === null ? null : restTime(instant, timeZone);

export function moneySet(cents: number, currency: string) {
  const money = { amount: decimal(cents), currency_code: currency };
  return { shop_money: money, presentment_money: { ...money } };
}

export function restAddress(address: AddressRecord) {
  return {
    first_name: address.firstName,
    address1: address.address1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: address.province,
    country: address.country,
    last_name: address.lastName,
    address2: address.address2,
    company: address.company,
    latitude: address.latitude,
    longitude: address.longitude,
    name: `${address.firstName} ${address.lastName}`,
    country_code: address.countryCode,
    province_code: address.provinceCode,
  };
}
