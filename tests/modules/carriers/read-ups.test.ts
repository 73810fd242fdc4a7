import { describe, expect, test } from "vitest";
import type { CarrierEvent } from "#app/modules/carriers/carrier.ts";
import { readUps } from "#app/modules/carriers/ups/read-ups.ts";
import { UPS_STATUS_CODES } from "#app/modules/carriers/ups/ups-status.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readUps({ body: fixture("ups", name) });

/** One scan with this status, read. */
function readScan(status: Record<string, unknown>, more: Record<string, unknown> = {}): CarrierEvent | undefined {
  const activity = [{ date: "20260310", time: "101500", status, ...more }];
  const shipment = [{ inquiryNumber: "1Z12345E0205271686", package: [{ activity }] }];
  return readUps({ body: JSON.stringify({ trackResponse: { shipment } }) }).shipments[0]?.events[0];
}

test("a delivered parcel: dates, service, place of hand-over", () => {
  expect(read("delivered").shipments[0]).toMatchObject({
    trackingNumber: "1Z12345E0205271686",
    status: "delivered",
    subStatus: "front_door",
    topLevelStatus: null,
    deliveredAt: { local: "2026-03-10T14:12:05", offset: "-05:00", utc: "2026-03-10T19:12:05Z" },
    estimatedDelivery: { date: "2026-03-10" },
    promisedDelivery: { date: "2026-03-09" },
    service: "UPS Ground",
    pieceCount: 1,
  });
});

test("scans come oldest first, with place, country and the rule that decided", () => {
  const events = read("delivered").shipments[0]?.events ?? [];
  expect(events.map((event) => event.code)).toEqual(["MP", "PU", "DP", "AR", "OT", "FS"]);
  expect(events.at(-1)).toMatchObject({
    description: "DELIVERED",
    location: "Harrisburg, PA, US",
    countryCode: "US",
    rule: "statusCode:011",
  });
});

test("two parcels in one answer are two shipments, each with its own state", () => {
  const [first, second] = read("two-packages").shipments;
  expect([first?.trackingNumber, first?.status]).toEqual(["1Z12345E0205271686", "delivered"]);
  expect(second).toMatchObject({
    trackingNumber: "1Z12345E6605272234",
    status: "in_transit",
    pieceCount: 2,
    // UPS gives no zone for its windows, so neither do we.
    estimatedDelivery: {
      from: { local: "2026-03-11T13:00:00", offset: null, utc: null },
      to: { local: "2026-03-11T17:00:00", offset: null, utc: null },
    },
  });
});

test("not found is an error for that number, although the answer is a 200", () => {
  expect(readUps({ body: fixture("ups", "not-found"), httpStatus: 200 })).toEqual({
    shipments: [],
    errors: [
      {
        kind: "not_found",
        retryable: true,
        message: "Tracking Information Not Found",
        carrierCode: "TW0001",
        trackingNumber: "1Z12345E0205271686",
      },
    ],
  });
});

describe("what decides the status of a scan", () => {
  test("the number, then the letters", () => {
    expect(readScan({ statusCode: "021", code: "ZZ", type: "I" })).toMatchObject({
      status: "out_for_delivery",
      code: "ZZ",
    });
    expect(readScan({ statusCode: "160", code: "OR", type: "I" })).toMatchObject({
      status: "in_transit",
      rule: "code:OR",
    });
  });

  test("the letters refine the number, but never contradict it", () => {
    expect(readScan({ statusCode: "005", code: "AR" })).toMatchObject({
      status: "in_transit",
      subStatus: "arrived_at_facility",
    });
    expect(readScan({ statusCode: "059", code: "AR" })).toMatchObject({ status: "exception", subStatus: "damaged" });
    expect(readScan({ statusCode: "013", code: "AR" })).toMatchObject({ status: "exception", subStatus: null });
  });

  test("a label is a label although the family says moving", () => {
    expect(readScan({ code: "MP", type: "I" })).toMatchObject({ status: "pre_transit", subStatus: "label_created" });
  });

  test("codes in no table are unknown, whatever the family or the words say", () => {
    const scan = readScan({ statusCode: "160", code: "Q9", type: "I", description: "Delivered" });
    expect(scan).toMatchObject({ status: "unknown", unknownCode: true, rule: "none", code: "Q9" });
  });

  test("without any code: the family where it is clear, else unmistakable words, else unknown", () => {
    expect(readScan({ type: "M" })).toMatchObject({ status: "pre_transit", rule: "type:M" });
    expect(readScan({ type: "I", description: "Arrival" })).toMatchObject({ status: "in_transit", rule: "type:I" });
    expect(readScan({ type: "D", description: "DELIVERED" })).toMatchObject({
      status: "delivered",
      rule: "text:delivered",
    });
    expect(readScan({ type: "D", description: "Out For Delivery Today" })).toMatchObject({
      status: "out_for_delivery",
    });
    expect(readScan({ type: "X", description: "Something" })).toMatchObject({ status: "unknown", unknownCode: false });
  });

  test.each([
    "Not delivered",
    "Undeliverable",
    "Delivered to UPS Access Point Awaiting Customer Pickup",
    "Will be delivered tomorrow",
    "The parcel could not be delivered",
    "Delivery attempted",
  ])("words that only sound like a delivery: %s", (description) => {
    expect(readScan({ type: "D", description })?.status).not.toBe("delivered");
  });

  test("every published number maps to its own status", () => {
    for (const [statusCode, [status]] of Object.entries(UPS_STATUS_CODES.codes)) {
      expect(readScan({ statusCode })).toMatchObject({ status, unknownCode: false, code: statusCode });
    }
  });
});

test("times: offset, GMT without offset, neither", () => {
  const gmt = { gmtDate: "20260310", gmtTime: "15:15:00" };
  expect(readScan({ code: "AR" }, { ...gmt, gmtOffset: "-05:00" })?.at?.utc).toBe("2026-03-10T15:15:00Z");
  expect(readScan({ code: "AR" }, gmt)?.at).toEqual({
    local: "2026-03-10T10:15:00",
    offset: null,
    utc: "2026-03-10T15:15:00Z",
  });
  expect(readScan({ code: "AR" })?.at).toEqual({ local: "2026-03-10T10:15:00", offset: null, utc: null });
});

test("a parcel without scans takes its current status only from a published number", () => {
  const body = (currentStatus: object) => {
    const parcel = { trackingNumber: "1Z12345E0205271686", currentStatus };
    return JSON.stringify({ trackResponse: { shipment: [{ package: [parcel] }] } });
  };
  expect(readUps({ body: body({ code: "003" }) }).shipments[0]).toMatchObject({
    status: "pre_transit",
    topLevelStatus: { status: "pre_transit", code: "003" },
  });
  const misleading = { code: "SR", statusCode: "011", simplifiedTextDescription: "Delivered" };
  expect(readUps({ body: body(misleading) }).shipments[0]).toMatchObject({ status: "unknown", topLevelStatus: null });
});

test("placeholders and single objects instead of lists do not confuse the reader", () => {
  const activity = {
    date: "20260310",
    time: "null",
    status: { code: "AR", statusCode: "string", description: "null" },
  };
  const parcel = { trackingNumber: "string", activity, deliveryDate: { type: "SDD", date: "null" } };
  const body = JSON.stringify({
    trackResponse: { shipment: { inquiryNumber: "1Z12345E0205271686", package: parcel } },
  });
  const [shipment] = readUps({ body }).shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "1Z12345E0205271686",
    estimatedDelivery: null,
    alternateNumbers: [],
  });
  expect(shipment?.events[0]).toMatchObject({ code: "AR", description: null, at: { local: "2026-03-10" } });
});

describe("Track Alert", () => {
  test("one scan, its instant from the GMT fields", () => {
    const [shipment] = read("track-alert-delivered").shipments;
    expect(shipment).toMatchObject({ status: "delivered", estimatedDelivery: { date: "2026-03-10" } });
    expect(shipment?.deliveredAt).toEqual({ local: "2026-03-10T14:12:05", offset: null, utc: "2026-03-10T19:12:05Z" });
    expect(shipment?.events[0]?.location).toBe("HARRISBURG, PA, 17101, US");
  });

  test.each([
    [{ code: "OT", descriptionCode: 17 }, "out_for_delivery", false],
    [{ descriptionCode: 3 }, "pre_transit", false],
    [{ descriptionCode: "021" }, "out_for_delivery", false],
    [{ code: "Q9", descriptionCode: "987", description: "Delivered" }, "unknown", true],
    [{ type: "I" }, "in_transit", false],
  ])("%j", (activityStatus, status, unknownCode) => {
    const body = JSON.stringify({
      trackingNumber: "1Z12345E0205271686",
      localActivityDate: "20260310",
      activityStatus,
    });
    expect(readUps({ body }).shipments[0]?.events[0]).toMatchObject({ status, unknownCode });
  });
});
