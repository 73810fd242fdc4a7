import { destinationZone, probableZone } from "#app/modules/shipments/destination-zone.ts";
import type { OrderSituation, ParcelScan, ParcelSituation } from "../situation.ts";
import type { Muted } from "./mutes.server.ts";
import type { OrderRow } from "./order-rows.server.ts";
import { outlookOf, type ParcelRow } from "./parcel-rows.server.ts";

/** The order as decisions see it. */
export function toOrder(row: OrderRow, seen: OrderSituation["recipient"], muted: boolean): OrderSituation {
  const { id, placedAt, cancelledAt, unfulfilledSince, countryCode, provinceCode, postalCode, tags, locale } = row;
  return {
    ...{ id, placedAt, cancelledAt, unfulfilledSince, countryCode, provinceCode, postalCode, tags, locale, muted },
    importedAt: row.origin === "import" ? row.createdAt : null,
    completelyFulfilled: row.fulfillmentStatus?.toLowerCase() === "fulfilled",
    customerTags: row.customerTags,
    productTags: row.productTags ?? [],
    totalMinor: Number(row.totalMinor),
    shippingOption: row.shippingTitle,
    firstOrder: !row.hasEarlier,
    recipient: seen,
  };
}

/** The parcel as decisions see it, with the scans that were read. */
export function toParcel(
  row: ParcelRow,
  { order, scans, muted }: { order: OrderRow; scans: readonly ParcelScan[]; muted: Muted },
): ParcelSituation {
  const { id, status, subStatus, carrier, service } = row;
  return {
    ...{ id, status, subStatus, carrier, service, scans },
    active: row.lifecycle === "active",
    muted: muted.has(`parcel\n${id}`),
    createdAt: row.shippedAt ?? row.createdAt,
    zone: destinationZone(order.countryCode, order.provinceCode) ?? probableZone(order.countryCode),
    forecast: outlookOf(row, order.promisedOn),
  };
}
