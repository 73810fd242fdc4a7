import type { CarrierError, CarrierEvent, CarrierReading, RawAnswer } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { byCode, byText, unknownCode } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { sfExpressAnswer, sfExpressResult, type SfExpressResult, type SfExpressRoute } from "./sf-express-schema.ts";
import { SF_EXPRESS_CODES, SF_EXPRESS_ERRORS } from "./sf-express-status.ts";

/** The platform took the question; whether the service answered it is told inside. */
const TAKEN = "A1000";

/** Reads an answer of SF Express's route query: JSON inside JSON, errors at HTTP 200. Never throws. */
export function readSfExpress(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const envelope = sfExpressAnswer.safeParse(decoded.value).data;
  if (!envelope?.apiResultCode) return failedReading(answer, notSfExpress());
  if (envelope.apiResultCode !== TAKEN) {
    return { shipments: [], errors: [toError(envelope.apiResultCode, envelope.apiErrorMsg, answer)] };
  }
  const result = openResult(envelope.apiResultData);
  return result ? readResult(result, answer) : failedReading(answer, notSfExpress());
}

function notSfExpress(): CarrierError {
  return unreadable("This is not an answer of SF Express's route service.");
}

function openResult(data: unknown): SfExpressResult | null {
  if (typeof data !== "string") return sfExpressResult.safeParse(data).data ?? null;
  const decoded = decodeJson({ body: data });
  return decoded.ok ? (sfExpressResult.safeParse(decoded.value).data ?? null) : null;
}

function readResult(result: SfExpressResult, answer: RawAnswer): CarrierReading {
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const { mailNo: trackingNumber, routes } of result.msgData?.routeResps ?? []) {
    if (trackingNumber === null) continue;
    if (routes.length > 0) reading.shipments.push(buildShipment({ trackingNumber }, routes.map(toEvent)));
    else {
      // Also the answer about somebody else's parcel, unless the phone number of one side is given.
      const facts = { code: null, message: null, httpStatus: 404, trackingNumber };
      reading.errors.push(classifyError(SF_EXPRESS_ERRORS, facts));
    }
  }
  if (result.success?.toLowerCase() === "false" || (result.errorCode !== null && result.errorCode !== "S0000")) {
    reading.errors.push(toError(result.errorCode, result.errorMsg, answer));
  }
  return reading.shipments.length + reading.errors.length > 0 ? reading : failedReading(answer, notSfExpress());
}

function toError(code: string | null, message: string | null, { httpStatus, headers }: RawAnswer): CarrierError {
  return classifyError(SF_EXPRESS_ERRORS, { code, message, httpStatus, headers });
}

/** Oldest first. The clock is the one where the scan was made, as far as anybody says: no zone is stated. */
function toEvent(route: SfExpressRoute, sequence: number): CarrierEvent {
  const { opCode: code, remark: description } = route;
  return {
    at: parseIsoTime(route.acceptTime),
    ...(code === null ? byText(description) : (byCode(SF_EXPRESS_CODES, code) ?? unknownCode())),
    code,
    description,
    location: route.acceptAddress,
    countryCode: null,
    sequence,
    raw: boundedCopy(route.raw),
  };
}
