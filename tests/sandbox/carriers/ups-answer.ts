import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import type { Place, SandboxParcel, Scan } from "../world/parcel.ts";
import { UPS_STATUSES, upsActivity, upsLocal } from "./ups-activities.ts";

/** `GET /api/track/v1/details/{number}` for a number UPS knows nothing about: a warning inside HTTP 200. */
export function upsNotFound(inquiryNumber: string): unknown {
  const warnings = [{ code: "TW0001", message: "Tracking Information Not Found" }];
  return { trackResponse: { shipment: [{ inquiryNumber, warnings }] } };
}

/** The whole tracking answer: one shipment with every piece that UPS knows, activities newest first. */
export function upsAnswer(world: World, parcel: SandboxParcel): unknown {
  const numbers = parcel.pieces ?? [parcel.trackingNumber];
  const others = numbers.filter((number) => number !== parcel.trackingNumber);
  const pieces = [parcel, ...others.map((number) => world.parcel(number)).filter((piece) => piece !== null)];
  const known = pieces.filter((piece) => world.scans(piece.trackingNumber).length > 0);
  if (!known.includes(parcel)) return upsNotFound(parcel.trackingNumber);
  return {
    trackResponse: {
      shipment: [
        {
          inquiryNumber: parcel.trackingNumber,
          package: known.map((piece) => upsPackage(world, piece, numbers.length)),
        },
      ],
    },
  };
}

function upsPackage(world: World, parcel: SandboxParcel, packageCount: number): unknown {
  const scans = world.scans(parcel.trackingNumber);
  const newest = scans.at(-1);
  return {
    trackingNumber: parcel.trackingNumber,
    ...deliveryFields(world, parcel, scans),
    activity: scans.toReversed().map(upsActivity),
    currentStatus: newest === undefined ? undefined : currentStatus(newest),
    packageAddress: [packageAddress("ORIGIN", parcel.origin), packageAddress("DESTINATION", parcel.destination)],
    weight: { unitOfMeasurement: "LBS", weight: "2.00" },
    service: serviceOf(parcel),
    packageCount,
  };
}

/** What the shop pays for: by lane, and quicker for who paid more. */
function serviceOf({ destination, origin, express = false }: SandboxParcel): unknown {
  if (destination.country === origin.country)
    return express
      ? { code: "515", levelCode: "002", description: "UPS 2nd Day Air" }
      : { code: "518", levelCode: "003", description: "UPS Ground" };
  return destination.country === "CA"
    ? { code: "011", levelCode: "011", description: "UPS Standard" }
    : { code: "008", levelCode: "008", description: "UPS Worldwide Expedited" };
}

function currentStatus(scan: Scan): unknown {
  const status = UPS_STATUSES[scan.kind];
  return { code: status.statusCode, description: status.description.trim(), simplifiedTextDescription: status.simple };
}

/** Dates without a zone, as UPS sends them: `SDD` promised, `RDD` moved, `DEL` done. */
function deliveryFields(world: World, parcel: SandboxParcel, scans: readonly Scan[]): Record<string, unknown> {
  const delivered = scans.findLast((scan) => UPS_STATUSES[scan.kind].type === "D");
  if (delivered !== undefined) {
    const { date, time } = upsLocal(delivered);
    return { deliveryDate: [{ type: "DEL", date }], deliveryTime: { type: "DEL", endTime: time } };
  }
  const arrival = arrivalOf(parcel, world.clock.now());
  if (arrival === null) return { deliveryDate: [] };
  const compact = (date: string) => date.replaceAll("-", "");
  const promised = { type: "SDD", date: compact(arrival.promisedOn) };
  const moved = { type: "RDD", date: compact(arrival.expectedOn) };
  return {
    deliveryDate: arrival.rescheduled ? [promised, moved] : [promised],
    deliveryTime: { type: "EOD", endTime: "210000" },
  };
}

function packageAddress(type: "ORIGIN" | "DESTINATION", place: Place): unknown {
  const { city, region, zip, country } = place;
  return { type, address: { city, stateProvince: region, postalCode: zip, countryCode: country, country } };
}
