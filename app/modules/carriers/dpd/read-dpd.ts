import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import type { AccessToken } from "../call-with-token.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { unreadable } from "../read-json.ts";
import { decodeXml } from "../read-xml.ts";
import { buildShipment, orderEvents } from "../reduce-events.ts";
import { dpdAnswer, type DpdFault, type DpdStatus, type DpdTracking } from "./dpd-schema.ts";
import { DPD_CODES, DPD_ERRORS, DPD_WORDS } from "./dpd-status.ts";
import { readDpdDate } from "./read-dpd-date.ts";

/** Reads an answer of `ParcelLifeCycleService`; it names no parcel number, so whoever asked fills it in. Never throws. */
export function readDpd(answer: RawAnswer): CarrierReading {
  const decoded = decodeXml(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = dpdAnswer.safeParse(decoded.value);
  const body = parsed.success ? parsed.data.Envelope.Body : null;
  if (body?.Fault) return { shipments: [], errors: [toError(body.Fault, answer)] };
  const result = body?.getTrackingDataResponse?.trackingresult ?? null;
  if (result) return readResult(result);
  const empty = body?.getTrackingDataResponse !== undefined && body?.getTrackingDataResponse !== null;
  if (empty) return { shipments: [], errors: [notFound()] };
  return failedReading(answer, unreadable("This is not an answer of DPD's parcel life cycle service."));
}

/** The documents say 24 hours after the first login of a day; a token handed out again may have less left. */
const TOKEN_SECONDS = 24 * 60 * 60;

/** The token in an answer of `LoginService`; null when there is none. */
export function readDpdToken(answer: Pick<RawAnswer, "body">): AccessToken | null {
  const decoded = decodeXml(answer);
  const parsed = decoded.ok ? dpdAnswer.safeParse(decoded.value) : null;
  const token = parsed?.success ? parsed.data.Envelope.Body.getAuthResponse?.return?.authToken : null;
  return token ? { token, expiresInSeconds: TOKEN_SECONDS } : null;
}

function toError(fault: DpdFault, answer: RawAnswer): CarrierError {
  const detail = Object.values(fault.detail ?? {}).find((one) => one !== null);
  return classifyError(DPD_ERRORS, {
    code: detail?.errorCode ?? detail?.faultCode ?? fault.faultcode,
    message: detail?.errorMessage ?? detail?.message ?? fault.faultstring,
    httpStatus: answer.httpStatus,
    headers: answer.headers,
  });
}

function notFound(): CarrierError {
  return {
    kind: "not_found",
    retryable: true,
    message: "DPD does not know this number among this account's parcels (yet).",
  };
}

function readResult({ statusInfo, shipmentInfo }: DpdTracking): CarrierReading {
  if (statusInfo.length === 0) return { shipments: [], errors: [notFound()] };
  // States that lie ahead are listed too, as a progress bar needs them: they have not happened.
  const scans = statusInfo.filter((one) => one.statusHasBeenReached !== "false").map(toEvent);
  const service = shipmentInfo?.serviceDescription?.content.find((one) => one.content !== null)?.content ?? null;
  return { shipments: [toShipment(scans, service)], errors: [] };
}

/** Two depots may scan in the same second with the same words: here, unlike elsewhere, the place tells scans apart. */
function toShipment(scans: readonly CarrierEvent[], service: string | null): CarrierShipment {
  const seen = new Set<string>();
  const distinct = scans.filter(({ at, code, description, location }) => {
    const key = JSON.stringify([at?.local ?? null, code, description, location]);
    return seen.size < seen.add(key).size;
  });
  return { ...buildShipment({ trackingNumber: "", service }, distinct), events: orderEvents(distinct) };
}

function toEvent(status: DpdStatus, sequence: number): CarrierEvent {
  const place = status.location?.content ?? null;
  return {
    at: readDpdDate(status.date?.content ?? null),
    ...mapStatus(status),
    code: status.status,
    description: status.label?.content ?? wordsOf(status),
    location: place,
    countryCode: countryCode(place?.slice(-3, -1) ?? null),
    sequence,
    raw: boundedCopy(status.raw),
  };
}

function mapStatus(status: DpdStatus): MappedStatus {
  const { status: code } = status;
  const known = byCode(DPD_CODES, code);
  const words = wordsOf(status);
  if (!known) return code === null ? byText(words) : unknownCode();
  if (words === null) return known;
  const rules = code === "DeliveryFailure" ? [...DPD_WORDS.anyCode, ...DPD_WORDS.failure] : DPD_WORDS.anyCode;
  const found = rules.find(([pattern]) => pattern.test(words));
  if (!found) return known;
  // "Delivered" with these words is a return that arrived.
  const arrived = known.status === "delivered" && found[1][0] === "return_to_sender";
  return mapped(arrived ? ["return_to_sender", "returned"] : found[1], known.rule);
}

function wordsOf({ description }: DpdStatus): string | null {
  return description?.content.find((one) => one.content !== null)?.content ?? null;
}
