import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { unreadable } from "../read-json.ts";
import { decodeXml } from "../read-xml.ts";
import { buildShipment } from "../reduce-events.ts";
import { mapCheckpoint, readArrival } from "./map-checkpoint.ts";
import { xmlAnswer, xmlError, type AirWaybill, type XmlEvent } from "./mydhl-schema.ts";
import { MYDHL_ERRORS, MYDHL_LOGIN_WORDS } from "./mydhl-status.ts";

/** Reads an answer of DHL Express's XML service: oldest scan first, no zones. Never throws. */
export function readXmlPi(answer: RawAnswer): CarrierReading {
  const decoded = decodeXml(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const tracked = xmlAnswer.safeParse(decoded.value);
  if (tracked.success && tracked.data.TrackingResponse.AWBInfo.length > 0) {
    return readWaybills(tracked.data.TrackingResponse.AWBInfo);
  }
  const refused = xmlError.safeParse(decoded.value);
  const status = refused.success
    ? (refused.data.ShipmentTrackingErrorResponse ?? refused.data.ErrorResponse)?.Response.Status
    : null;
  if (status) return { shipments: [], errors: [toError(status.Condition, null)] };
  return failedReading(answer, unreadable("This is not an answer of the DHL Express tracking service."));
}

function readWaybills(waybills: readonly AirWaybill[]): CarrierReading {
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const waybill of waybills) {
    const condition = waybill.Status?.Condition ?? null;
    if (waybill.ShipmentInfo) reading.shipments.push(toShipment(waybill, waybill.ShipmentInfo));
    else reading.errors.push(toError(condition ?? { ConditionCode: "209", ConditionData: null }, waybill.AWBNumber));
  }
  return reading;
}

type Condition = NonNullable<NonNullable<AirWaybill["Status"]>["Condition"]>;

function toError(condition: Condition | null, trackingNumber: string | null): CarrierError {
  const { ConditionCode: code, ConditionData: message } = condition ?? { ConditionCode: null, ConditionData: null };
  const error = classifyError(MYDHL_ERRORS, { code, message, trackingNumber });
  return code === "111" && MYDHL_LOGIN_WORDS.test(message ?? "") ? { ...error, kind: "auth" } : error;
}

function toShipment(waybill: AirWaybill, info: NonNullable<AirWaybill["ShipmentInfo"]>): CarrierShipment {
  return buildShipment(
    {
      trackingNumber: waybill.AWBNumber ?? "",
      estimatedDelivery: readArrival(info.EstDlvyDate),
      service: info.GlobalProductCode,
      pieceCount: info.Pieces,
    },
    info.ShipmentEvent.map(toEvent),
  );
}

function toEvent(event: XmlEvent, sequence: number): CarrierEvent {
  const code = event.ServiceEvent?.EventCode ?? null;
  const description = event.ServiceEvent?.Description ?? null;
  return {
    at: parseSplitTime({ date: event.Date, time: event.Time }),
    ...mapCheckpoint(code, description),
    code,
    description,
    location: event.ServiceArea?.Description ?? null,
    countryCode: null,
    sequence,
    raw: boundedCopy(event.raw),
  };
}
