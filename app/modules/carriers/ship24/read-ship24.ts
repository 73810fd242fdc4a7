import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  CarrierTime,
  RawAnswer,
} from "../carrier.ts";
import { parseIsoTime, parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { readEstimate } from "../estimated-delivery.ts";
import { byCode, byText, type MappedStatus, unknownCode } from "../map-status.ts";
import { carrierOfPartnerCode } from "../partner-codes.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { answer, type Refusal, type Scan, type Tracking } from "./ship24-schema.ts";
import { SHIP24_CARRIERS, SHIP24_CODES, SHIP24_ERRORS, SHIP24_MILESTONES } from "./ship24-status.ts";

/** Reads tracking results, the answer to a new tracker, a list of trackers, a webhook, or Ship24's errors. Never throws. */
export function readShip24(raw: RawAnswer): CarrierReading {
  const decoded = decodeJson(raw);
  if (!decoded.ok) return failedReading(raw, decoded.error);
  const read = answer.safeParse(decoded.value);
  const { data = null, trackings = [], errors = [] } = read.data ?? {};
  if (errors.length > 0) return { shipments: [], errors: errors.map((error) => toError(error, raw)) };
  const made = data?.tracker?.trackingNumber;
  if (made) return { shipments: [buildShipment({ trackingNumber: made }, [])], errors: [] };
  const told = data?.trackings ?? trackings;
  if (!data && told.length === 0) {
    return failedReading(raw, unreadable("This is not an answer of the Ship24 tracking service."));
  }
  return { shipments: told.filter(({ tracker }) => tracker?.trackingNumber).map(toShipment), errors: [] };
}

/** One code stands for all that is wrong with a question; only the words tell whether it is the number. */
function toError({ code, message }: Refusal, raw: RawAnswer): CarrierError {
  const error = classifyError(SHIP24_ERRORS, { ...raw, code, message });
  return code === "validation_error" && /\btrackingNumber\b/.test(message ?? "")
    ? { ...error, kind: "invalid_number" }
    : error;
}

function toShipment({ tracker, shipment, events }: Tracking): CarrierShipment {
  const trackingNumber = tracker?.trackingNumber ?? "";
  const delivery = shipment?.delivery;
  // The newest scan is the last mile's.
  const courier = events.find(({ courierCode }) => courierCode !== null)?.courierCode ?? null;
  const { from = null, to = null } = delivery?.courierEstimatedDeliveryDate ?? {};
  return buildShipment(
    {
      trackingNumber,
      topLevelStatus: topLevel(shipment),
      estimatedDelivery: readEstimate(delivery?.estimatedDeliveryDate ?? null) ?? readEstimate(from, to),
      service: delivery?.service ?? null,
      underlyingCarrier: courier,
      underlyingCarrierId: carrierOfPartnerCode(SHIP24_CARRIERS, courier),
      carrierUniqueId: tracker?.trackerId ?? null,
      alternateNumbers: (shipment?.trackingNumbers ?? []).flatMap(({ tn }) =>
        tn === null || tn === trackingNumber ? [] : [tn],
      ),
    },
    events.map((scan, index) => toEvent(scan, events.length - 1 - index)),
  );
}

/** Null for "pending" and words that nobody published: the scans decide. */
function topLevel(shipment: Tracking["shipment"]): CarrierShipment["topLevelStatus"] {
  const known = shipment && lookUp(shipment);
  if (!known || known.status === "unknown") return null;
  const code = shipment.statusCode ?? shipment.statusMilestone ?? "";
  return { status: known.status, subStatus: known.subStatus, code };
}

/** The code where it is a known one, else the milestone. */
function lookUp({ statusCode, statusMilestone }: Pick<Scan, "statusCode" | "statusMilestone">): MappedStatus | null {
  return byCode(SHIP24_CODES, statusCode) ?? byCode(SHIP24_MILESTONES, statusMilestone);
}

function toEvent(scan: Scan, position: number): CarrierEvent {
  const code = scan.statusCode ?? scan.statusMilestone;
  const status = code === null ? byText(scan.status) : (lookUp(scan) ?? unknownCode());
  return {
    at: timeOf(scan),
    ...status,
    code,
    description: scan.status,
    location: scan.location,
    countryCode: null,
    sequence: scan.order ?? position,
    raw: boundedCopy(scan.raw),
  };
}

function timeOf({ occurrenceDatetime, utcOffset, hasNoTime }: Scan): CarrierTime | null {
  const at = parseIsoTime(occurrenceDatetime);
  if (!at) return null;
  if (hasNoTime === "true") return { local: at.local.slice(0, 10), offset: null, utc: null };
  if (at.offset !== null || utcOffset === null) return at;
  const [date = null, time = null] = at.local.split("T");
  return parseSplitTime({ date, time, offset: utcOffset });
}
