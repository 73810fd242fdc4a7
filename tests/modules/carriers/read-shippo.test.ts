import { describe, expect, test } from "vitest";
import { readShippo } from "#app/modules/carriers/shippo/read-shippo.ts";
import { SHIPPO_STATUSES } from "#app/modules/carriers/shippo/shippo-status.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readShippo({ body: fixture("shippo", name) });

function readTrack(track: Record<string, unknown>) {
  return readShippo({ body: JSON.stringify({ tracking_number: "T1", carrier: "usps", ...track }) }).shipments[0];
}

const readScan = (scan: Record<string, unknown>) => readTrack({ tracking_history: [scan] })?.events[0];

test("a delivered parcel", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    ...{
      trackingNumber: "LZ000421003US",
      status: "delivered",
      underlyingCarrier: "usps",
      underlyingCarrierId: "usps",
      service: "Ground Advantage",
    },
    topLevelStatus: { status: "delivered", code: "delivered" },
    deliveredAt: { local: "2026-03-06T20:45:00", offset: "+00:00", utc: "2026-03-06T20:45:00Z" },
    estimatedDelivery: { at: { utc: "2026-03-06T00:00:00Z" } },
  });
  expect(shipment?.events[1]).toMatchObject({
    ...{ code: "package_accepted", subStatus: "accepted", location: "Boise, ID, 83702, US", countryCode: "US" },
  });
});

test("a number that the carrier does not know yet is an empty track", () => {
  expect(read("nothing-known")).toMatchObject({ shipments: [{ status: "unknown", events: [] }], errors: [] });
});

test("a webhook is read like the track inside it; others say nothing", () => {
  expect(read("track-updated").shipments).toMatchObject([{ status: "out_for_delivery", events: { length: 4 } }]);
  expect(read("transaction-created")).toEqual({ shipments: [], errors: [] });
});

describe("status words", () => {
  test("every published status and sub-status maps to its own status", () => {
    for (const [word, [ours]] of Object.entries(SHIPPO_STATUSES.codes)) {
      const [status, code] = word.split(".");
      const substatus = code === undefined ? null : { code };
      expect(readScan({ status, substatus })).toMatchObject({ status: ours, unknownCode: false, code: code ?? status });
    }
  });

  test("a sub-status that is new, or of another status, says nothing beside its status", () => {
    for (const code of ["beamed", "delivered", "package_lost"]) {
      expect(readScan({ status: "TRANSIT", substatus: { code } })).toMatchObject({
        ...{ status: "in_transit", subStatus: null, unknownCode: false },
      });
    }
    expect(readScan({ status: "RETURNED", substatus: { code: "delivered" } })?.status).toBe("return_to_sender");
  });

  test("a new status is unknown and reported, words alone are words", () => {
    expect(readScan({ status: "BEAMED", status_details: "Delivered" })).toMatchObject({
      ...{ status: "unknown", unknownCode: true, code: "BEAMED" },
    });
    expect(readScan({ status_details: "Out for delivery" })).toMatchObject({ status: "out_for_delivery", code: null });
  });

  test("UNKNOWN and new words for the parcel leave the decision to the scans", () => {
    const tracking_history = [{ status: "FAILURE", substatus: { code: "package_lost" } }];
    for (const status of ["UNKNOWN", "BEAMED", null]) {
      expect(readTrack({ tracking_status: { status }, tracking_history })).toMatchObject({
        ...{ status: "exception", subStatus: "lost", topLevelStatus: null },
      });
    }
  });
});

test("errors: known words, the HTTP status where the words are new, fields without words", () => {
  const first = (name: string, httpStatus?: number) =>
    readShippo({ body: fixture("shippo", name), ...(httpStatus ? { httpStatus } : {}) }).errors[0];
  expect(first("not-found")).toMatchObject({ kind: "not_found", retryable: true, message: "Not found." });
  expect(first("unknown-carrier", 400)).toMatchObject({ kind: "invalid_request", retryable: false });
  const body = JSON.stringify({ detail: "Request was throttled. Expected available in 10 seconds." });
  expect(readShippo({ body }).errors).toMatchObject([{ kind: "rate_limited", retryable: true }]);
  expect(readShippo({ body: '{"message":"Beamed."}', httpStatus: 503 }).errors).toMatchObject([{ kind: "server" }]);
});
