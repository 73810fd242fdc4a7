import { describe, expect, test } from "vitest";
import type { CarrierEvent, CarrierTime } from "#app/modules/carriers/carrier.ts";
import { inferInstants } from "#app/modules/carriers/infer-instants.ts";
import { buildShipment } from "#app/modules/carriers/reduce-events.ts";

const NOW = new Date("2024-07-12T00:00:00Z");

function scan(sequence: number, at: CarrierTime | null, more: Partial<CarrierEvent> = {}): CarrierEvent {
  return {
    at,
    status: "in_transit",
    subStatus: null,
    code: `C${sequence}`,
    description: null,
    location: "LOUISVILLE, KY, US",
    countryCode: "US",
    unknownCode: false,
    rule: "code:C",
    sequence,
    raw: null,
    ...more,
  };
}

const naive = (local: string): CarrierTime => ({ local, offset: null, utc: null });
const exact = (utc: string): CarrierTime => ({ local: utc.slice(0, 19), offset: "+00:00", utc });

function infer(...events: CarrierEvent[]) {
  return inferInstants(buildShipment({ trackingNumber: "1" }, events), NOW);
}

const times = (...events: CarrierEvent[]) => infer(...events).events.map(({ at }) => at);

describe("inferInstants", () => {
  test("the place gives the instant, and says so; wall clock and offset stay as the carrier wrote them", () => {
    expect(times(scan(0, naive("2024-07-10T12:30:00")))).toEqual([
      { local: "2024-07-10T12:30:00", offset: null, utc: "2024-07-10T16:30:00Z", inferred: true },
    ]);
  });

  test("what the carrier timed, and what is no time of day, stays", () => {
    const given = [
      exact("2024-07-10T12:30:00Z"),
      naive("2024-07-10"),
      // A date dressed as a time, and the carriers' placeholders for "some time that day".
      naive("2024-07-10T00:00:00"),
      naive("2024-07-10T11:59:59"),
      naive("2024-07-10T23:59:59"),
      null,
    ];
    for (const at of given) expect(times(scan(0, at))).toEqual([at]);
  });

  test("a label that means what the place means supports it; one that does not is a reason for doubt", () => {
    const labelled = (zoneName: string) => times(scan(0, { ...naive("2024-07-10T12:30:00"), zoneName }))[0]?.utc;
    expect(labelled("EDT")).toBe("2024-07-10T16:30:00Z");
    expect([labelled("EST"), labelled("MST"), labelled("Q"), labelled("constructor")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test("an ambiguous place, an ambiguous hour and a moment yet to come stay without an instant", () => {
    expect(times(scan(0, naive("2024-07-10T12:30:00"), { location: "PORTLAND, US" }))[0]?.utc).toBeNull();
    expect(times(scan(0, naive("2023-11-05T01:30:00")))[0]?.utc).toBeNull();
    expect(times(scan(0, naive("2024-07-11T20:30:00")))[0]?.utc).toBeNull();
  });

  test("label data is not where it says: it keeps its wall clock alone", () => {
    expect(times(scan(0, naive("2024-07-10T12:30:00"), { status: "pre_transit" }))[0]?.utc).toBeNull();
  });

  test("the carrier's own times win: an inferred one that contradicts its order is not believed", () => {
    const before = scan(0, exact("2024-07-10T17:00:00Z"));
    const after = scan(2, exact("2024-07-10T18:00:00Z"));
    const between = (local: string) =>
      infer(before, scan(1, naive(local)), after).events.find(({ sequence }) => sequence === 1)?.at?.utc;
    expect(between("2024-07-10T13:30:00")).toBe("2024-07-10T17:30:00Z");
    expect(between("2024-07-10T12:30:00")).toBeNull();
    expect(between("2024-07-10T14:30:00")).toBeNull();
  });

  test("the delivery has the instant of its scan", () => {
    const delivered = scan(0, naive("2024-07-10T12:30:00"), { status: "delivered" });
    expect(infer(delivered).deliveredAt).toEqual(infer(delivered).events[0]?.at);
    expect(infer(delivered).deliveredAt?.utc).toBe("2024-07-10T16:30:00Z");
  });

  test("an answer without open times is handed on as it is", () => {
    const shipment = buildShipment({ trackingNumber: "1" }, [scan(0, exact("2024-07-10T12:30:00Z"))]);
    expect(inferInstants(shipment, NOW)).toBe(shipment);
  });
});
