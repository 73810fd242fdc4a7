import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment, reduceEvents } from "../reduce-events.ts";
import { mapCheckpoint, readArrival } from "./map-checkpoint.ts";
import { problem, trackAnswer, type MydhlEvent, type MydhlShipment } from "./mydhl-schema.ts";
import { MYDHL_ERRORS } from "./mydhl-status.ts";
import { readXmlPi } from "./read-xml-pi.ts";

/** Reads an answer of the MyDHL API, or one of the older XML service, errors included. Never throws. */
export function readMydhl(answer: RawAnswer): CarrierReading {
  if (looksLikeXml(answer.body)) return readXmlPi(answer);
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const tracked = trackAnswer.safeParse(decoded.value);
  if (tracked.success && tracked.data.shipments.length > 0) {
    return { shipments: tracked.data.shipments.map(toShipment), errors: [] };
  }
  const error = tracked.success
    ? classifyError(MYDHL_ERRORS, { code: "404", message: null })
    : readProblem(decoded.value, answer);
  if (error) return { shipments: [], errors: [error] };
  return failedReading(answer, unreadable("This is not an answer of the MyDHL tracking service."));
}

/** A web page begins with the same sign; the XML reader refuses it. */
function looksLikeXml(body: Uint8Array | string): boolean {
  const start = typeof body === "string" ? body.slice(0, 200) : new TextDecoder().decode(body.subarray(0, 200));
  return /^\s*<(?:\?xml|[a-z]+:)/i.test(start.replace(/^\ufeff/, ""));
}

function readProblem(value: unknown, answer: RawAnswer): CarrierError | null {
  const parsed = problem.safeParse(value);
  if (!parsed.success) return null;
  const { status, title, detail, message, reasons } = parsed.data;
  const reason = reasons[0]?.msg ?? null;
  if (status === null && title === null && reason === null) return null;
  const login = status === null && /credential|unauthori[sz]ed/i.test(reason ?? "");
  return classifyError(MYDHL_ERRORS, {
    code: login ? "401" : status === null ? null : String(status),
    message: detail ?? message ?? reason ?? title,
    httpStatus: answer.httpStatus,
    headers: answer.headers,
  });
}

function toShipment(shipment: MydhlShipment): CarrierShipment {
  const scans = toEvents(shipment.events);
  const pieces = shipment.pieces.map((piece) => piece.trackingNumber).filter((number) => number !== null);
  return buildShipment(
    {
      trackingNumber: shipment.shipmentTrackingNumber ?? "",
      topLevelStatus: laggingPiece(shipment, scans),
      estimatedDelivery: readArrival(shipment.estimatedTimeOfDelivery ?? shipment.estimatedDeliveryDate),
      service: shipment.description ?? shipment.productCode,
      alternateNumbers: [...new Set(pieces)].filter((number) => number !== shipment.shipmentTrackingNumber),
      pieceCount: shipment.numberOfPieces,
    },
    scans,
  );
}

/** A shipment is delivered only when all of its pieces are: one that is not speaks for the whole. */
function laggingPiece(shipment: MydhlShipment, scans: readonly CarrierEvent[]): CarrierShipment["topLevelStatus"] {
  const told = shipment.pieces.filter((piece) => piece.events.length > 0);
  if (told.length < 2 || reduceEvents(scans).status !== "delivered") return null;
  const states = told.map((piece) => reduceEvents(toEvents(piece.events)));
  const behind = states.find((state) => state.status !== "delivered" && state.status !== "unknown");
  return behind ? { status: behind.status, subStatus: behind.subStatus, code: "pieces" } : null;
}

function toEvents(events: readonly MydhlEvent[]): CarrierEvent[] {
  return events.map((event, index) => toEvent(event, events.length - 1 - index));
}

function toEvent(event: MydhlEvent, sequence: number): CarrierEvent {
  return {
    at: parseSplitTime({ date: event.date, time: event.time, offset: event.GMTOffset }),
    ...mapCheckpoint(event.typeCode, event.description),
    code: event.typeCode,
    description: event.description,
    location: event.serviceArea[0]?.description ?? null,
    countryCode: null,
    sequence,
    raw: boundedCopy(event.raw),
  };
}
