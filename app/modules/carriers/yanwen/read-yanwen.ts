import type {
  CarrierError,
  CarrierErrorKind,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  RawAnswer,
} from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { yanwenAnswer, type YanwenCheckpoint, type YanwenResult } from "./yanwen-schema.ts";
import { YANWEN_CODES, YANWEN_ERROR_WORDS, YANWEN_LEVELS, YANWEN_STAGES } from "./yanwen-status.ts";

/** Reads an answer of Yanwen's tracking query. Never throws. */
export function readYanwen(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = yanwenAnswer.safeParse(decoded.value).data;
  if (!parsed || (parsed.code === null && parsed.result.length === 0)) return failedReading(answer, notYanwen());
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const result of parsed.result) addResult(reading, result);
  if (parsed.code !== "0" && reading.shipments.length === 0) reading.errors.push(toError(parsed.message, answer));
  if (reading.shipments.length + reading.errors.length > 0) return reading;
  return failedReading(answer, notYanwen());
}

function notYanwen(): CarrierError {
  return unreadable("This is not an answer of Yanwen's tracking service.");
}

function toError(message: string | null, answer: RawAnswer): CarrierError {
  const { httpStatus, headers } = answer;
  const error = classifyError({ source: "words", codes: {} }, { code: null, message, httpStatus, headers });
  if (error.kind !== "unknown") return error;
  const kinds = Object.entries(YANWEN_ERROR_WORDS) as [CarrierErrorKind, RegExp][];
  const kind = kinds.find(([, words]) => words.test(error.message))?.[0];
  return kind ? { ...error, kind, retryable: kind === "rate_limited" || kind === "not_found" } : error;
}

/** A number that Yanwen does not know is answered without checkpoints. */
function addResult(reading: CarrierReading, result: YanwenResult): void {
  const trackingNumber = result.tracking_number ?? result.waybill_number;
  if (trackingNumber === null) return;
  if (result.checkpoints.length > 0) reading.shipments.push(toShipment(result, trackingNumber));
  else {
    const facts = { code: null, message: null, httpStatus: 404, trackingNumber };
    reading.errors.push(classifyError({ source: "no checkpoints", codes: {} }, facts));
  }
}

function toShipment(result: YanwenResult, trackingNumber: string): CarrierShipment {
  const others = [result.waybill_number, result.exchange_number].filter(
    (number): number is string => number !== null && number !== trackingNumber,
  );
  const facts = { trackingNumber, alternateNumbers: [...new Set(others)] };
  const scans = result.checkpoints.map(toEvent);
  const built = buildShipment(facts, scans);
  const level = result.tracking_status_waybill?.level1 ?? null;
  const stated = byCode(YANWEN_LEVELS, level, "level");
  if (!stated || level === null || !mayDecide(stated.status, built.status)) return built;
  const topLevelStatus = { status: stated.status, subStatus: stated.subStatus, code: level };
  return buildShipment({ ...facts, topLevelStatus }, scans);
}

/** The checkpoints are finer; the level counts where they say nothing, and where it tells of trouble that they do not. */
function mayDecide(stated: CarrierShipment["status"], reduced: CarrierShipment["status"]): boolean {
  if (reduced === "unknown") return true;
  const trouble = stated === "exception" || stated === "return_to_sender";
  return trouble && reduced !== "delivered" && reduced !== "return_to_sender";
}

/** Oldest first, stage by stage; the scans of the last mile may stand after later ones of the return. */
function toEvent(checkpoint: YanwenCheckpoint, sequence: number): CarrierEvent {
  const { tracking_status: code, message: description } = checkpoint;
  return {
    at: parseIsoTime(`${checkpoint.time_stamp ?? ""}${zoneOf(checkpoint.time_zone)}`),
    ...mapCheckpoint(code, description),
    code,
    description,
    location: checkpoint.location,
    countryCode: null,
    sequence,
    raw: boundedCopy(checkpoint.raw),
  };
}

/** "+8", "+08", "+08:00"; anything else says nothing. */
function zoneOf(zone: string | null): string {
  return zone !== null && /^[+-]\d{1,2}(?::?\d{2})?$/.test(zone) ? zone : "";
}

function mapCheckpoint(code: string | null, description: string | null): MappedStatus {
  if (code === null) return byText(description);
  const stage = code.slice(0, 2);
  const known = byCode(YANWEN_CODES, code);
  if (known) return known;
  const { stages } = YANWEN_STAGES;
  const meaning = /^[A-Z]{2}\d{2}$/.test(code) && Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  return meaning ? mapped(meaning, `stage:${stage}`) : unknownCode();
}
