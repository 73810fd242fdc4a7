import { describe, expect, test } from "vitest";
import type { CarrierEvent, CarrierShipment } from "#app/modules/carriers/carrier.ts";
import { foldEvents } from "#app/modules/shipments/fold-events.ts";
import { eventsOf, withInstants } from "#app/modules/shipments/recording.ts";
import { carrierEvent, carrierShipment, context, hour } from "./stored-events.ts";

const NOW = hour(72);

/** A scan whose wall clock, so many hours after the parcel was shipped in UTC, stands in Berlin (an hour ahead). */
function berlin(status: CarrierEvent["status"], hours: number): CarrierEvent {
  const local = hour(hours + 1)
    .toISOString()
    .slice(0, 19);
  return carrierEvent({ status, at: { local, offset: null, utc: null } }, null);
}

const nowhere = (event: CarrierEvent): CarrierEvent => ({ ...event, location: null, countryCode: null });

function heard(shipment: CarrierShipment, source: "poll" | "push" = "poll") {
  const input = { shipmentId: "shp_1", answer: { shipment, source, carrier: "ups" } };
  return eventsOf(withInstants(input, NOW), NOW);
}

describe("scans without a zone join the log", () => {
  test("with the instant of their place, told apart from the carrier's own", () => {
    expect(heard(carrierShipment("1", [berlin("in_transit", 1)]))).toMatchObject([
      { occurredAt: hour(1), zoneSource: "inferred", utcOffset: null, localTime: "2026-03-02T12:00:00" },
    ]);
  });

  test("as the same scan, whether or not the place is understood: a second poll adds nothing", () => {
    const understood = heard(carrierShipment("1", [berlin("in_transit", 1)]));
    const not = heard(carrierShipment("1", [nowhere(berlin("in_transit", 1))]));
    expect(not[0]).toMatchObject({ occurredAt: null, zoneSource: "unknown" });
    expect(not[0]?.fingerprint).toBe(understood[0]?.fingerprint);
  });

  test("and the carrier's timed scans keep their place among them", () => {
    const exact = carrierEvent({ status: "out_for_delivery" }, hour(30));
    const earlier = berlin("exception", 29);
    const told = heard(carrierShipment("1", [berlin("in_transit", 1), earlier, exact]));
    expect(foldEvents(told, context).status).toBe("out_for_delivery");
    // The carrier lists it before the timed scan, its clock says after: the clock is not Berlin's.
    const contradicting = heard(carrierShipment("1", [berlin("in_transit", 1), berlin("exception", 31), exact]));
    expect(contradicting[1]).toMatchObject({ occurredAt: null, zoneSource: "unknown" });
    expect(foldEvents(contradicting, context).status).toBe("out_for_delivery");
  });

  test("a pushed scan with an instant stands after polled ones that happened before it", () => {
    const pushed = heard(carrierShipment("1", [carrierEvent({ status: "out_for_delivery" }, hour(30))]), "push");
    const polled = heard(carrierShipment("1", [berlin("pre_transit", 0), berlin("in_transit", 20)]));
    expect(foldEvents([...pushed, ...polled], context).status).toBe("out_for_delivery");
  });
});

describe("a published status of the whole parcel", () => {
  const top = { status: "exception" as const, subStatus: null, code: "EX" };

  test("is inferred where the scan is that it stands on, and new when there is a newer scan", () => {
    const first = heard(carrierShipment("1", [berlin("in_transit", 1)], { topLevelStatus: top }));
    const second = heard(
      carrierShipment("1", [berlin("in_transit", 1), berlin("in_transit", 9)], { topLevelStatus: top }),
    );
    expect(first.at(-1)).toMatchObject({ rule: "top:EX", occurredAt: hour(1), zoneSource: "inferred" });
    expect(second.at(-1)?.fingerprint).not.toBe(first.at(-1)?.fingerprint);
  });

  test("is the same statement whether or not the place is understood", () => {
    const understood = heard(carrierShipment("1", [berlin("in_transit", 1)], { topLevelStatus: top }));
    const not = heard(carrierShipment("1", [nowhere(berlin("in_transit", 1))], { topLevelStatus: top }));
    expect(not.at(-1)?.fingerprint).toBe(understood.at(-1)?.fingerprint);
  });
});

describe("a scan that is dated more than a day ahead", () => {
  const ahead = { ...carrierEvent({ status: "in_transit" }, hour(24 * 365)), sequence: 0 };
  const real = { ...carrierEvent({ status: "out_for_delivery" }, hour(30)), sequence: 1 };

  test("has no instant, keeps its place in the carrier's order, and hides no later scan", () => {
    const log = heard(carrierShipment("1", [ahead, real]));
    expect(log[0]).toMatchObject({ occurredAt: null, zoneSource: "unknown", localTime: ahead.at?.local });
    expect(foldEvents(log, context)).toMatchObject({ status: "out_for_delivery", lastEventAt: hour(30) });
  });

  test("is the same scan when the day has come", () => {
    const [early] = heard(carrierShipment("1", [ahead]));
    const answer = { shipment: carrierShipment("1", [ahead]), source: "poll" as const, carrier: "ups" };
    const [late] = eventsOf({ shipmentId: "shp_1", answer }, hour(24 * 365));
    expect(late?.occurredAt).toEqual(hour(24 * 365));
    expect(late?.fingerprint).toBe(early?.fingerprint);
  });
});
