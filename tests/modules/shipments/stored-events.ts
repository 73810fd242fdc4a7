import type { CarrierEvent, CarrierShipment } from "#app/modules/carriers/carrier.ts";
import type { FoldContext } from "#app/modules/shipments/folded-state.ts";
import { fingerprintScan } from "#app/modules/shipments/fingerprint-event.ts";
import type { LoggedEvent } from "#app/modules/shipments/stored-event.ts";

export const SHIPPED_AT = new Date("2026-03-02T10:00:00Z");

export const context: FoldContext = { createdAt: SHIPPED_AT, shippedAt: SHIPPED_AT, destinationCountry: "DE" };

/** Hours after the parcel was shipped. */
export function hour(hours: number): Date {
  return new Date(SHIPPED_AT.getTime() + hours * 3_600_000);
}

/** A row of the log; the fingerprint follows from what is given. */
export function scan(given: Partial<LoggedEvent> & Pick<LoggedEvent, "status">): LoggedEvent {
  const occurredAt = given.occurredAt === undefined ? null : given.occurredAt;
  const event = {
    source: "poll" as const,
    carrier: "ups",
    subStatus: null,
    code: given.status,
    description: null,
    location: null,
    countryCode: null,
    localTime: occurredAt?.toISOString().slice(0, 19) ?? null,
    utcOffset: occurredAt ? "+00:00" : null,
    occurredAt,
    zoneSource: "carrier" as const,
    zoneName: null,
    unknownCode: false,
    rule: `code:${given.status}`,
    sequence: 0,
    raw: null,
    receivedAt: SHIPPED_AT,
    ...given,
  };
  return { fingerprint: fingerprintScan(event), ...event };
}

/** A scan as an adapter reads it. */
export function carrierEvent(
  given: Partial<CarrierEvent> & Pick<CarrierEvent, "status">,
  at: Date | null,
): CarrierEvent {
  return {
    at: at && { local: at.toISOString().slice(0, 19), offset: "+00:00", utc: at.toISOString() },
    subStatus: null,
    code: given.status,
    description: `${given.status} scan`,
    location: "BERLIN, DE",
    countryCode: "DE",
    unknownCode: false,
    rule: `code:${given.status}`,
    sequence: 0,
    raw: { code: given.status },
    ...given,
  };
}

export function carrierShipment(
  trackingNumber: string,
  events: CarrierEvent[],
  given: Partial<CarrierShipment> = {},
): CarrierShipment {
  return {
    trackingNumber,
    status: events.at(-1)?.status ?? "unknown",
    subStatus: null,
    topLevelStatus: null,
    deliveredAt: null,
    estimatedDelivery: null,
    promisedDelivery: null,
    service: null,
    underlyingCarrier: null,
    underlyingCarrierId: null,
    carrierUniqueId: null,
    alternateNumbers: [],
    pieceCount: null,
    events: events.map((event, sequence) => ({ ...event, sequence })),
    ...given,
  };
}
