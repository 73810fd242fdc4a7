import { describe, expect, test } from "vitest";
import { FEDEX_CODES } from "#app/modules/carriers/fedex/fedex-status.ts";
import { readFedex } from "#app/modules/carriers/fedex/read-fedex.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readFedex({ body: fixture("fedex", name) });

function readResult(result: Record<string, unknown>) {
  const completeTrackResults = [{ trackingNumber: "612345678902", trackResults: [result] }];
  return readFedex({ body: JSON.stringify({ output: { completeTrackResults } }) });
}

const readScan = (scan: Record<string, unknown>) => readResult({ scanEvents: [scan] }).shipments[0]?.events[0];

test("a delivered parcel with a failed attempt on the way", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "612345678902",
    status: "delivered",
    topLevelStatus: null,
    deliveredAt: { local: "2026-03-12T10:41:00", offset: "-05:00", utc: "2026-03-12T15:41:00Z" },
    // Midnight at FedEx's own offset is a date, not an instant.
    promisedDelivery: { date: "2026-03-11" },
    estimatedDelivery: null,
    service: "FedEx 2Day",
    carrierUniqueId: "2461100000~612345678902~FX",
  });
  expect(shipment?.events.map((event) => event.code)).toEqual(["OC", "PU", "DP", "OD", "DE", "OD", "DL"]);
  expect(shipment?.events[4]).toMatchObject({
    status: "delivery_attempted",
    subStatus: "nobody_home",
    rule: "code:DE/08",
  });
  expect(shipment?.events[0]?.location).toBeNull();
});

test("one number is late, another is not found: both are told", () => {
  const { shipments, errors } = read("late-and-not-found");
  expect(shipments).toMatchObject([
    { status: "in_transit", subStatus: "delayed", estimatedDelivery: { date: "2026-03-13" } },
  ]);
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "612345679129" }]);
});

test("two results for one number stay two shipments, told apart by their unique id", () => {
  const results = ["a", "b"].map((id) => ({
    trackingNumberInfo: { trackingNumber: "612345678902", trackingNumberUniqueId: id },
    scanEvents: [{ eventType: id === "a" ? "AR" : "DL", date: "2026-03-10T10:00:00-05:00" }],
  }));
  const completeTrackResults = [{ trackingNumber: "612345678902", trackResults: results }];
  const { shipments } = readFedex({ body: JSON.stringify({ output: { completeTrackResults } }) });
  expect(shipments.map((shipment) => [shipment.carrierUniqueId, shipment.status])).toEqual([
    ["a", "in_transit"],
    ["b", "delivered"],
  ]);
});

describe("what decides the status of a scan", () => {
  test("every published code maps to its own status", () => {
    for (const [eventType, [status]] of Object.entries(FEDEX_CODES.codes)) {
      expect(readScan({ eventType })).toMatchObject({ status, unknownCode: false, code: eventType });
    }
  });

  test("OF is the origin facility, not out for delivery", () => {
    expect(readScan({ eventType: "OF" })?.status).toBe("in_transit");
  });

  test.each([
    ["08", "delivery_attempted", "nobody_home"],
    ["007", "delivery_attempted", "nobody_home"],
    ["03", "delivery_attempted", "address_problem"],
    ["083", "exception", null],
    ["A47", "exception", null],
    ["", "exception", null],
  ])("DE with reason %j", (exceptionCode, status, subStatus) => {
    expect(readScan({ eventType: "DE", exceptionCode })).toMatchObject({ status, subStatus });
  });

  test("an unknown code stays unknown although its family is known; the family counts only without a code", () => {
    expect(readScan({ eventType: "Q9", derivedStatusCode: "DL" })).toMatchObject({
      status: "unknown",
      unknownCode: true,
    });
    expect(readScan({ derivedStatusCode: "OD" })).toMatchObject({ status: "out_for_delivery", rule: "derived:OD" });
    expect(readScan({ eventDescription: "Delivered" })).toMatchObject({ status: "delivered", rule: "text:delivered" });
  });
});

test("a result without scans takes its status from the published code, never from the derived one", () => {
  const published = readResult({
    latestStatusDetail: { code: "DL" },
    dateAndTimes: [{ type: "ACTUAL_DELIVERY", dateTime: "2026-03-12T10:41:00-05:00" }],
  }).shipments[0];
  expect(published).toMatchObject({
    topLevelStatus: { status: "delivered", code: "DL" },
    deliveredAt: { utc: "2026-03-12T15:41:00Z" },
  });
  const derived = readResult({ latestStatusDetail: { derivedCode: "DL", description: "Delivered" } }).shipments[0];
  expect(derived).toMatchObject({ status: "unknown", deliveredAt: null });
});

test("a delivery date beside scans that tell of none is not believed", () => {
  const shipment = readResult({
    scanEvents: [{ eventType: "PU", date: "2026-03-09T18:30:00-08:00" }],
    dateAndTimes: [{ type: "ACTUAL_DELIVERY", dateTime: "2007-09-27T00:00:00" }],
  }).shipments[0];
  expect(shipment).toMatchObject({ status: "in_transit", deliveredAt: null });
});

test("delivery windows: both ends, one end, none", () => {
  const estimate = (window: object) =>
    readResult({ estimatedDeliveryTimeWindow: { window } }).shipments[0]?.estimatedDelivery;
  expect(estimate({ begins: "2026-03-11T08:00:00", ends: "2026-03-11T12:00:00-05:00" })).toEqual({
    from: { local: "2026-03-11T08:00:00", offset: null, utc: null },
    to: { local: "2026-03-11T12:00:00", offset: "-05:00", utc: "2026-03-11T17:00:00Z" },
  });
  expect(estimate({ ends: "2026-03-11T12:00:00-05:00" })).toMatchObject({ at: { local: "2026-03-11T12:00:00" } });
  expect(estimate({})).toBeNull();
});

test("other numbers of the same parcel", () => {
  const packageIdentifiers = [
    { type: "PARTNER_CARRIER_NUMBER", values: ["9261290000000000000000"] },
    { type: "SHIPPER_REFERENCE", value: "ORDER-1" },
  ];
  const [shipment] = readResult({ additionalTrackingInfo: { packageIdentifiers } }).shipments;
  expect(shipment?.alternateNumbers).toEqual(["9261290000000000000000"]);
});

test("errors: expired token, missing product, the words behind a bad request", () => {
  const kind = (code: string, message: string) =>
    readFedex({ body: JSON.stringify({ errors: [{ code, message }] }) }).errors.map((error) => [
      error.kind,
      error.retryable,
    ]);
  expect(kind("NOT.AUTHORIZED.ERROR", "Access token expired.")).toEqual([["auth", true]]);
  expect(kind("FORBIDDEN.ERROR", "Check your permissions.")).toEqual([["auth", false]]);
  expect(kind("BAD.REQUEST.ERROR", "The given JWT is invalid.")).toEqual([["auth", true]]);
  expect(kind("BAD.REQUEST.ERROR", "Invalid field.")).toEqual([["invalid_request", false]]);
  expect(kind("SERVICE.UNAVAILABLE.ERROR", "Later.")).toEqual([["server", true]]);
  expect(kind("SOMETHING.NEW", "?")).toEqual([["unknown", false]]);
});
