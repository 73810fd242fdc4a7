import type { CarrierEvent, CarrierReading, CarrierShipment, EstimatedDelivery, RawAnswer } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, type MappedStatus, unknownCode } from "../map-status.ts";
import { carrierOfPartnerCode } from "../partner-codes.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { answer, type Status, type Track } from "./shippo-schema.ts";
import { SHIPPO_CARRIERS, SHIPPO_ERRORS, SHIPPO_STATUSES } from "./shippo-status.ts";

/** Reads a track, a webhook around one, or Shippo's errors, whatever form they have. Never throws. */
export function readShippo(raw: RawAnswer): CarrierReading {
  const decoded = decodeJson(raw);
  if (!decoded.ok) return failedReading(raw, decoded.error);
  const read = answer.safeParse(decoded.value);
  const body = read.success ? read.data : null;
  if (!body) return failedReading(raw, notShippo());
  if (body.event !== null) return { shipments: body.data?.tracking_number ? [toShipment(body.data)] : [], errors: [] };
  const failed = (raw.httpStatus ?? 200) >= 400;
  if (body.tracking_number !== null && !failed) return { shipments: [toShipment(body)], errors: [] };
  const words = body.detail ?? body.message ?? body.error;
  if (words === null) return failedReading(raw, notShippo());
  return { shipments: [], errors: [classifyError(SHIPPO_ERRORS, { ...raw, code: sentence(words), message: words })] };
}

const notShippo = () => unreadable("This is not an answer of the Shippo tracking service.");

function sentence(words: string): string {
  return (words.split(".", 1)[0] ?? "").trim().toLowerCase();
}

function toShipment(value: Track): CarrierShipment {
  return buildShipment(
    {
      trackingNumber: value.tracking_number ?? "",
      topLevelStatus: topLevel(value.tracking_status),
      estimatedDelivery: estimate(value.eta),
      service: value.servicelevel?.name ?? value.servicelevel?.token ?? null,
      underlyingCarrier: value.carrier,
      underlyingCarrierId: carrierOfPartnerCode(SHIPPO_CARRIERS, value.carrier),
    },
    value.tracking_history.map(toEvent),
  );
}

/** Shippo writes dates as midnight UTC; as it does not say so, the moment is kept as it was written. */
function estimate(eta: string | null): EstimatedDelivery | null {
  const at = parseIsoTime(eta);
  return at?.utc ? { at } : at && { date: at.local.slice(0, 10) };
}

/** Null for "UNKNOWN" and words that nobody published: the scans decide. */
function topLevel(value: Status | null): CarrierShipment["topLevelStatus"] {
  const known = value && lookUp(value);
  if (!known || known.status === "unknown") return null;
  return { status: known.status, subStatus: known.subStatus, code: codeOf(value) ?? "" };
}

const codeOf = ({ status, substatus }: Status) => substatus?.code ?? status;

/** The status decides; a sub-status that belongs to it refines. */
function lookUp({ status, substatus }: Status): MappedStatus | null {
  const fine = substatus?.code ? `${status}.${substatus.code}` : null;
  return byCode(SHIPPO_STATUSES, fine) ?? byCode(SHIPPO_STATUSES, status);
}

function toEvent(scan: Status, sequence: number): CarrierEvent {
  const { location: where, status_details: description } = scan;
  const known = lookUp(scan);
  return {
    at: parseIsoTime(scan.status_date),
    ...(scan.status === null ? byText(description) : (known ?? unknownCode())),
    code: known ? codeOf(scan) : scan.status,
    description,
    location: joinPlace([where?.city ?? null, where?.state ?? null, where?.zip ?? null, where?.country ?? null]),
    countryCode: countryCode(where?.country ?? null),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}
