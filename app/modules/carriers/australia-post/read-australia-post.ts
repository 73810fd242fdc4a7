import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { byCode, byText, isDeliveredElsewhere, mapped, type MappedStatus, unknownCode } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import {
  australiaPostAnswer,
  type AustraliaPostArticle,
  type AustraliaPostEvent,
  type AustraliaPostRemark,
  type AustraliaPostResult,
} from "./australia-post-schema.ts";
import {
  AUSTRALIA_POST_BEGINNINGS,
  AUSTRALIA_POST_ERRORS,
  AUSTRALIA_POST_STATUSES,
  AUSTRALIA_POST_WORDS,
  REFUSED_WORDS,
} from "./australia-post-status.ts";

/** Reads an answer of the Track items service; errors of single numbers stand beside the others' scans. Never throws. */
export function readAustraliaPost(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = australiaPostAnswer.safeParse(decoded.value);
  const { tracking_results: results = [], errors = [] } = parsed.data ?? {};
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const result of results) addResult(reading, result);
  reading.errors.push(...errors.filter(saysSomething).map((remark) => toError(remark, answer)));
  if (reading.shipments.length + reading.errors.length > 0) return reading;
  return failedReading(answer, unreadable("This is not an answer of Australia Post's tracking service."));
}

function addResult(reading: CarrierReading, result: AustraliaPostResult): void {
  const asked = result.tracking_id;
  const articles = result.trackable_items.flatMap((item): AustraliaPostArticle[] =>
    item.items.length > 0 ? item.items : [item],
  );
  const only = articles.length === 1;
  for (const article of articles) {
    const shipment = toShipment(article, { asked, only, pieceCount: only ? null : articles.length });
    if (shipment) reading.shipments.push(shipment);
  }
  for (const remark of result.errors.filter(saysSomething)) reading.errors.push(aboutNumber(toError(remark), asked));
}

/** As long as the shortest number in use. */
const WHOLE_NUMBER = /^[A-Z0-9]{10,}$/i;

/** "Invalid tracking ID" is also what is said of a number that is not known yet: only one that is none is invalid. */
function aboutNumber(error: CarrierError, trackingNumber: string | null): CarrierError {
  if (trackingNumber === null) return error;
  const notYet = error.kind === "invalid_number" && WHOLE_NUMBER.test(trackingNumber);
  return { ...error, trackingNumber, ...(notYet ? { kind: "not_found", retryable: true } : {}) };
}

function saysSomething({ code, name, message, error_code }: AustraliaPostRemark): boolean {
  return code !== null || name !== null || message !== null || error_code !== null;
}

function toError(remark: AustraliaPostRemark, answer?: RawAnswer): CarrierError {
  const name = remark.name ?? remark.error_name;
  const error = classifyError(AUSTRALIA_POST_ERRORS, {
    code: remark.code ?? remark.error_code,
    message: remark.message ?? name,
    httpStatus: answer?.httpStatus,
    headers: answer?.headers,
  });
  const refused = error.kind === "unknown" && REFUSED_WORDS.test(`${name ?? ""} ${error.message}`);
  return refused ? { ...error, kind: "auth", retryable: false } : error;
}

interface Asked {
  asked: string | null;
  /** The answer holds no other article, so that it is the parcel that was asked for. */
  only: boolean;
  pieceCount: number | null;
}

function toShipment(article: AustraliaPostArticle, { asked, only, pieceCount }: Asked): CarrierShipment | null {
  const own = article.article_id ?? article.consignment_id;
  const trackingNumber = only ? (asked ?? own) : (own ?? asked);
  if (trackingNumber === null) return null;
  const others = [own, asked].filter((number): number is string => number !== null && number !== trackingNumber);
  const scans = article.events.map((event, index) => toEvent(event, article.events.length - 1 - index));
  const facts = { trackingNumber, service: article.product_type, alternateNumbers: [...new Set(others)], pieceCount };
  const built = buildShipment(facts, scans);
  const stated = statement(article.status);
  return stated && mayDecide(stated.status, built) ? buildShipment({ ...facts, topLevelStatus: stated }, scans) : built;
}

function statement(status: string | null): CarrierShipment["topLevelStatus"] {
  const known = byCode(AUSTRALIA_POST_STATUSES, status?.toLowerCase() ?? null, "status");
  return known && status !== null ? { status: known.status, subStatus: known.subStatus, code: status } : null;
}

/** The item's status is coarser than the scans: it counts where they say nothing, and where it tells of an end. */
function mayDecide(stated: CarrierShipment["status"], { status }: CarrierShipment): boolean {
  if (status === "unknown") return true;
  const ended = stated === "delivered" || stated === "cancelled";
  return ended && status !== "delivered" && status !== "return_to_sender";
}

function toEvent(event: AustraliaPostEvent, sequence: number): CarrierEvent {
  const status = mapWords(event.description);
  return {
    at: parseIsoTime(event.date),
    ...status,
    // Words that nobody knows are listed for the operator like a code would be.
    code: status.unknownCode ? (event.description?.slice(0, 80) ?? null) : null,
    description: event.description,
    location: event.location,
    countryCode: null,
    sequence,
    raw: boundedCopy(event.raw),
  };
}

function mapWords(description: string | null): MappedStatus {
  if (description === null) return byText(null);
  const words = description.toLowerCase();
  const known = byCode(AUSTRALIA_POST_WORDS, words, "words");
  if (known) return known;
  const begins = AUSTRALIA_POST_BEGINNINGS.find(([beginning]) => words.startsWith(beginning));
  if (!begins || (begins[1][0] === "delivered" && isDeliveredElsewhere(words))) return unknownCode();
  return mapped(begins[1], `words:${begins[0].trim()}`);
}
