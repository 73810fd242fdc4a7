import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment, reduceEvents } from "../reduce-events.ts";
import { problem, trackAnswer, type DhlEvent, type DhlShipment } from "./dhl-unified-schema.ts";
import {
  DHL_DELIVERED_WORDS,
  DHL_ERRORS,
  DHL_FAILURE_WORDS,
  DHL_STATUS_CODES,
  DHL_TRANSIT_WORDS,
} from "./dhl-unified-status.ts";

/** Reads an answer of the unified tracking API, a push, or a problem document. Never throws. */
export function readDhlUnified(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const tracked = trackAnswer.safeParse(decoded.value);
  if (tracked.success && tracked.data.shipments.length > 0) {
    return { shipments: tracked.data.shipments.map(toShipment), errors: [] };
  }
  const error = tracked.success ? nothingFound(answer) : readProblem(decoded.value, answer);
  if (error) return { shipments: [], errors: [error] };
  return failedReading(answer, unreadable("This is not an answer of the DHL tracking service."));
}

function nothingFound(answer: RawAnswer): CarrierError {
  return classifyError(DHL_ERRORS, { code: "404", message: null, httpStatus: answer.httpStatus });
}

function readProblem(value: unknown, answer: RawAnswer): CarrierError | null {
  const parsed = problem.safeParse(value);
  if (!parsed.success) return null;
  const { status, title, detail, error, error_description: description } = parsed.data;
  const message = detail ?? description ?? title ?? error;
  if (status === null && title === null && error === null) return null;
  return classifyError(DHL_ERRORS, {
    code: status === null ? error : String(status),
    message,
    httpStatus: answer.httpStatus,
    headers: answer.headers,
  });
}

function toShipment(shipment: DhlShipment): CarrierShipment {
  const scans = shipment.events.map((event, index) => toEvent(event, shipment.events.length - 1 - index));
  const built = buildShipment(
    {
      trackingNumber: shipment.id ?? "",
      topLevelStatus: topLevel(shipment, scans),
      estimatedDelivery: estimate(shipment),
      // A number may belong to parcels of several divisions.
      carrierUniqueId: shipment.service === null ? null : `${shipment.service}/${shipment.id ?? ""}`,
      service: shipment.details?.product?.productName ?? shipment.service,
      alternateNumbers: (shipment.details?.pieceIds ?? []).filter(
        (id): id is string => id !== null && id !== shipment.id,
      ),
      pieceCount: shipment.details?.totalNumberOfPieces ?? null,
    },
    scans,
  );
  if (built.status !== "delivered" || built.deliveredAt) return built;
  // The summary repeats the wall clock of its scan with a `Z` that is not meant.
  return { ...built, deliveredAt: parseIsoTime(shipment.status?.timestamp?.slice(0, 19) ?? null) };
}

/**
 * `statusCode` is published and wins over the words beside it ("pre-transit" with "DELIVERED" exists). The scans may
 * refine it within what it says: `transit` is also the van and the pickup shop, `failure` also an attempt or a return, and
 * what was `delivered` on its way back is with its sender.
 */
function topLevel({ status }: DhlShipment, scans: readonly CarrierEvent[]): CarrierShipment["topLevelStatus"] {
  const known = byCode(DHL_STATUS_CODES, status?.statusCode ?? null);
  if (!known || known.status === "unknown" || !status?.statusCode) return null;
  const own = mapStatus(status.statusCode, [status.description, status.status, status.remark]);
  const reduced = reduceEvents(scans);
  const refines = reduced.status !== "delivered" && reduced.status !== "unknown" && reduced.status !== "pre_transit";
  const wentBack = status.statusCode === "delivered" && reduced.status === "return_to_sender";
  const broad = status.statusCode === "transit" || status.statusCode === "failure" || wentBack;
  const { status: word, subStatus } = broad && refines ? reduced : own;
  return { status: word, subStatus: subStatus ?? own.subStatus, code: status.statusCode };
}

/** A bare date is written as midnight in UTC; with a time frame beside it DHL means hours, and both are kept. */
function estimate(shipment: DhlShipment): EstimatedDelivery | null {
  const at = parseIsoTime(shipment.estimatedTimeOfDelivery);
  const from = parseIsoTime(shipment.estimatedDeliveryTimeFrame?.estimatedFrom ?? null);
  const to = parseIsoTime(shipment.estimatedDeliveryTimeFrame?.estimatedThrough ?? null);
  const window = from && to && from.local.length > 10 && to.local.length > 10 ? { from, to } : null;
  if (!at) return window;
  if (window) return { at, ...window };
  const date = at.local.slice(0, 10);
  return at.local === date || at.local.endsWith("T00:00:00") ? { date } : { at };
}

function toEvent(event: DhlEvent, sequence: number): CarrierEvent {
  const address = event.location?.address ?? null;
  const country = countryCode(address?.countryCode ?? null);
  return {
    at: parseIsoTime(event.timestamp),
    ...mapStatus(event.statusCode, [event.description, event.status, event.remark]),
    code: event.statusCode,
    description: event.description ?? event.status,
    location: joinPlace([address?.addressLocality ?? null, country ?? address?.countryCode ?? null]),
    countryCode: country,
    sequence,
    raw: boundedCopy(event.raw),
  };
}

function mapStatus(code: string | null, words: readonly (string | null)[]): MappedStatus {
  const known = byCode(DHL_STATUS_CODES, code);
  if (!known) return code === null ? byText(words[0] ?? words[1] ?? null) : unknownCode();
  for (const text of words) {
    const found = text === null ? undefined : refinementsOf(code).find(([pattern]) => pattern.test(text));
    if (found) return mapped(found[1], known.rule);
  }
  return known;
}

function refinementsOf(code: string | null) {
  switch (code) {
    case "transit":
      return DHL_TRANSIT_WORDS;
    case "failure":
      return DHL_FAILURE_WORDS;
    case "delivered":
      return DHL_DELIVERED_WORDS;
    default:
      return [];
  }
}
