import { describe, expect, test } from "vitest";
import { EASYPOST_STATUSES } from "#app/modules/carriers/easypost/easypost-status.ts";
import { easypost } from "#app/modules/carriers/easypost/easypost.server.ts";
import { readEasypost } from "#app/modules/carriers/easypost/read-easypost.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readEasypost({ body: fixture("easypost", name) });

function readTracker(tracker: Record<string, unknown>) {
  return readEasypost({ body: JSON.stringify({ object: "Tracker", tracking_code: "T1", ...tracker }) }).shipments[0];
}

const readScan = (scan: Record<string, unknown>) => readTracker({ tracking_details: [scan] })?.events[0];

test("a delivered tracker", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "9400100000000012345676",
    status: "delivered",
    topLevelStatus: { status: "delivered", code: "delivered" },
    deliveredAt: { local: "2026-03-06T20:45:00", offset: "+00:00", utc: "2026-03-06T20:45:00Z" },
    estimatedDelivery: { at: { utc: "2026-03-06T00:00:00Z" } },
    underlyingCarrier: "USPS",
    underlyingCarrierId: "usps",
    service: "Ground Advantage",
    carrierUniqueId: "trk_0a1b2c3d",
  });
  expect(shipment?.events[1]).toMatchObject({
    code: "received_at_origin_facility",
    status: "in_transit",
    subStatus: "accepted",
    description: "Accepted at USPS Origin Facility",
    location: "BOISE, ID, 83702",
  });
});

test("a webhook event is read like the tracker inside it; events about other things say nothing", () => {
  expect(read("event-tracker-updated").shipments).toMatchObject([
    { status: "out_for_delivery", events: { length: 4 } },
  ]);
  expect(read("event-batch")).toEqual({ shipments: [], errors: [] });
});

test("a list of trackers", () => {
  const one = JSON.parse(fixture("easypost", "delivered")) as object;
  const body = JSON.stringify({ trackers: [one, { object: "Shipment" }, one], has_more: false });
  expect(readEasypost({ body }).shipments.map((shipment) => shipment.status)).toEqual(["delivered", "delivered"]);
});

describe("status words", () => {
  test("every published word maps to its own status", () => {
    for (const [status, [ours]] of Object.entries(EASYPOST_STATUSES.codes)) {
      expect(readScan({ status })).toMatchObject({ status: ours, unknownCode: false });
    }
  });

  test("failure with the words of an attempt is an attempt, for the scan and for the parcel", () => {
    expect(read("failed-attempt").shipments[0]).toMatchObject({ status: "delivery_attempted" });
    expect(
      readTracker({ status: "failure", status_detail: "damaged", tracking_details: [{ status: "failure" }] }),
    ).toMatchObject({
      status: "exception",
      subStatus: "damaged",
    });
  });

  test("a new word is unknown and reported by itself; a new detail is simply no detail", () => {
    expect(readScan({ status: "teleported", status_detail: "x", message: "Delivered" })).toMatchObject({
      status: "unknown",
      unknownCode: true,
      code: "teleported",
    });
    expect(readScan({ status: "in_transit", status_detail: "beamed" })).toMatchObject({
      status: "in_transit",
      subStatus: null,
      unknownCode: false,
      code: "beamed",
    });
  });

  test("unknown, error and new words for the parcel leave the decision to the scans", () => {
    const details = [{ status: "in_transit", datetime: "2026-03-06T10:00:00Z" }];
    for (const status of ["unknown", "error", "teleported", null]) {
      expect(readTracker({ status, tracking_details: details })).toMatchObject({
        status: "in_transit",
        topLevelStatus: null,
      });
    }
    expect(readTracker({ status: "error" })?.status).toBe("unknown");
  });
});

test("a time without a zone stays without an instant", () => {
  expect(readScan({ status: "in_transit", datetime: "2026-03-06T10:00:00" })?.at).toEqual({
    local: "2026-03-06T10:00:00",
    offset: null,
    utc: null,
  });
});

test("errors: code, message in any form, unknown codes", () => {
  const first = (error: object, httpStatus?: number) =>
    readEasypost({ body: JSON.stringify({ error }), ...(httpStatus ? { httpStatus } : {}) }).errors[0];
  expect(first({ code: "TRACKER.CREATE.ERROR", message: "No." })).toMatchObject({
    kind: "invalid_request",
    message: "No.",
  });
  expect(first({ code: "NEW.CODE", message: ["one", "two"] }, 422)).toMatchObject({
    kind: "invalid_request",
    carrierCode: "NEW.CODE",
    message: '["one","two"]',
  });
  expect(first({ code: "NEW.CODE", message: null })).toMatchObject({ kind: "unknown", retryable: false });
});

test.each([
  ["royal-mail", { carrier: "RoyalMail" }],
  ["dhl-unified", {}],
  ["my-own-van", {}],
  [null, {}],
])("a tracker for the carrier %s names it as EasyPost does, or not at all", async (carrierHint, named) => {
  const answers = [answer(fixture("easypost", "delivered"))];
  const { session, calls } = fakeSession({ credentials: { apiKey: "k" }, answers });
  await easypost.track(session, [{ trackingNumber: "T1", carrierHint }]);
  expect(JSON.parse(calls[0]?.body ?? "")).toEqual({ tracker: { tracking_code: "T1", ...named } });
});
