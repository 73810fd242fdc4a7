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
import { boundedCopy, countryCode } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { laPosteResult, type LaPosteResult, type LaPosteScan, type LaPosteShipment } from "./la-poste-schema.ts";
import { LA_POSTE_CODES, LA_POSTE_ERRORS, LA_POSTE_NOT_DELIVERED } from "./la-poste-status.ts";

/** More than any answer holds: ten numbers are the most that one question may name. */
const MAX_RESULTS = 50;

/**
 * Reads an answer of La Poste's Suivi v2: one number, several, or an error of the gateway. Every scan carries the offset of
 * Paris, scans abroad too: the instant is what La Poste states, good to the day abroad and not to the hour. Never throws.
 */
export function readLaPoste(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const several = Array.isArray(decoded.value);
  const items: unknown[] = Array.isArray(decoded.value) ? decoded.value.slice(0, MAX_RESULTS) : [decoded.value];
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const item of items) {
    const parsed = laPosteResult.safeParse(item);
    if (parsed.success) addResult(reading, parsed.data, { answer, several });
  }
  if (reading.shipments.length + reading.errors.length > 0) return reading;
  return failedReading(answer, unreadable("This is not an answer of La Poste's tracking service."));
}

interface Source {
  answer: RawAnswer;
  /** Whether the answer is a list: only there does a refusal have to say which number it is about. */
  several: boolean;
}

function addResult(reading: CarrierReading, result: LaPosteResult, source: Source): void {
  if (result.shipment && (result.shipment.idShip !== null || result.shipment.event.length > 0)) {
    reading.shipments.push(toShipment(result.shipment, result.idShip));
  } else if (result.returnCode ?? result.returnMessage ?? result.code ?? result.message) {
    reading.errors.push(toError(result, source));
  }
}

function toError(result: LaPosteResult, { answer, several }: Source): CarrierError {
  return classifyError(LA_POSTE_ERRORS, {
    code: result.returnCode ?? result.code,
    message: result.returnMessage ?? result.message,
    trackingNumber: several ? result.idShip : null,
    httpStatus: answer.httpStatus,
    headers: answer.headers,
  });
}

function toShipment(shipment: LaPosteShipment, asked: string | null): CarrierShipment {
  const scans = shipment.event.map((scan, index) => toEvent(scan, shipment.event.length - 1 - index));
  const partnerNumber = shipment.contextData?.partner?.reference ?? null;
  const built = buildShipment(
    {
      trackingNumber: shipment.idShip ?? asked ?? "",
      estimatedDelivery: moment(shipment.estimDate),
      service: shipment.product,
      alternateNumbers: partnerNumber === null || partnerNumber === shipment.idShip ? [] : [partnerNumber],
    },
    scans,
  );
  if (built.status !== "delivered") return built;
  return { ...built, deliveredAt: built.deliveredAt ?? parseIsoTime(shipment.deliveryDate) };
}

function toEvent(scan: LaPosteScan, sequence: number): CarrierEvent {
  return {
    at: parseIsoTime(scan.date),
    ...mapScan(scan),
    code: scan.code,
    description: scan.label,
    location: null,
    countryCode: countryCode(scan.country),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

function mapScan({ code, label }: LaPosteScan): MappedStatus {
  if (code === "ND1" && label !== null) {
    const found = LA_POSTE_NOT_DELIVERED.words.find(([words]) => words.test(label));
    if (found) return mapped(found[1], "code:ND1");
  }
  return byCode(LA_POSTE_CODES, code) ?? (code === null ? byText(label) : unknownCode());
}

/** An estimate at midnight is a date. */
function moment(value: string | null): EstimatedDelivery | null {
  const time = parseIsoTime(value);
  if (time === null) return null;
  const [date = time.local, clock = "00:00:00"] = time.local.split("T");
  return clock === "00:00:00" ? { date } : { at: time };
}
