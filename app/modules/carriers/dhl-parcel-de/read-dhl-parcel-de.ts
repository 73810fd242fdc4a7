import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { unreadable } from "../read-json.ts";
import { decodeXml } from "../read-xml.ts";
import { buildShipment } from "../reduce-events.ts";
import { trackAnswer, type ParcelDeEvent, type ParcelDeShipment } from "./dhl-parcel-de-schema.ts";
import {
  PARCEL_DE_CODES,
  PARCEL_DE_ERRORS,
  PARCEL_DE_ICE,
  PARCEL_DE_LOGIN_WORDS,
  PARCEL_DE_RECIPIENTS,
} from "./dhl-parcel-de-status.ts";

/** Reads an answer of "Sendungsverfolgung" to `d-get-piece-detail`, errors included. Never throws. */
export function readDhlParcelDe(answer: RawAnswer): CarrierReading {
  const decoded = decodeXml(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = trackAnswer.safeParse(decoded.value);
  if (!parsed.success || parsed.data.data["@name"] === null) {
    return failedReading(answer, unreadable("This is not an answer of the DHL Paket tracking service."));
  }
  const { data: shipments, "@code": code, "@error": message } = parsed.data.data;
  if (shipments.length === 0) return { shipments: [], errors: [toError(code, message, null)] };
  const good = shipments.filter((shipment) => isGood(shipment));
  const refused = shipments.filter((shipment) => !isGood(shipment));
  return {
    shipments: good.map(toShipment),
    errors: refused.map((one) => toError(one["@error-status"], one["@status"], numberOf(one))),
  };
}

function isGood(shipment: ParcelDeShipment): boolean {
  const status = shipment["@error-status"];
  return status === null || status === "0" || shipment.data.length > 0;
}

function toError(code: string | null, message: string | null, trackingNumber: string | null): CarrierError {
  const error = classifyError(PARCEL_DE_ERRORS, { code, message, trackingNumber });
  return PARCEL_DE_LOGIN_WORDS.test(message ?? "") ? { ...error, kind: "auth", retryable: false } : error;
}

function numberOf(shipment: ParcelDeShipment): string {
  return shipment["@searched-piece-code"] ?? shipment["@piece-code"] ?? "";
}

function toShipment(shipment: ParcelDeShipment): CarrierShipment {
  const own = numberOf(shipment);
  const piece = shipment["@piece-code"];
  const scans = shipment.data.flatMap((events) => events.data).map(toEvent);
  const built = buildShipment(
    {
      trackingNumber: own,
      service: shipment["@product-name"],
      carrierUniqueId: shipment["@piece-id"],
      alternateNumbers: piece === null || piece === own ? [] : [piece],
    },
    scans,
  );
  if (built.status !== "delivered" || built.subStatus !== null) return built;
  const who = shipment["@recipient-id-text"] ?? "";
  return { ...built, subStatus: PARCEL_DE_RECIPIENTS.find(([pattern]) => pattern.test(who))?.[1] ?? null };
}

/** `17.03.2016 11:44`, in Germany or wherever the scan was: no zone is stated. */
function toEvent(event: ParcelDeEvent, sequence: number): CarrierEvent {
  const written = event["@event-timestamp"] ?? "";
  const code = event["@standard-event-code"];
  const country = event["@event-country"];
  const description = event["@event-text"] ?? event["@event-status"];
  return {
    at: parseSplitTime({
      date: `${written.slice(6, 10)}-${written.slice(3, 5)}-${written.slice(0, 2)}`,
      time: written.slice(11) || null,
    }),
    ...mapStatus(event, description),
    code: code ?? event["@ice"],
    description,
    location: joinPlace([event["@event-location"], country]),
    countryCode: countryCode(country),
    sequence,
    raw: boundedCopy(event.raw),
  };
}

function mapStatus(event: ParcelDeEvent, words: string | null): MappedStatus {
  const standard = event["@standard-event-code"];
  const international = event["@ice"];
  const known = byCode(PARCEL_DE_CODES, standard) ?? byCode(PARCEL_DE_ICE, international, "ice");
  if (!known) return standard === null && international === null ? byText(words) : unknownCode();
  if (event["@ruecksendung"] !== "true") return known;
  // On the way back to the sender the same codes are used again.
  return mapped(["return_to_sender", known.status === "delivered" ? "returned" : "returning"], known.rule);
}
