import { describe, expect, test } from "vitest";
import type { CarrierPush } from "#app/modules/carriers/carrier.ts";
import { dhlUnified } from "#app/modules/carriers/dhl-unified/dhl-unified.server.ts";
import { readDhlUnified } from "#app/modules/carriers/dhl-unified/read-dhl-unified.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readDhlUnified({ body: fixture("dhl-unified", name) });
const readShipment = (shipment: object) =>
  readDhlUnified({ body: JSON.stringify({ shipments: [{ id: "7777771234", ...shipment }] }) }).shipments[0];
const readEvent = (event: object) => readShipment({ events: [event] })?.events[0];

test("a delivered shipment: number as JSON number, local scans, an arrival at midnight that is a date", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "7777771234",
    status: "delivered",
    deliveredAt: { local: "2026-03-12T11:42:00", offset: null, utc: null },
    estimatedDelivery: { date: "2026-03-12" },
    service: "EXPRESS WORLDWIDE",
    carrierUniqueId: "express/7777771234",
    pieceCount: 2,
    alternateNumbers: ["JD014600006281230711", "JD014600006281230712"],
  });
  expect(shipment?.events.map((event) => event.status)).toEqual([
    ...["pre_transit", "in_transit", "in_transit", "in_transit", "out_for_delivery", "delivered"],
  ]);
});

test("a failure is an attempt when the words say so; a time frame keeps its hours", () => {
  const [shipment] = read("attempted").shipments;
  expect(shipment).toMatchObject({
    status: "delivery_attempted",
    subStatus: "nobody_home",
    topLevelStatus: { code: "failure" },
    estimatedDelivery: { from: { local: "2026-03-13T13:00:00", utc: null }, to: { local: "2026-03-13T15:00:00" } },
  });
});

test("a parcel that was delivered on its way back is with its sender", () => {
  const back = { statusCode: "failure", description: "Returned to shipper", timestamp: "2026-03-12T10:00:00" };
  const home = { statusCode: "delivered", description: "Delivered", timestamp: "2026-03-16T10:00:00" };
  const shipment = readShipment({ status: home, events: [home, back] });
  expect(shipment).toMatchObject({ status: "return_to_sender", subStatus: "returned", deliveredAt: null });
  expect(shipment?.topLevelStatus).toMatchObject({ status: "return_to_sender", code: "delivered" });
});

test("the published code wins over words that contradict it", () => {
  const [shipment] = read("contradiction").shipments;
  expect(shipment).toMatchObject({ status: "pre_transit", deliveredAt: null });
  expect(shipment?.events[0]?.status).toBe("pre_transit");
  expect(readEvent({ statusCode: "transit", description: "Delivered to the sorting centre" })?.status).toBe(
    "in_transit",
  );
});

describe("what the words of a scan add to its code", () => {
  test.each([
    ["transit", "Shipment is out for delivery", "out_for_delivery", null],
    ["transit", "Ready for pick-up at the Packstation", "available_for_pickup", null],
    ["transit", "Customs clearance status updated", "in_transit", "customs"],
    ["transit", "Something else", "in_transit", null],
    ["failure", "The shipment is being returned, return shipment", "return_to_sender", "returning"],
    ["failure", "Returned to shipper", "return_to_sender", "returned"],
    ["failure", "The recipient refused the shipment", "exception", "refused"],
    ["failure", "The shipment was damaged", "exception", "damaged"],
    ["failure", "The address is incomplete", "exception", "address_problem"],
    ["failure", "Something else", "exception", null],
    ["delivered", "Returned to shipper", "return_to_sender", "returned"],
    ["delivered", "The shipment has been delivered to the original sender", "return_to_sender", "returned"],
    ["delivered", "Delivered to the recipient; no return label", "delivered", null],
  ])("%s: %s", (statusCode, description, status, subStatus) => {
    expect(readEvent({ statusCode, description })).toMatchObject({ status, subStatus, rule: `code:${statusCode}` });
  });
});

test("a delivered summary without scans keeps its wall clock, not its Z", () => {
  const status = { statusCode: "delivered", timestamp: "2026-03-12T11:42:00Z" };
  expect(readShipment({ status })?.deliveredAt).toEqual({ local: "2026-03-12T11:42:00", offset: null, utc: null });
});

test("errors: not found, an empty list, a refused key", () => {
  expect(read("not-found").errors).toMatchObject([{ kind: "not_found", retryable: true, carrierCode: "404" }]);
  expect(readDhlUnified({ body: '{"shipments":[]}' }).errors).toMatchObject([{ kind: "not_found", retryable: true }]);
  expect(read("refused-key").errors).toMatchObject([{ kind: "auth", retryable: false }]);
  expect(readDhlUnified({ body: '{"detail":"delivered"}' }).errors[0]?.kind).toBe("unreadable");
});

test("asks within the chosen service and for the recipient's postal code; a piece answers under its own number", async () => {
  const { session, calls } = fakeSession({
    credentials: { apiKey: "key", service: "express" },
    answers: [answer(fixture("dhl-unified", "delivered"))],
  });
  const asked = "JD014600006281230712";
  const { shipments } = await dhlUnified.track(session, [{ trackingNumber: asked, postalCode: "22419" }]);
  const query = new URL(calls[0]?.url ?? "").searchParams;
  expect(Object.fromEntries(query)).toEqual({
    ...{ trackingNumber: asked, language: "en", service: "express", recipientPostalCode: "22419" },
  });
  expect(shipments[0]).toMatchObject({
    trackingNumber: asked,
    alternateNumbers: ["7777771234", "JD014600006281230711"],
  });
});

test("the connection test tells an unknown service from a refused key and from a used-up day", async () => {
  const advice = async (status: number) => {
    const problem = JSON.stringify({ title: "Problem", status });
    const { session } = fakeSession({ credentials: {}, answers: [answer(problem, status)] });
    return (await dhlUnified.testConnection(session))?.message ?? null;
  };
  expect(await advice(401)).toContain("DHL refused the API key");
  expect(await advice(400)).toContain("does not know the service");
  expect(await advice(429)).toContain("used up");
  expect(await advice(404)).toBeNull();
});

test("a push must carry the token of the hook, and is read like an answer", () => {
  const push = dhlUnified.push as CarrierPush;
  const body = Buffer.from(fixture("dhl-unified", "delivered"));
  const verify = (headers: Record<string, string>, secrets: string[]) => push.verify({ body, headers, secrets });
  expect(verify({ "DHL-Hook-Token": "s2" }, ["s1", "s2"])).toBe(true);
  expect([
    verify({ "DHL-Hook-Token": "s3" }, ["s1"]),
    verify({ "DHL-Hook-Token": "" }, [""]),
    verify({}, ["s1"]),
  ]).toEqual([...[false, false, false]]);
  expect(push.read({ body }).shipments[0]?.status).toBe("delivered");
  expect(push.deliveryKey({ body, headers: {} })).toBeNull();
});
