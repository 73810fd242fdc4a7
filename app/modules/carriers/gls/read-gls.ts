import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { glsAnswer, glsError, type GlsParcel, type GlsScan } from "./gls-schema.ts";
import { GLS_CODES, GLS_ERRORS, GLS_FAMILIES, GLS_STATUSES, GLS_VAGUE_STATUSES, GLS_WORDS } from "./gls-status.ts";

/**
 * Reads an answer of GLS's Track And Trace V1: newest scan first. Every scan carries the offset of Central Europe, written
 * without a colon, scans elsewhere too (an Irish one with +0200 has been published). Never throws.
 */
export function readGls(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = glsAnswer.safeParse(decoded.value);
  const parcels = parsed.success ? parsed.data.parcels.filter(isParcel) : [];
  if (parcels.length > 0) return readParcels(parcels);
  const error = readError(decoded.value, answer);
  if (error) return { shipments: [], errors: [error] };
  return failedReading(answer, unreadable("This is not an answer of GLS's tracking service."));
}

function isParcel({ requested, unitno, errorCode, events }: GlsParcel): boolean {
  return requested !== null || unitno !== null || errorCode !== null || events.length > 0;
}

function readParcels(parcels: readonly GlsParcel[]): CarrierReading {
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const parcel of parcels) {
    if (parcel.errorCode === null) {
      reading.shipments.push(toShipment(parcel));
      continue;
    }
    // Alone, a refusal is about whatever was asked; among others it has to say about which number.
    const trackingNumber = parcels.length > 1 ? parcel.requested : null;
    const facts = { code: parcel.errorCode, message: parcel.errorMessage, trackingNumber };
    reading.errors.push(classifyError(GLS_ERRORS, facts));
  }
  return reading;
}

function readError(value: unknown, answer: RawAnswer): CarrierError | null {
  const parsed = glsError.safeParse(value);
  if (!parsed.success) return null;
  const { fault, error, error_description: description, title, detail } = parsed.data;
  const code = fault?.detail?.errorcode ?? error;
  const message = fault?.faultstring ?? description ?? detail ?? title;
  if (code === null && message === null) return null;
  return classifyError(GLS_ERRORS, { code, message, httpStatus: answer.httpStatus, headers: answer.headers });
}

/** A number with a check digit is answered under its own name, and told apart by the number without it. */
function toShipment(parcel: GlsParcel): CarrierShipment {
  const { requested, unitno } = parcel;
  const scans = parcel.events.map((scan, index) => toEvent(scan, parcel.events.length - 1 - index));
  const facts = {
    trackingNumber: requested ?? unitno ?? "",
    carrierUniqueId: unitno,
    alternateNumbers: unitno !== null && requested !== null && unitno !== requested ? [unitno] : [],
  };
  const built = buildShipment({ ...facts, topLevelStatus: topLevel(parcel, scans) }, scans);
  if (built.status !== "delivered") return built;
  return { ...built, deliveredAt: built.deliveredAt ?? parseIsoTime(parcel.statusDateTime) };
}

/** GLS's own state decides, except where it is vague or has no word for what the scans tell: a return. */
function topLevel({ status }: GlsParcel, scans: readonly CarrierEvent[]): CarrierShipment["topLevelStatus"] {
  const known = byCode(GLS_STATUSES, status);
  if (!known || status === null || known.status === "unknown") return null;
  if (scans.length > 0 && GLS_VAGUE_STATUSES.has(status)) return null;
  if (scans.some((scan) => scan.status === "return_to_sender")) return null;
  return { status: known.status, subStatus: known.subStatus, code: status };
}

function toEvent(scan: GlsScan, sequence: number): CarrierEvent {
  return {
    at: parseIsoTime(scan.eventDateTime),
    ...mapScan(scan),
    code: scan.code,
    description: scan.description,
    location: joinPlace([scan.city, scan.postalCode, scan.country]),
    countryCode: countryCode(scan.country),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

function mapScan({ code, description }: GlsScan): MappedStatus {
  if (code === null) return byText(description);
  const family = code.split(".", 1)[0] ?? "";
  const known = byCode(GLS_CODES, code) ?? byCode(GLS_FAMILIES, family, "type");
  if (!known) return unknownCode();
  if (description === null) return known;
  if (GLS_WORDS.returning.test(description)) {
    return mapped(["return_to_sender", known.status === "delivered" ? "returned" : "returning"], known.rule);
  }
  const found = family === "NOTDEL" ? GLS_WORDS.notDelivered.find(([words]) => words.test(description)) : undefined;
  return found ? mapped(found[1], known.rule) : known;
}
