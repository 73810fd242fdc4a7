import type { z } from "zod";
import type {
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  CarrierTime,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { compactDate, parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, joinPlace } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { unreadable } from "../read-json.ts";
import { decodeXml } from "../read-xml.ts";
import { buildShipment } from "../reduce-events.ts";
import {
  canadaPostAnswer,
  wrapped,
  type CanadaPostDetail,
  type CanadaPostOccurrence,
  type CanadaPostSummary,
} from "./canada-post-schema.ts";
import { CANADA_POST_CODES, CANADA_POST_ERRORS, CANADA_POST_TYPES, RETURNED_WORDS } from "./canada-post-status.ts";

/** Reads the tracking details or the summary of a parcel, or any error body of Canada Post. Never throws. */
export function readCanadaPost(answer: RawAnswer): CarrierReading {
  const decoded = decodeXml(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = openAnswer(decoded.value);
  const detail = parsed?.["tracking-detail"];
  if (detail?.pin) return { shipments: [fromDetail(detail, detail.pin)], errors: [] };
  const summaries = parsed?.["tracking-summary"]?.["pin-summary"] ?? [];
  const known = summaries.filter((summary) => summary.pin !== null);
  if (known.length > 0) return { shipments: known.map(fromSummary), errors: [] };
  const errors = (parsed?.messages?.message ?? [])
    .filter(({ code, description }) => code !== null || description !== null)
    .map(({ code, description }) =>
      classifyError(CANADA_POST_ERRORS, {
        code,
        message: description,
        httpStatus: answer.httpStatus,
        headers: answer.headers,
      }),
    );
  if (errors.length > 0) return { shipments: [], errors };
  return failedReading(answer, unreadable("This is not an answer of Canada Post's tracking service."));
}

function openAnswer(value: unknown): z.output<typeof canadaPostAnswer> | null {
  const inside = wrapped.safeParse(value);
  if (inside.success) return inside.data.wrapper;
  return canadaPostAnswer.safeParse(value).data ?? null;
}

function fromDetail(detail: CanadaPostDetail, trackingNumber: string): CarrierShipment {
  const occurrences = detail["significant-events"]?.occurrence ?? [];
  const scans = occurrences.map((occurrence, index) => toEvent(occurrence, occurrences.length - 1 - index));
  const alternates = [detail["return-pin"], detail["original-pin"]];
  return buildShipment(
    {
      trackingNumber,
      estimatedDelivery: dayOf(detail["changed-expected-date"]) ?? dayOf(detail["expected-delivery-date"]),
      promisedDelivery: dayOf(detail["expected-delivery-date"]),
      service: detail["service-name"],
      alternateNumbers: alternates.filter((pin): pin is string => pin !== null && pin !== trackingNumber),
    },
    scans,
  );
}

function toEvent(occurrence: CanadaPostOccurrence, sequence: number): CarrierEvent {
  const code = occurrence["event-identifier"];
  const description = occurrence["event-description"];
  const time = parseSplitTime({ date: occurrence["event-date"], time: occurrence["event-time"] });
  return {
    at: withZoneName(time, occurrence["event-time-zone"]),
    ...mapOccurrence(code, description),
    code,
    description,
    location: joinPlace([occurrence["event-site"], occurrence["event-province"]]),
    countryCode: null,
    sequence,
    raw: boundedCopy(occurrence.raw),
  };
}

/** "EST" is stamped in July and in Saskatoon: a label, from which no instant can be made. */
function withZoneName(time: CarrierTime | null, zoneName: string | null): CarrierTime | null {
  return time === null || zoneName === null ? time : { ...time, zoneName };
}

function mapOccurrence(code: string | null, description: string | null): MappedStatus {
  if (code === null) return byText(description);
  const known = byCode(CANADA_POST_CODES, code.replace(/^0+(?=\d)/, ""));
  if (!known) return unknownCode();
  const onTheDoorstep = DOORSTEP.has(known.status);
  if (!onTheDoorstep || description === null || !RETURNED_WORDS.test(description)) return known;
  return mapped(
    ["return_to_sender", known.status === "delivered" ? "returned" : "returning"],
    `${known.rule}/returned`,
  );
}

const DOORSTEP = new Set<string>(["delivered", "out_for_delivery", "delivery_attempted"]);

function fromSummary(summary: CanadaPostSummary): CarrierShipment {
  const [date = null, clock = null] = (summary["event-date-time"] ?? "").split(":");
  const code = summary["event-type"];
  const description = summary["event-description"];
  const event: CarrierEvent = {
    at: parseSplitTime({ date, time: clock }),
    ...mapSummary(code, description),
    code,
    description,
    location: summary["event-location"],
    countryCode: null,
    sequence: 0,
    raw: boundedCopy(summary.raw),
  };
  return buildShipment(
    {
      trackingNumber: summary.pin ?? "",
      estimatedDelivery: dayOf(summary["expected-delivery-date"]),
      promisedDelivery: dayOf(summary["expected-delivery-date"]),
      service: summary["service-name"],
    },
    code === null && description === null ? [] : [event],
  );
}

/** The summary calls the arrival of the shipper's data an induction, too. */
function mapSummary(code: string | null, description: string | null): MappedStatus {
  if (/\b(?:order|electronic) ?information\b/i.test(description ?? "")) {
    return mapped(["pre_transit", "label_created"], "text:order information");
  }
  return byCode(CANADA_POST_TYPES, code, "type") ?? (code === null ? byText(description) : unknownCode());
}

function dayOf(value: string | null): EstimatedDelivery | null {
  const date = compactDate(value);
  return date === null ? null : { date };
}
