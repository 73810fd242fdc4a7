import type { CarrierError, CarrierEvent, CarrierReading, RawAnswer } from "../carrier.ts";
import { parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { unreadable } from "../read-json.ts";
import { decodeXml } from "../read-xml.ts";
import { buildShipment } from "../reduce-events.ts";
import {
  purolatorAnswer,
  type PurolatorInformation,
  type PurolatorRemark,
  type PurolatorScan,
} from "./purolator-schema.ts";
import {
  PLAIN_WORDS,
  PUROLATOR_ERROR_WORDS,
  PUROLATOR_ERRORS,
  PUROLATOR_TYPES,
  PUROLATOR_WORDS,
  REFINED_TYPES,
} from "./purolator-status.ts";

/** Reads an answer of Purolator's tracking service, or a SOAP fault. Never throws. */
export function readPurolator(answer: RawAnswer): CarrierReading {
  const decoded = decodeXml(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const body = purolatorAnswer.safeParse(decoded.value).data?.Envelope.Body;
  const reading: CarrierReading = { shipments: [], errors: [] };
  const response = body?.TrackPackagesByPinResponse;
  for (const information of response?.TrackingInformationList?.TrackingInformation ?? []) {
    addInformation(reading, information);
  }
  const remarks = response?.ResponseInformation?.Errors?.Error ?? [];
  reading.errors.push(...remarks.filter(saysSomething).map((remark) => toError(remark, answer)));
  const fault = body?.Fault;
  if (fault) {
    const remark = { Code: fault.faultcode, Description: fault.faultstring, AdditionalInformation: null };
    reading.errors.push(toError(remark, answer));
  }
  if (reading.shipments.length + reading.errors.length > 0) return reading;
  return failedReading(answer, unreadable("This is not an answer of Purolator's tracking service."));
}

function addInformation(reading: CarrierReading, information: PurolatorInformation): void {
  const trackingNumber = information.PIN?.Value ?? null;
  const scans = information.Scans?.Scan ?? [];
  const remarks = (information.ResponseInformation?.Errors?.Error ?? []).filter(saysSomething);
  const about = trackingNumber === null ? {} : { trackingNumber };
  reading.errors.push(...remarks.map((remark) => ({ ...toError(remark), ...about })));
  if (trackingNumber === null || (scans.length === 0 && remarks.length > 0)) return;
  if (scans.length > 0) reading.shipments.push(buildShipment({ trackingNumber }, scans.map(inOrder)));
  else reading.errors.push({ ...classifyError(PUROLATOR_ERRORS, NO_SCANS), ...about });
}

/** A number without a single scan is answered as if it were known. */
const NO_SCANS = { code: null, message: null, httpStatus: 404 };

function saysSomething({ Code, Description }: PurolatorRemark): boolean {
  return Code !== null || Description !== null;
}

function toError(
  { Code: code, Description, AdditionalInformation }: PurolatorRemark,
  answer?: RawAnswer,
): CarrierError {
  const facts = { code, message: Description ?? AdditionalInformation, headers: answer?.headers };
  const error = classifyError(PUROLATOR_ERRORS, { ...facts, httpStatus: answer?.httpStatus });
  // A fault comes at HTTP 500 whatever its reason: its words are heard first.
  if (PUROLATOR_ERROR_WORDS.auth.test(error.message)) return { ...error, kind: "auth", retryable: false };
  if (PUROLATOR_ERROR_WORDS.invalid_number.test(error.message)) {
    return { ...error, kind: "invalid_number", retryable: false };
  }
  if (PUROLATOR_ERROR_WORDS.not_found.test(error.message)) return { ...error, kind: "not_found", retryable: true };
  return error;
}

/** Newest first. */
function inOrder(scan: PurolatorScan, index: number, scans: readonly PurolatorScan[]): CarrierEvent {
  const description = scan.Description ?? scan.Comment;
  return {
    at: parseSplitTime({ date: scan.ScanDate, time: scan.ScanTime }),
    ...mapScan(scan.ScanType, description),
    code: scan.ScanType,
    description,
    location: scan.Depot?.Name ?? null,
    countryCode: null,
    sequence: scans.length - 1 - index,
    raw: boundedCopy(scan.raw),
  };
}

function mapScan(type: string | null, description: string | null): MappedStatus {
  if (type === null) return byText(description);
  const known = byCode(PUROLATOR_TYPES, type, "type");
  if (!known) return unknownCode();
  const words = description ?? "";
  const found = PUROLATOR_WORDS.find(
    ([name, pattern]) => (PLAIN_WORDS.has(name) || REFINED_TYPES.has(type)) && pattern.test(words),
  );
  // The type is the code; a new delivery problem told by it may reopen a delivered parcel.
  return found ? mapped(found[2], `code:${type}/${found[0]}`) : { ...known, rule: `code:${type}` };
}
