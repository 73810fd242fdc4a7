import { describe, expect, test } from "vitest";
import { readShip24 } from "#app/modules/carriers/ship24/read-ship24.ts";
import { SHIP24_CODES, SHIP24_MILESTONES } from "#app/modules/carriers/ship24/ship24-status.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readShip24({ body: fixture("ship24", name) });

function readTracking(tracking: Record<string, unknown>) {
  const trackings = [{ tracker: { trackingNumber: "T1" }, ...tracking }];
  return readShip24({ body: JSON.stringify({ data: { trackings } }) }).shipments[0];
}

const readScan = (scan: Record<string, unknown>) => readTracking({ events: [scan] })?.events[0];

test("a delivered parcel: wall clocks, no instants, the last mile's carrier", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    ...{ trackingNumber: "LM000421003JP", status: "delivered", service: "EMS", underlyingCarrier: "us-post" },
    underlyingCarrierId: "usps",
    deliveredAt: { local: "2026-03-09T13:22:00", offset: null, utc: null },
    estimatedDelivery: { from: { local: "2026-03-09T00:00:00" }, to: { local: "2026-03-11T00:00:00" } },
    alternateNumbers: ["LM000421003JP1"],
  });
  expect(shipment?.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(shipment?.events[2]).toMatchObject({ code: "in_transit", rule: "code:in_transit", subStatus: null });
});

test("the clock that Ship24 calls UTC is not believed; an offset and a missing time are", () => {
  const at = (scan: object) => readScan({ statusMilestone: "in_transit", ...scan })?.at;
  const clock = { occurrenceDatetime: "2026-03-09T13:22:00", datetime: "2026-03-09T13:22:00.000Z" };
  expect(at(clock)).toEqual({ local: "2026-03-09T13:22:00", offset: null, utc: null });
  expect(at({ ...clock, utcOffset: "-08:00" })).toMatchObject({ offset: "-08:00", utc: "2026-03-09T21:22:00Z" });
  expect(at({ ...clock, hasNoTime: true })).toEqual({ local: "2026-03-09", offset: null, utc: null });
  expect(at({ occurrenceDatetime: "2026-03-09T13:22:00+09:00", utcOffset: "-08:00" })).toMatchObject({
    ...{ offset: "+09:00", utc: "2026-03-09T04:22:00Z" },
  });
  expect(at({ occurrenceDatetime: "soon" })).toBeNull();
});

test("a webhook has the new scans only, and the state of the whole", () => {
  expect(read("new-events").shipments).toMatchObject([{ status: "out_for_delivery", events: { length: 1 } }]);
});

test("a new tracker knows nothing yet; a list of trackers says nothing about parcels", () => {
  expect(read("tracker-made")).toMatchObject({ shipments: [{ status: "unknown", events: [] }], errors: [] });
  expect(read("trackers")).toEqual({ shipments: [], errors: [] });
});

describe("status words", () => {
  test("every published milestone and code maps to its own status", () => {
    for (const [statusMilestone, [status]] of Object.entries(SHIP24_MILESTONES.codes)) {
      expect(readScan({ statusMilestone })).toMatchObject({ status, unknownCode: false });
    }
    for (const [statusCode, [status]] of Object.entries(SHIP24_CODES.codes)) {
      expect(readScan({ statusCode, statusMilestone: "in_transit" })).toMatchObject({ status, code: statusCode });
    }
  });

  test("a new code counts as its milestone, a new milestone is reported, words alone are words", () => {
    expect(readScan({ statusCode: "beamed", statusMilestone: "in_transit" })).toMatchObject({
      ...{ status: "in_transit", subStatus: null, code: "beamed", unknownCode: false },
    });
    expect(readScan({ statusMilestone: "beamed" })).toMatchObject({ status: "unknown", unknownCode: true });
    expect(readScan({ status: "Out for delivery" })).toMatchObject({ status: "out_for_delivery", code: null });
  });

  test("pending and new words for the parcel leave the decision to the scans", () => {
    const events = [{ statusMilestone: "failed_attempt" }];
    for (const statusMilestone of ["pending", "beamed", null]) {
      expect(readTracking({ shipment: { statusMilestone }, events })).toMatchObject({
        ...{ status: "delivery_attempted", topLevelStatus: null },
      });
    }
  });
});

test("errors: each one of several, and the one that is about the number", () => {
  const body = JSON.stringify({
    errors: [{ code: "parsing_error" }, { code: "new_error", message: "No." }],
    data: null,
  });
  expect(readShip24({ body, httpStatus: 500 }).errors).toMatchObject([
    { kind: "invalid_request", retryable: false },
    { kind: "server", retryable: true, message: "No." },
  ]);
  expect(read("unknown-courier").errors).toMatchObject([{ kind: "invalid_request" }]);
});
