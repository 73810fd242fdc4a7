import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { compactDate, parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, unknownCode } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { errorAnswer, trackAnswer, type HermesScan, type HermesShipment } from "./hermes-de-schema.ts";
import { HERMES_CODES, HERMES_ERRORS, HERMES_NOT_FOUND_WORDS } from "./hermes-de-status.ts";

/** Reads an answer of `shipmentinfo`, or any error body of Hermes. Never throws. */
export function readHermesDe(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const tracked = trackAnswer.safeParse(decoded.value);
  if (tracked.success) return readShipments(tracked.data.shipmentinfo);
  const error = readError(decoded.value, answer);
  if (error) return { shipments: [], errors: [error] };
  return failedReading(answer, unreadable("This is not an answer of the Hermes tracking service."));
}

function readShipments(shipments: readonly HermesShipment[]): CarrierReading {
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const shipment of shipments) {
    const refusal = shipment.status.length === 0 ? shipment.result[0] : undefined;
    if (refusal) reading.errors.push(toError(refusal, shipment.shipmentID, {}));
    else if (shipment.shipmentID !== null) reading.shipments.push(toShipment(shipment));
  }
  if (reading.shipments.length + reading.errors.length > 0) return reading;
  return { shipments: [], errors: [classifyError(HERMES_ERRORS, { code: "404", message: null })] };
}

function readError(value: unknown, answer: RawAnswer): CarrierError | null {
  const parsed = errorAnswer.safeParse(value);
  if (!parsed.success) return null;
  const { listOfResultCodes, error, error_description: description, status, message } = parsed.data;
  // Codes that begin with a w are warnings beside a good answer.
  const refusal = listOfResultCodes.find(({ code }) => code !== null && !code.startsWith("w"));
  if (refusal) return toError(refusal, null, answer);
  if (error !== null) return toError({ code: error, message: description ?? message }, null, answer);
  return status !== null && message !== null ? toError({ code: status, message }, null, answer) : null;
}

interface Refusal {
  code: string | null;
  message: string | null;
}

type Circumstances = Pick<RawAnswer, "httpStatus" | "headers">;

function toError({ code, message }: Refusal, trackingNumber: string | null, answer: Circumstances): CarrierError {
  const { httpStatus, headers } = answer;
  const error = classifyError(HERMES_ERRORS, { code, message, trackingNumber, httpStatus, headers });
  const missing = error.kind !== "auth" && HERMES_NOT_FOUND_WORDS.test(message ?? "");
  return missing ? { ...error, kind: "not_found", retryable: true } : error;
}

function toShipment(shipment: HermesShipment): CarrierShipment {
  return buildShipment(
    { trackingNumber: shipment.shipmentID ?? "", estimatedDelivery: forecast(shipment) },
    shipment.status.map(toEvent),
  );
}

/** A date and, on the day itself, hours without a zone. */
function forecast({ deliveryForecast }: HermesShipment): EstimatedDelivery | null {
  const date = compactDate(deliveryForecast?.date?.slice(0, 10) ?? null);
  if (date === null) return null;
  const { from = null, to = null } = deliveryForecast?.timeSlot ?? {};
  return from !== null && to !== null ? { date, hours: { from, to } } : { date };
}

function toEvent(scan: HermesScan, sequence: number): CarrierEvent {
  const country = scan.scanningUnit?.countryCode ?? null;
  const known = byCode(HERMES_CODES, scan.code);
  return {
    at: parseIsoTime(scan.timestamp),
    ...(known ?? (scan.code === null ? byText(scan.description) : unknownCode())),
    code: scan.code,
    description: scan.description,
    location: joinPlace([scan.scanningUnit?.city ?? null, country]),
    countryCode: countryCode(country),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}
