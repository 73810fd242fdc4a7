import { describe, expect, test } from "vitest";
import { MYDHL_CODES } from "#app/modules/carriers/mydhl/mydhl-status.ts";
import { mydhl } from "#app/modules/carriers/mydhl/mydhl.server.ts";
import { readMydhl } from "#app/modules/carriers/mydhl/read-mydhl.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readMydhl({ body: fixture("mydhl", name) });
const readShipment = (shipment: object) =>
  readMydhl({ body: JSON.stringify({ shipments: [{ shipmentTrackingNumber: "1234567891", ...shipment }] }) })
    .shipments[0];
const readEvent = (event: object) => readShipment({ events: [event] })?.events[0];

test("a delivered shipment: offset of the checkpoint, one minute to midnight is a date", () => {
  expect(read("delivered").shipments[0]).toMatchObject({
    trackingNumber: "1234567891",
    status: "delivered",
    subStatus: "signed",
    deliveredAt: { local: "2026-03-11T12:47:00", offset: "+01:00", utc: "2026-03-11T11:47:00Z" },
    estimatedDelivery: { date: "2026-03-11" },
    service: "EXPRESS WORLDWIDE",
    alternateNumbers: ["JD014600009990000011"],
    pieceCount: 1,
  });
});

test("a piece that is held keeps the shipment from being delivered", () => {
  const [shipment] = read("piece-behind").shipments;
  expect(shipment).toMatchObject({ status: "exception", subStatus: "held", deliveredAt: null, pieceCount: 2 });
});

test("a checkpoint without an offset has no instant", () => {
  const at = readEvent({ date: "2026-03-11", time: "12:47:00", typeCode: "OK" })?.at;
  expect(at).toEqual({ local: "2026-03-11T12:47:00", offset: null, utc: null });
  expect(readShipment({ estimatedTimeOfDelivery: "2026-03-11T17:00:00" })?.estimatedDelivery).toEqual({
    at: { local: "2026-03-11T17:00:00", offset: null, utc: null },
  });
});

describe("what a checkpoint means", () => {
  test("every published code maps to its own status", () => {
    for (const [typeCode, [status]] of Object.entries(MYDHL_CODES.codes)) {
      expect(readEvent({ typeCode })).toMatchObject({ status, unknownCode: false, code: typeCode });
    }
  });

  test.each([
    ["CC", "Awaiting collection by recipient as requested", "available_for_pickup", null],
    ["CC", "Further customs data needed", "in_transit", null],
    ["RT", "Returned to shipper", "return_to_sender", "returned"],
    ["RT", "Shipment return in progress", "return_to_sender", "returning"],
    ["PD", "Partial delivery", "in_transit", null],
  ])("%s %s", (typeCode, description, status, subStatus) => {
    expect(readEvent({ typeCode, description })).toMatchObject({ status, subStatus, rule: `code:${typeCode}` });
  });
});

test("the older XML service: oldest first, local times, one number unknown", () => {
  const { shipments, errors } = readMydhl({ body: fixture("mydhl", "older-service.xml") });
  expect(shipments).toMatchObject([
    {
      trackingNumber: "1234567891",
      status: "exception",
      subStatus: "customs_hold",
      estimatedDelivery: { at: { local: "2026-03-12T16:30:00", offset: "+01:00", utc: "2026-03-12T15:30:00Z" } },
    },
  ]);
  expect(shipments[0]?.events[0]).toMatchObject({ location: "Leipzig - Germany", at: { utc: null } });
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "1234567902" }]);
});

test("errors: not found, an empty list, a refused login in three forms", () => {
  expect(read("not-found").errors).toMatchObject([{ kind: "not_found", retryable: true }]);
  expect(readMydhl({ body: '{"shipments":[]}' }).errors).toMatchObject([{ kind: "not_found" }]);
  expect(read("refused-login").errors).toMatchObject([{ kind: "auth", retryable: false }]);
  const condition = (code: string, data: string) =>
    `<?xml version="1.0"?><r:ShipmentTrackingErrorResponse xmlns:r="x"><Response><Status><Condition>
      <ConditionCode>${code}</ConditionCode><ConditionData>${data}</ConditionData>
    </Condition></Status></Response></r:ShipmentTrackingErrorResponse>`;
  const kind = (code: string, data: string) => readMydhl({ body: condition(code, data) }).errors[0]?.kind;
  expect(kind("111", "In element 'Password' : too short")).toBe("auth");
  expect(kind("111", "In element 'AWBNumber' : too short")).toBe("invalid_request");
  expect(kind("100", "Login failed")).toBe("auth");
});

describe("several numbers in one question", () => {
  const track = async (numbers: string[], answers: ReturnType<typeof answer>[]) => {
    const fake = fakeSession({ credentials: { username: "u", password: "p" }, answers });
    const reading = await mydhl.track(
      fake.session,
      numbers.map((trackingNumber) => ({ trackingNumber })),
    );
    return { ...fake, ...reading };
  };
  const delivered = answer(fixture("mydhl", "delivered"));

  test("ten to a call; a number left out of a good answer is not found", async () => {
    const numbers = ["1234567891", ...Array.from({ length: 10 }, (_, index) => `20000000${10 + index}`)];
    const { calls, shipments, errors } = await track(numbers, [delivered, answer(fixture("mydhl", "not-found"), 404)]);
    expect(calls.map((call) => new URL(call.url).searchParams.getAll("shipmentTrackingNumber").length)).toEqual([
      10, 1,
    ]);
    expect(shipments).toHaveLength(1);
    expect(errors.map((error) => error.trackingNumber)).toEqual(numbers.slice(1));
    expect(new Set(errors.map((error) => error.kind))).toEqual(new Set(["not_found"]));
  });

  test("when one number spoils the question, each is asked alone", async () => {
    const bad = answer(JSON.stringify({ title: "Bad request", status: 400, detail: "Invalid number" }), 400);
    const { calls, shipments, errors } = await track(["1234567891", "x"], [bad, delivered, bad]);
    expect(calls).toHaveLength(3);
    expect(shipments).toHaveLength(1);
    expect(errors).toMatchObject([{ kind: "invalid_request", trackingNumber: "x" }]);
  });
});
