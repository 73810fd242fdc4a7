import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import type { Place, SandboxParcel, Scan } from "../world/parcel.ts";
import { FEDEX_WORDS, fedexEvent, fedexTime } from "./fedex-words.ts";

/** The result for a number FedEx does not know: an error inside HTTP 200. */
export function fedexNotFound(trackingNumber: string): unknown {
  return {
    trackingNumber,
    trackResults: [
      {
        trackingNumberInfo: { trackingNumber, trackingNumberUniqueId: "", carrierCode: "" },
        error: {
          code: "TRACKING.TRACKINGNUMBER.NOTFOUND",
          message: "Tracking number cannot be found. Please correct the tracking number and try again.",
        },
      },
    ],
  };
}

/** One entry of `completeTrackResults[]`. Without detailed scans only the newest scan is told. */
export function fedexResult(world: World, parcel: SandboxParcel, detailed: boolean): unknown {
  const scans = world.scans(parcel.trackingNumber);
  const newest = scans.at(-1);
  if (newest === undefined) return fedexNotFound(parcel.trackingNumber);
  const { trackingNumber } = parcel;
  const pieces = parcel.pieces ?? [trackingNumber];
  const result = {
    trackingNumberInfo: {
      trackingNumber,
      trackingNumberUniqueId: `${Math.floor(Date.parse(parcel.createdAt) / 1000)}000~${trackingNumber}~FX`,
      carrierCode: "FDXE",
    },
    additionalTrackingInfo: { nickname: "", hasAssociatedShipments: pieces.length > 1 },
    shipperInformation: { contact: {}, address: fedexAddress(parcel.origin) },
    recipientInformation: { contact: {}, address: fedexAddress(parcel.destination) },
    latestStatusDetail: latestStatus(newest),
    dateAndTimes: datesAndTimes(world, parcel, scans),
    packageDetails: {
      packagingDescription: { type: "YOUR_PACKAGING", description: "Your Packaging" },
      sequenceNumber: String(pieces.indexOf(trackingNumber) + 1),
      count: String(pieces.length),
      weightAndDimensions: { weight: [{ value: "2.0", unit: "LB" }] },
    },
    shipmentDetails: { possessionStatus: newest.kind !== "label" },
    scanEvents: (detailed ? scans : [newest]).toReversed().map(fedexEvent),
    availableNotifications: ["ON_DELIVERY", "ON_EXCEPTION", "ON_ESTIMATED_DELIVERY"],
    deliveryDetails: { deliveryAttempts: String(scans.filter((scan) => scan.kind === "attempted").length) },
    serviceDetail: serviceOf(parcel),
    ...windows(world, parcel),
    returnDetail: {},
  };
  return { trackingNumber, trackResults: [result] };
}

/** What the shop pays for: by lane, and quicker for who paid more. */
function serviceOf({ destination, origin, express = false }: SandboxParcel): unknown {
  if (destination.country !== origin.country)
    return { type: "INTERNATIONAL_ECONOMY", description: "FedEx International Economy", shortDescription: "IE" };
  return express
    ? { type: "FEDEX_2_DAY", description: "FedEx 2Day", shortDescription: "2D" }
    : { type: "FEDEX_GROUND", description: "FedEx Ground", shortDescription: "FG" };
}

function fedexAddress({ city, region, country }: Place): unknown {
  return { city, stateOrProvinceCode: region, countryCode: country, residential: false, countryName: country };
}

function latestStatus(scan: Scan): unknown {
  const words = FEDEX_WORDS[scan.kind];
  return {
    code: words.eventType,
    ...words.latest,
    description: words.eventDescription,
    scanLocation: scan.kind === "label" ? { residential: false } : fedexAddress(scan.place),
    ...(words.exceptionCode === undefined
      ? {}
      : { ancillaryDetails: [{ reason: words.exceptionCode, reasonDescription: words.exceptionDescription }] }),
    ...(scan.kind === "weather_delay" ? { delayDetail: { status: "DELAYED", type: "WEATHER" } } : {}),
  };
}

/** FedEx writes civil dates as midnight at -06:00 wherever the parcel is; that trap is kept. */
const civilDate = (date: string) => `${date}T00:00:00-06:00`;

function datesAndTimes(world: World, parcel: SandboxParcel, scans: readonly Scan[]): unknown[] {
  const accepted = scans.find((scan) => scan.kind === "accepted");
  const delivered = scans.findLast((scan) => FEDEX_WORDS[scan.kind].eventType === "DL");
  const arrival = arrivalOf(parcel, world.clock.now());
  const entries = [{ type: "SHIP", dateTime: civilDate(scans[0]?.local.slice(0, 10) ?? "") }];
  if (accepted !== undefined) {
    entries.unshift({ type: "ACTUAL_PICKUP", dateTime: fedexTime(accepted) });
    entries.push({ type: "ACTUAL_TENDER", dateTime: fedexTime(accepted) });
  }
  if (arrival !== null) entries.push({ type: "COMMITMENT", dateTime: civilDate(arrival.promisedOn) });
  if (delivered !== undefined) entries.unshift({ type: "ACTUAL_DELIVERY", dateTime: fedexTime(delivered) });
  else if (arrival !== null) entries.push({ type: "ESTIMATED_DELIVERY", dateTime: civilDate(arrival.expectedOn) });
  return entries;
}

function windows(world: World, parcel: SandboxParcel): Record<string, unknown> {
  const arrival = arrivalOf(parcel, world.clock.now());
  const delivered = world.scans(parcel.trackingNumber).some((scan) => FEDEX_WORDS[scan.kind].eventType === "DL");
  return {
    standardTransitTimeWindow: { window: arrival === null ? {} : { ends: civilDate(arrival.promisedOn) } },
    estimatedDeliveryTimeWindow: {
      window: arrival === null || delivered ? {} : { ends: civilDate(arrival.expectedOn) },
    },
  };
}
