import { describe, expect, test } from "vitest";
import { AFTERSHIP_STATUSES } from "#app/modules/carriers/aftership/aftership-status.ts";
import { readAftership } from "#app/modules/carriers/aftership/read-aftership.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readAftership({ body: fixture("aftership", name) });

function readTracking(tracking: Record<string, unknown>) {
  const body = JSON.stringify({ meta: { code: 200 }, data: { tracking: { tracking_number: "T1", ...tracking } } });
  return readAftership({ body }).shipments[0];
}

const readScan = (scan: Record<string, unknown>) => readTracking({ checkpoints: [scan] })?.events[0];

test("a delivered parcel", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    ...{ trackingNumber: "TT000421002GB", status: "delivered", subStatus: "signed", service: "Tracked 24" },
    topLevelStatus: { status: "delivered", code: "Delivered_003" },
    deliveredAt: { local: "2026-03-06T12:44:00", offset: "+00:00", utc: "2026-03-06T12:44:00Z" },
    estimatedDelivery: { date: "2026-03-06" },
    promisedDelivery: { date: "2026-03-07" },
    ...{
      underlyingCarrier: "royal-mail",
      underlyingCarrierId: "royal-mail",
      carrierUniqueId: "t0a1b2c3d4e5f6a7b8c9d0e1",
    },
  });
  expect(shipment?.events[2]).toMatchObject({
    ...{ code: "InTransit_003", subStatus: "arrived_at_facility", location: "South Midlands MC, United Kingdom" },
  });
});

test("the answer to a registration, bare or wrapped, and an empty page", () => {
  expect(read("created")).toMatchObject({ shipments: [{ status: "unknown", events: [] }], errors: [] });
  expect(readTracking({ tag: "Pending" })).toMatchObject({ status: "unknown", topLevelStatus: null });
  expect(read("nothing-followed")).toEqual({ shipments: [], errors: [] });
});

test("delivered back to the sender is returned; clocks without an offset have no instant, and dates stay dates", () => {
  const [shipment] = read("delivered-back").shipments;
  expect(shipment).toMatchObject({ status: "return_to_sender", subStatus: "returned", deliveredAt: null });
  expect(shipment?.events[0]?.at).toEqual({ local: "2026-03-04", offset: null, utc: null });
  expect(shipment?.events[1]?.at).toEqual({ local: "2026-03-05T10:00:00", offset: null, utc: null });
});

test("a webhook is read like the tracking inside it; others say nothing", () => {
  expect(read("tracking-update").shipments).toMatchObject([{ status: "out_for_delivery", events: { length: 4 } }]);
  expect(readAftership({ body: JSON.stringify({ event: "edd_revise", event_id: "1" }) })).toEqual({
    ...{ shipments: [], errors: [] },
  });
});

describe("status words", () => {
  test("every published tag and subtag maps to its own status", () => {
    for (const [code, [status]] of Object.entries(AFTERSHIP_STATUSES.codes)) {
      const scan = code.includes("_") ? { tag: code.split("_", 1)[0], subtag: code } : { tag: code };
      expect(readScan(scan)).toMatchObject({ status, code, unknownCode: false });
      expect(readScan({ subtag: code })?.status).toBe(status);
    }
  });

  test("a new subtag, or one of another family, says nothing beside its tag; a new tag is reported", () => {
    for (const subtag of ["InTransit_099", "Delivered_001"]) {
      expect(readScan({ tag: "InTransit", subtag })).toMatchObject({ status: "in_transit", subStatus: null });
    }
    expect(readScan({ tag: "Beamed", subtag: "Beamed_001" })).toMatchObject({ status: "unknown", unknownCode: true });
    expect(readScan({ message: "Out for delivery" })).toMatchObject({ status: "out_for_delivery", code: null });
  });

  test("new tags for the parcel leave the decision to the scans", () => {
    const checkpoints = [{ tag: "AttemptFail", subtag: "AttemptFail_002" }];
    expect(readTracking({ tag: "Beamed", checkpoints })).toMatchObject({
      ...{ status: "delivery_attempted", subStatus: "nobody_home", topLevelStatus: null },
    });
  });
});

test("estimates: a window, a moment, the older field", () => {
  const latest = (value: object) => readTracking({ latest_estimated_delivery: value })?.estimatedDelivery;
  expect(latest({ datetime_min: "2026-03-06T10:00:00", datetime_max: "2026-03-06T12:00:00" })).toMatchObject({
    ...{ from: { local: "2026-03-06T10:00:00" }, to: { local: "2026-03-06T12:00:00" } },
  });
  expect(latest({ datetime: "2026-03-06T10:00:00Z" })).toMatchObject({ at: { utc: "2026-03-06T10:00:00Z" } });
  const checkpoints = [{ tag: "Delivered", checkpoint_time: "2026-03-06T12:00:00Z" }];
  expect(readTracking({ expected_delivery: "2026-03-09", checkpoints })?.estimatedDelivery).not.toBeNull();
  expect(readTracking({ expected_delivery: "2029-03-09", checkpoints })?.estimatedDelivery).toBeNull();
  expect(readTracking({ expected_delivery: "2026-03-06T00:00:00" })?.estimatedDelivery).toEqual({ date: "2026-03-06" });
});

test("errors by code, by HTTP status when the code is new", () => {
  expect(read("exists-already").errors).toMatchObject([{ kind: "conflict", retryable: false, carrierCode: "4003" }]);
  const other = { meta: { code: 4999, message: "No.", type: "BadRequest" }, data: {} };
  expect(readAftership({ body: JSON.stringify(other), httpStatus: 429 }).errors).toMatchObject([
    { kind: "rate_limited", carrierCode: "4999", message: "No." },
  ]);
});
