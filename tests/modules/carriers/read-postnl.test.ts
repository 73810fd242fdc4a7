import { expect, test } from "vitest";
import { POSTNL_EVENTS } from "#app/modules/carriers/postnl/postnl-events.ts";
import { POSTNL_STATUSES } from "#app/modules/carriers/postnl/postnl-status.ts";
import { postnl } from "#app/modules/carriers/postnl/postnl.server.ts";
import { readPostnlTime } from "#app/modules/carriers/postnl/read-postnl-time.ts";
import { readPostnl } from "#app/modules/carriers/postnl/read-postnl.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const CREDENTIALS = { apiKey: "key", customerNumber: "10020030" };

const read = (name: string) => readPostnl({ body: fixture("postnl", name) });

const readShipment = (shipment: Record<string, unknown>) =>
  readPostnl({ body: JSON.stringify({ CompleteStatus: { Shipment: { Barcode: "3S1", ...shipment } } }) }).shipments[0];

test("a delivered parcel: Dutch clock without a zone, an expected window", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "3SSHOP000000017",
    status: "delivered",
    topLevelStatus: null,
    deliveredAt: { local: "2026-03-13T14:22:05", offset: null, utc: null },
    estimatedDelivery: {
      from: { local: "2026-03-13T13:30:00", offset: null, utc: null },
      to: { local: "2026-03-13T16:00:00", offset: null, utc: null },
    },
    pieceCount: 1,
    service: "Standard shipment",
  });
  expect(shipment?.events.map((event) => event.code)).toEqual(["A01", "B01", "J01", "J05", "K14", "J05", "I01"]);
});

test("without detail the current status is the only event, and the delivery day a date", () => {
  const [shipment] = read("current-status-only").shipments;
  expect(shipment).toMatchObject({ status: "out_for_delivery", estimatedDelivery: { date: "2026-03-12" } });
  expect(shipment?.events).toMatchObject([{ code: "7", at: { local: "2026-03-12T10:13:20" } }]);
});

test("without scans the statuses are the history; 'not applicable' moves nothing", () => {
  const status = (StatusCode: string, TimeStamp: string) => ({ StatusCode, TimeStamp });
  const shipment = readShipment({
    Status: status("99", "11-03-2026 12:00:00"),
    OldStatus: [status("99", "11-03-2026 12:00:00"), status("2", "10-03-2026 12:00:00.123")],
  });
  expect(shipment).toMatchObject({ status: "in_transit", topLevelStatus: null });
  expect(shipment?.events.map((event) => [event.code, event.status, event.unknownCode])).toEqual([
    ["2", "in_transit", false],
    ["99", "unknown", false],
  ]);
});

test("the feed of updated shipments", () => {
  expect(read("updated-shipments").shipments).toMatchObject([
    { trackingNumber: "3SSHOP000000031", status: "in_transit", events: [{ at: { local: "2026-03-12T02:17:49" } }] },
    { trackingNumber: "3SSHOP000000048", status: "pre_transit" },
  ]);
  expect(readPostnl({ body: "[]" })).toEqual({ shipments: [], errors: [] });
  expect(readPostnl({ body: "[1]" }).errors).toMatchObject([{ kind: "unreadable" }]);
});

test("every published status and event has its meaning", () => {
  for (const [StatusCode, [status]] of Object.entries(POSTNL_STATUSES.codes)) {
    expect(readShipment({ Status: { StatusCode } })?.events[0]).toMatchObject({ status, unknownCode: false });
  }
  for (const [Code, [status]] of Object.entries(POSTNL_EVENTS.codes)) {
    expect(readShipment({ Event: [{ Code }] })?.events[0]).toMatchObject({ status, unknownCode: false });
  }
});

test.each([
  ["I02", "delivered", "post_office"],
  ["J02", "available_for_pickup", "post_office"],
  ["H16", "return_to_sender", "returning"],
  // Filed under "delivered", "out for delivery" and "not delivered" by PostNL.
  ["I07", "return_to_sender", "returned"],
  ["K14", "delivery_attempted", "nobody_home"],
  ["X04", "in_transit", "customs_cleared"],
  ["H01", "return_to_sender", "returning"],
  ["H31", "cancelled", null],
  ["C01", "in_transit", "picked_up"],
  ["J07", "in_transit", "rescheduled"],
])("the event %s", (Code, status, subStatus) => {
  expect(readShipment({ Event: [{ Code }] })?.events[0]).toMatchObject({ status, subStatus });
});

test.each([
  ["07-03-2026 23:20:05", "2026-03-07T23:20:05"],
  ["07-03-2026 23:22:56.326", "2026-03-07T23:22:56"],
  ["2026-03-07T23:20:05", "2026-03-07T23:20:05"],
])("the time %s", (text, local) => {
  expect(readPostnlTime(text)).toEqual({ local, offset: null, utc: null });
});

test("an unknown barcode comes with a warning, with nothing, or with an empty shipment", () => {
  const kinds = ['{"CompleteStatus":{"Shipment":{}}}', '{"CurrentStatus":{}}', fixture("postnl", "not-found")].map(
    (body) => readPostnl({ body }).errors.map((error) => [error.kind, error.retryable]),
  );
  expect(kinds).toEqual([[["not_found", true]], [["not_found", true]], [["not_found", true]]]);
  // The terms ask for no more questions then.
  expect(postnl.limits.stopOnNotFound).toBe(true);
});

test("the status speaks only where no event does", () => {
  const Status = { StatusCode: "7", TimeStamp: "12-03-2026 10:00:00" };
  const missed = { Code: "K14", TimeStamp: "12-03-2026 10:00:00" };
  expect(readShipment({ Status, Event: [missed] })).toMatchObject({
    status: "delivery_attempted",
    topLevelStatus: null,
  });
  const strange = { Code: "QQ9", TimeStamp: "12-03-2026 10:00:00" };
  expect(readShipment({ Status, Event: [strange] })).toMatchObject({
    status: "out_for_delivery",
    topLevelStatus: { code: "7" },
    events: [{ unknownCode: true }],
  });
});

test("a fault with and without its wrapper", () => {
  const kind = (body: object, httpStatus: number) => readPostnl({ body: JSON.stringify(body), httpStatus }).errors[0];
  expect(kind({ faultstring: "no barcode supplied in path", detail: { errorcode: "E1" } }, 400)).toMatchObject({
    kind: "invalid_request",
    message: "no barcode supplied in path",
  });
  expect(kind({ fault: { faultstring: "Slow down", detail: {} } }, 429)).toMatchObject({ kind: "rate_limited" });
});

test("the probe tells the key from the customer number", async () => {
  const probe = async (body: string, status: number) => {
    const { session, calls } = fakeSession({ credentials: CREDENTIALS, answers: [answer(body, status)] });
    const problem = await postnl.testConnection(session);
    expect(calls[0]?.url).toBe("https://api.postnl.nl/shipment/v2/status/10020030/updatedshipments");
    return problem;
  };
  expect(await probe("[]", 200)).toBeNull();
  expect((await probe(fixture("postnl", "refused-key"), 401))?.message).toContain("refused the API key");
  expect((await probe('{"faultstring":"Forbidden"}', 403))?.message).toContain(
    "not together with this customer number",
  );
  expect((await probe('{"faultstring":"Invalid"}', 400))?.message).toContain("did not accept the customer number");
});
