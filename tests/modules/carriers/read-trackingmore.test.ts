import { describe, expect, test } from "vitest";
import { readTrackingmore } from "#app/modules/carriers/trackingmore/read-trackingmore.ts";
import { TRACKINGMORE_STATUSES } from "#app/modules/carriers/trackingmore/trackingmore-status.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readTrackingmore({ body: fixture("trackingmore", name) });

function readTracking(tracking: Record<string, unknown>) {
  const body = JSON.stringify({ meta: { code: 200 }, data: [{ tracking_number: "T1", ...tracking }] });
  return readTrackingmore({ body }).shipments[0];
}

const readScan = (status: string | null, substatus: string | null, more: object = {}) => {
  const scan = { checkpoint_delivery_status: status, checkpoint_delivery_substatus: substatus, ...more };
  return readTracking({ origin_info: { trackinfo: [scan] } })?.events[0];
};

test("a delivered parcel, its clocks without a zone", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    ...{ trackingNumber: "YT2600000000042100", status: "delivered", underlyingCarrier: "yunexpress" },
    underlyingCarrierId: "yunexpress",
    topLevelStatus: { status: "delivered", code: "delivered001" },
    deliveredAt: { local: "2026-03-10T13:20:00", offset: null, utc: null },
    estimatedDelivery: { date: "2026-03-11" },
  });
  expect(shipment?.events[0]).toMatchObject({ status: "pre_transit", code: "inforeceived001", countryCode: "CN" });
});

test("a webhook: the two countries' lists are put together, whatever the order of each", () => {
  const [shipment] = read("tracking-updated").shipments;
  expect(shipment?.status).toBe("out_for_delivery");
  expect(shipment?.events.map(({ code }) => code)).toEqual([
    ...["inforeceived001", "transit002", "transit007", "transit005", "pickup001"],
  ]);
});

test("the outcome of a batch: numbers taken know nothing yet, numbers refused are errors with their number", () => {
  expect(read("told-in-part")).toMatchObject({
    shipments: [{ trackingNumber: "YT2600000000042100", status: "unknown", events: [] }],
    errors: [{ kind: "conflict", retryable: false, trackingNumber: "T2", carrierCode: "4101" }],
  });
  expect(read("nothing-followed")).toEqual({ shipments: [], errors: [] });
  expect(read("couriers")).toEqual({ shipments: [], errors: [] });
});

describe("status words", () => {
  test("every published status and sub-status maps to its own status", () => {
    for (const [code, [status]] of Object.entries(TRACKINGMORE_STATUSES.codes)) {
      const family = code.replace(/\d+$/, "");
      const scan = code === family ? readScan(code, null) : readScan(family, code);
      expect(scan).toMatchObject({ status, code, unknownCode: false });
      expect(readScan(null, code)?.status).toBe(status);
    }
  });

  test("a sub-status that is new or of another family says nothing beside its status; a new status is reported", () => {
    for (const substatus of ["transit099", "delivered001"]) {
      expect(readScan("transit", substatus)).toMatchObject({ status: "in_transit", subStatus: null });
    }
    expect(readScan("beamed", "beamed001")).toMatchObject({ status: "unknown", unknownCode: true });
    expect(readScan(null, null, { tracking_detail: "Out for delivery" })).toMatchObject({
      ...{ status: "out_for_delivery", code: null },
    });
  });

  test("notfound and new words for the parcel leave the decision to the scans", () => {
    const origin_info = { trackinfo: [{ checkpoint_delivery_status: "undelivered" }] };
    for (const delivery_status of ["notfound", "pending", "beamed", null]) {
      expect(readTracking({ delivery_status, origin_info })).toMatchObject({
        ...{ status: "delivery_attempted", topLevelStatus: null },
      });
    }
  });
});

test("an offset is believed where there is one, and a place is made of its parts", () => {
  const parts = { city: "Lyon", zip: "69001", country_iso2: "FR" };
  expect(readScan("transit", null, { checkpoint_date: "2026-03-10T13:20:00+01:00", ...parts })).toMatchObject({
    ...{ at: { utc: "2026-03-10T12:20:00Z" }, location: "Lyon, 69001, FR" },
  });
});

test("errors, known and unknown", () => {
  expect(read("plan-without-api").errors).toMatchObject([{ kind: "auth", retryable: false }]);
  const body = JSON.stringify({ meta: { code: 4999, message: "No." }, data: [] });
  expect(readTrackingmore({ body, httpStatus: 429 }).errors).toMatchObject([{ kind: "rate_limited", message: "No." }]);
});
