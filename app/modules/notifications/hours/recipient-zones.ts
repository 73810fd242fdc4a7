import { destinationZones, knownZone } from "#app/modules/shipments/destination-zone.ts";
import type { RecipientPlace } from "../decision-book.ts";

/**
 * Every clock that may be the recipient's: by the delivery address first, then by the country of the phone where that has
 * one clock only (a number of the United States says nothing about its owner's clock), then the shop's own.
 */
export function recipientZones(place: RecipientPlace): readonly string[] {
  const byAddress = destinationZones(place);
  if (byAddress.length > 0) return byAddress;
  const byPhone = destinationZones({ countryCode: place.phoneCountry, provinceCode: null, postalCode: null });
  if (byPhone.length === 1) return byPhone;
  return [knownZone(place.shopZone) ?? "UTC"];
}
