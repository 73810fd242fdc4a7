import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, joinPlace } from "../clean-text.ts";
import { byCode, byText, unknownCode } from "../map-status.ts";
import { unreadable } from "../read-json.ts";
import { decodeXml } from "../read-xml.ts";
import { buildShipment } from "../reduce-events.ts";
import { ontracAnswer, type OntracEvent, type OntracShipment } from "./ontrac-schema.ts";
import { ONTRAC_CODES, ONTRAC_ERRORS, ONTRAC_NOT_FOUND_WORDS } from "./ontrac-status.ts";
import { looksLikeLasership, readLasership } from "./read-lasership.ts";

/** Reads an answer of OnTrac's web service (XML), or an older one of LaserShip (JSON). Never throws. */
export function readOntrac(answer: RawAnswer): CarrierReading {
  if (looksLikeLasership(answer.body)) return readLasership(answer);
  const decoded = decodeXml(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const result = ontracAnswer.safeParse(decoded.value).data?.OnTracTrackingResult;
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const shipment of result?.Shipments?.Shipment ?? []) addShipment(reading, shipment);
  if (result?.Error) reading.errors.push(toError(result.Error, answer));
  if (reading.shipments.length + reading.errors.length > 0) return reading;
  return failedReading(answer, unreadable("This is not an answer of OnTrac's tracking service."));
}

function addShipment(reading: CarrierReading, shipment: OntracShipment): void {
  const { Tracking: trackingNumber, Error: problem } = shipment;
  if (trackingNumber === null && problem === null) return;
  const about = trackingNumber === null ? {} : { trackingNumber };
  if (trackingNumber !== null && (shipment.Events?.Event.length ?? 0) > 0) {
    reading.shipments.push(toShipment(shipment, trackingNumber));
  } else reading.errors.push({ ...toError(problem ?? "Invalid Tracking Number"), ...about });
}

/** "Invalid Tracking Number" also stands for one that was never scanned: OnTrac knows a parcel from its first scan on. */
function toError(sentence: string, answer?: RawAnswer): CarrierError {
  const code = Object.keys(ONTRAC_ERRORS.codes).find((known) => sentence.toLowerCase().startsWith(known.toLowerCase()));
  const facts = { code: code ?? null, message: sentence, headers: answer?.headers };
  const error = classifyError(ONTRAC_ERRORS, { ...facts, httpStatus: answer?.httpStatus });
  const notFound = error.kind === "unknown" && ONTRAC_NOT_FOUND_WORDS.test(sentence);
  return notFound ? { ...error, kind: "not_found", retryable: true } : error;
}

function toShipment(shipment: OntracShipment, trackingNumber: string): CarrierShipment {
  const events = shipment.Events?.Event ?? [];
  const scans = events.map((event, index) => toEvent(event, events.length - 1 - index));
  const due = parseIsoTime(shipment.Exp_Del_Date)?.local.slice(0, 10);
  const facts = { trackingNumber, estimatedDelivery: due === undefined ? null : { date: due } };
  const built = buildShipment(facts, scans);
  const handedOver = shipment.Delivered?.toLowerCase() === "true" && ON_THE_WAY.has(built.status);
  if (!handedOver) return built;
  return buildShipment(
    { ...facts, topLevelStatus: { status: "delivered", subStatus: null, code: "Delivered" } },
    scans,
  );
}

/** Of these the flag knows more than the scans; a problem or a return is told by them alone. */
const ON_THE_WAY = new Set<string>(["unknown", "pre_transit", "in_transit", "out_for_delivery"]);

function toEvent(event: OntracEvent, sequence: number): CarrierEvent {
  const { Status: code, Description: description } = event;
  return {
    at: parseIsoTime(event.EventTime),
    ...(code === null ? byText(description) : (byCode(ONTRAC_CODES, code) ?? unknownCode())),
    code,
    description,
    // A note of the head office does not say where the parcel is.
    location: event.Facility?.toLowerCase() === "corporate" ? null : joinPlace([event.City, event.State]),
    countryCode: null,
    sequence,
    raw: boundedCopy(event.raw),
  };
}
