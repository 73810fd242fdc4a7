import { describe, expect, test } from "vitest";
import { SEVENTEEN_TRACK_STATUSES } from "#app/modules/carriers/17track/17track-status.ts";
import { readSeventeenTrack } from "#app/modules/carriers/17track/read-17track.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readSeventeenTrack({ body: fixture("17track", name) });

function readInfo(info: Record<string, unknown>) {
  const accepted = [{ number: "N1234", carrier: 3011, track_info: info }];
  return readSeventeenTrack({ body: JSON.stringify({ code: 0, data: { accepted, rejected: [] } }) }).shipments[0];
}

const readScan = (scan: Record<string, unknown>) =>
  readInfo({ tracking: { providers: [{ events: [scan] }] } })?.events[0];

test("a delivered parcel", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "LT000421001CN",
    status: "delivered",
    topLevelStatus: { status: "delivered", code: "Delivered_Other" },
    deliveredAt: { local: "2026-03-06T15:12:00", offset: "-05:00", utc: "2026-03-06T20:12:00Z" },
    estimatedDelivery: { from: { local: "2026-03-06T00:00:00" }, to: { local: "2026-03-08T00:00:00" } },
    underlyingCarrier: "China Post",
    underlyingCarrierId: "china-post",
    service: "ePacket",
  });
  expect(shipment?.events[1]).toMatchObject({ code: "InTransit_PickedUp", subStatus: "picked_up", countryCode: "CN" });
});

test("two legs are put together oldest first, a date stays a date and a clock without a zone has no instant", () => {
  const [shipment] = read("two-legs").shipments;
  expect(shipment?.events.map((event) => event.code)).toEqual([
    "InfoReceived",
    "InTransit_PickedUp",
    "InTransit_Departure",
    "InTransit_Arrival",
    "OutForDelivery_Other",
    "Delivered_Other",
  ]);
  expect(shipment?.events[0]?.at).toEqual({ local: "2026-02-28", offset: null, utc: null });
  expect(shipment?.deliveredAt).toEqual({ local: "2026-03-06T15:12:00", offset: null, utc: null });
});

test("a registration knows nothing yet; numbers refused inside a good answer are errors with their number", () => {
  expect(read("registered")).toMatchObject({ shipments: [{ status: "unknown", events: [] }], errors: [] });
  const number = { trackingNumber: "LT000421001CN" };
  expect(read("not-registered").errors).toMatchObject([{ kind: "not_registered", retryable: false, ...number }]);
  expect(read("registered-before").errors).toMatchObject([{ kind: "conflict", retryable: false, ...number }]);
});

test("a webhook is read like the number inside it; the end of following says nothing about the parcel", () => {
  expect(read("tracking-updated").shipments).toMatchObject([{ status: "out_for_delivery", events: { length: 5 } }]);
  expect(read("tracking-stopped")).toEqual({ shipments: [], errors: [] });
});

describe("status words", () => {
  test("every published word maps to its own status", () => {
    for (const [code, [status]] of Object.entries(SEVENTEEN_TRACK_STATUSES.codes)) {
      expect(readScan({ sub_status: code })).toMatchObject({ status, code, unknownCode: false });
    }
  });

  test("a new sub-status counts as its family, a new family as unknown, and words alone as words", () => {
    expect(readScan({ sub_status: "InTransit_Beamed", stage: "Arrival" })).toMatchObject({
      ...{ status: "in_transit", subStatus: null, unknownCode: false, code: "InTransit_Beamed" },
    });
    expect(readScan({ sub_status: "Beamed_Up", stage: "Arrival" })?.status).toBe("in_transit");
    expect(readScan({ sub_status: "Beamed_Up" })).toMatchObject({ status: "unknown", unknownCode: true });
    expect(readScan({ description: "Out for delivery" })).toMatchObject({ status: "out_for_delivery", code: null });
  });

  test("NotFound and new words for the parcel leave the decision to the scans", () => {
    const tracking = { providers: [{ events: [{ sub_status: "InTransit_Arrival" }] }] };
    for (const status of ["NotFound", "Beamed", null]) {
      expect(readInfo({ latest_status: { status }, tracking })).toMatchObject({
        ...{ status: "in_transit", topLevelStatus: null },
      });
    }
  });
});

test("an estimate of one day at midnight is a date, at any other hour a moment", () => {
  const estimate = (from: string | null, to: string | null) =>
    readInfo({ time_metrics: { estimated_delivery_date: { from, to } } })?.estimatedDelivery;
  expect(estimate("2026-03-06T00:00:00-05:00", "2026-03-06T00:00:00-05:00")).toEqual({ date: "2026-03-06" });
  expect(estimate("2026-03-06", null)).toEqual({ date: "2026-03-06" });
  expect(estimate(null, "2026-03-06T12:00:00-05:00")).toMatchObject({ at: { utc: "2026-03-06T17:00:00Z" } });
  expect(estimate(null, null)).toBeNull();
});

test("errors of the whole call, known and unknown", () => {
  const first = (value: object, httpStatus = 200) =>
    readSeventeenTrack({ body: JSON.stringify(value), httpStatus }).errors[0];
  expect(first({ code: -18010003, data: { errors: [] } })).toMatchObject({ kind: "server", retryable: true });
  expect(first({ code: -1, data: {} }, 429)).toMatchObject({ kind: "rate_limited", carrierCode: "-1" });
  expect(first({ code: 0 })).toMatchObject({ kind: "unreadable" });
});
