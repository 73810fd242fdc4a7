import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { compactDate, parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import type { SubStatus } from "../status.ts";
import { readTrackAlert } from "./read-track-alert.ts";
import { failureStatus, readUpsErrors } from "./read-ups-errors.ts";
import { trackAnswer, type UpsActivity, type UpsParcel, type UpsShipment } from "./ups-schema.ts";
import { UPS_ACTIVITY_CODES, UPS_ERRORS, UPS_STATUS_CODES, UPS_TYPES } from "./ups-status.ts";

/** Reads an answer of the Tracking API, a Track Alert push, or any error body of UPS. Never throws. */
export function readUps(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const tracked = trackAnswer.safeParse(decoded.value);
  if (tracked.success) return readTracked(tracked.data.trackResponse.shipment, answer);
  const errors = readUpsErrors(decoded.value, answer);
  if (errors.length > 0) return { shipments: [], errors };
  const alert = readTrackAlert(decoded.value);
  if (alert) return { shipments: [alert], errors: [] };
  return failedReading(answer, unreadable("This is not an answer of the UPS tracking service."));
}

function readTracked(shipments: readonly UpsShipment[], answer: RawAnswer): CarrierReading {
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const shipment of shipments) {
    // Warnings beside parcels are remarks; without parcels they are the answer, at HTTP 200.
    if (shipment.package.length > 0)
      reading.shipments.push(...shipment.package.map((parcel) => toShipment(shipment, parcel)));
    else reading.errors.push(notTracked(shipment, answer));
  }
  if (shipments.length > 0) return reading;
  return failedReading(answer, classifyError(UPS_ERRORS, { code: "TW0001", message: null }));
}

function notTracked(shipment: UpsShipment, answer: RawAnswer): CarrierError {
  const warning = shipment.warnings[0] ?? { code: "TW0001", message: null };
  return classifyError(UPS_ERRORS, {
    ...warning,
    trackingNumber: shipment.inquiryNumber,
    httpStatus: failureStatus(answer),
  });
}

function toShipment(shipment: UpsShipment, parcel: UpsParcel): CarrierShipment {
  const scans = parcel.activity.map((activity, index) => toEvent(activity, parcel.activity.length - 1 - index));
  const own = numberOf(shipment, parcel);
  const alternates = [parcel.trackingNumber, ...parcel.alternateTrackingNumber.map((entry) => entry.number)];
  const built = buildShipment(
    {
      trackingNumber: own,
      topLevelStatus: scans.length === 0 ? currentStatus(parcel) : null,
      estimatedDelivery: dateOf(parcel, "RDD") ?? dateOf(parcel, "SDD"),
      promisedDelivery: dateOf(parcel, "SDD"),
      service: parcel.service?.description ?? null,
      alternateNumbers: [...new Set(alternates)].filter(
        (number): number is string => number !== null && number !== own,
      ),
      pieceCount: Number.parseInt(parcel.packageCount ?? "", 10) || null,
    },
    scans,
  );
  if (built.status !== "delivered") return built;
  return {
    ...built,
    subStatus: built.subStatus ?? handedOver(parcel),
    deliveredAt: built.deliveredAt ?? deliveredAt(parcel),
  };
}

/** The asked-for number for a single parcel; each parcel's own number in a shipment of several. */
function numberOf(shipment: UpsShipment, parcel: UpsParcel): string {
  const single = shipment.package.length === 1;
  const candidates = single
    ? [shipment.inquiryNumber, parcel.trackingNumber]
    : [parcel.trackingNumber, shipment.inquiryNumber];
  return candidates.find((candidate) => candidate !== null) ?? "";
}

function toEvent(activity: UpsActivity, sequence: number): CarrierEvent {
  const status = activity.status;
  const address = activity.location?.address ?? null;
  const country = countryCode(address?.countryCode ?? null) ?? countryCode(address?.country ?? null);
  return {
    at: parseSplitTime({ ...activity, offset: activity.gmtOffset }),
    ...mapStatus(status?.statusCode ?? null, status?.code ?? null, activity),
    code: status?.code ?? status?.statusCode ?? null,
    description: status?.description ?? null,
    location: joinPlace([address?.city ?? null, address?.stateProvince ?? null, country ?? address?.country ?? null]),
    countryCode: country,
    sequence,
    raw: boundedCopy(activity.raw),
  };
}

/** Number first; a number without a published meaning falls back to the letters; the family only when there is no code. */
function mapStatus(number: string | null, letters: string | null, activity: UpsActivity): MappedStatus {
  const spelled = byCode(UPS_ACTIVITY_CODES, letters);
  const numbered = byCode(UPS_STATUS_CODES, number, "statusCode");
  // The letters are often the finer of the two: 005 says "moving" where AR says "arrived".
  if (numbered?.subStatus === null && spelled?.status === numbered.status)
    return { ...numbered, subStatus: spelled.subStatus };
  const known = numbered ?? spelled;
  if (known) return known;
  if (number !== null || letters !== null) return unknownCode();
  return byCode(UPS_TYPES, activity.status?.type ?? null, "type") ?? byText(activity.status?.description ?? null);
}

function currentStatus(parcel: UpsParcel): CarrierShipment["topLevelStatus"] {
  const code = parcel.currentStatus?.code ?? null;
  const known = byCode(UPS_STATUS_CODES, code);
  return known && code !== null ? { status: known.status, subStatus: known.subStatus, code } : null;
}

/** UPS states these dates and times without a zone: they stay local. */
function dateOf(parcel: UpsParcel, type: string): EstimatedDelivery | null {
  const date = compactDate(parcel.deliveryDate.find((entry) => entry.type === type)?.date ?? null);
  if (date === null) return null;
  const time = parcel.deliveryTime;
  if (!["EDW", "CDW", "IDW"].includes(time?.type ?? "")) return { date };
  const from = parseSplitTime({ date, time: time?.startTime ?? null });
  const to = parseSplitTime({ date, time: time?.endTime ?? null });
  return from && to && from.local !== date && to.local !== date ? { from, to } : { date };
}

function deliveredAt(parcel: UpsParcel) {
  const date = parcel.deliveryDate.find((entry) => entry.type === "DEL")?.date ?? null;
  const time = parcel.deliveryTime?.type === "DEL" ? (parcel.deliveryTime.endTime ?? null) : null;
  return parseSplitTime({ date, time });
}

const PLACES: readonly (readonly [RegExp, SubStatus])[] = [
  [/front door|porch/i, "front_door"],
  [/mail ?box|mail ?slot/i, "mailbox"],
  [/locker/i, "locker"],
  [/neighbou?r|leasing office/i, "other_recipient"],
  [/garage|side door|back door|rear door|patio|deck/i, "safe_place"],
];

function handedOver(parcel: UpsParcel): SubStatus | null {
  const where = parcel.deliveryInformation?.location ?? "";
  return PLACES.find(([pattern]) => pattern.test(where))?.[1] ?? null;
}
