import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CarrierPush } from "#app/modules/carriers/carrier.ts";
import { readUsps } from "#app/modules/carriers/usps/read-usps.ts";
import { USPS_CODES } from "#app/modules/carriers/usps/usps-status.ts";
import { usps } from "#app/modules/carriers/usps/usps.server.ts";
import { answer, fakeSession, fixture, TOKEN, TOKEN_2 } from "./carrier-doubles.ts";

const read = (name: string) => readUsps({ body: fixture("usps", name) });
const readTracking = (tracking: object) =>
  readUsps({ body: JSON.stringify({ trackingNumber: "9400100110368004210018", ...tracking }) }).shipments[0];
const readEvent = (event: object) => readTracking({ trackingEvents: [event] })?.events[0];

test("a delivered parcel: the instant of a scan whose GMT field kept the local date", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    status: "delivered",
    subStatus: "front_door",
    deliveredAt: { local: "2026-03-12T14:05:00", offset: "-04:00", utc: "2026-03-12T18:05:00Z" },
    estimatedDelivery: { date: "2026-03-12" },
    service: "USPS Ground Advantage",
    carrierUniqueId: "410022771",
  });
  expect(shipment?.events[2]).toMatchObject({ code: "10", at: { utc: "2026-03-10T02:48:00Z" } });
});

test("'delivered, to original sender' is the end of a return; scans of a partner have no zone", () => {
  const [shipment] = read("returned-to-sender").shipments;
  expect(shipment).toMatchObject({ status: "return_to_sender", subStatus: "returned", deliveredAt: null });
  expect(shipment?.events.map((event) => [event.code, event.status, event.at?.utc ?? null])).toEqual([
    ["GX", "pre_transit", null],
    ["82", "in_transit", null],
    ["04", "exception", "2026-03-14T17:10:00Z"],
    ["01", "return_to_sender", "2026-03-20T15:00:00Z"],
  ]);
});

describe("what decides the status of a scan", () => {
  test("every published code maps to its own status", () => {
    for (const [eventCode, [status]] of Object.entries(USPS_CODES.codes)) {
      expect(readEvent({ eventCode })).toMatchObject({ status, unknownCode: false, code: eventCode });
    }
  });

  test.each([
    ["Delivered, Parcel Locker", "locker"],
    ["Delivered, In/At Mailbox", "mailbox"],
    ["Delivered, Left with Neighbor", "other_recipient"],
    ["Delivered, Garage / Other Location at Address", "safe_place"],
    ["Delivered, Individual Picked Up at Post Office", "post_office"],
    ["Delivered, Left with Individual", null],
  ])("%s", (eventType, subStatus) => {
    expect(readEvent({ eventCode: "01", eventType })).toMatchObject({ status: "delivered", subStatus });
  });

  test("words count only when there is no code", () => {
    expect(readEvent({ eventCode: "ZZ", eventType: "Out for Delivery" })).toMatchObject({ unknownCode: true });
    expect(readEvent({ eventType: "Held in Customs" })).toMatchObject({ subStatus: "customs_hold" });
    expect(readEvent({ eventType: "In Transit, Arriving Late" })).toMatchObject({ status: "exception" });
  });
});

test("the Z behind a wall clock is not believed, an offset with one digit is read", () => {
  const at = readEvent({ eventTimestamp: "2026-03-12T14:15:22Z", GMTOffset: "-7:00" })?.at;
  expect(at).toEqual({ local: "2026-03-12T14:15:22", offset: "-07:00", utc: "2026-03-12T21:15:22Z" });
  expect(readEvent({ eventTimestamp: "2026-03-12T14:15:22Z" })?.at?.utc).toBeNull();
});

test("predictions: a window, a date, nothing but a moment", () => {
  const estimate = (facts: object) => readTracking(facts)?.estimatedDelivery;
  const hours = { predictedDeliveryWindowStartTime: "13:00", predictedDeliveryWindowEndTime: "17:00" };
  expect(estimate({ predictedDeliveryDate: "2026-03-12", ...hours })).toMatchObject({
    from: { local: "2026-03-12T13:00:00", utc: null },
    to: { local: "2026-03-12T17:00:00" },
  });
  expect(estimate({ predictedDeliveryDate: "2026-03-12" })).toEqual({ date: "2026-03-12" });
  expect(estimate({ predictedDeliveryTimeStamp: "2026-03-12T18:00:00Z" })).toMatchObject({
    at: { utc: "2026-03-12T18:00:00Z" },
  });
  expect(estimate({})).toBeNull();
});

test("errors: not found in two spellings, a missing scope, the gateway's own", () => {
  expect(read("not-found").errors).toMatchObject([{ kind: "not_found", retryable: true }]);
  expect(read("missing-scope").errors).toMatchObject([{ kind: "auth", retryable: false }]);
  const kind = (body: object) => readUsps({ body: JSON.stringify(body) }).errors[0]?.kind;
  const waiting = "A status update is not yet available on your tracking number.";
  expect(kind({ error: { code: "400", message: waiting } })).toBe("not_found");
  expect(kind({ error: { code: "400", message: "The field is required." } })).toBe("invalid_request");
  const fault = { faultstring: "Quota", detail: { errorcode: "policies.ratelimit.QuotaViolation" } };
  expect(kind({ fault })).toBe("rate_limited");
});

test("a barcode with its routing code is asked for by the number alone, and stays known by the barcode", async () => {
  const asked = "420112019400100110368004210018";
  const { session, calls } = fakeSession({
    credentials: { clientId: "id", clientSecret: "s" },
    answers: [TOKEN, answer(fixture("usps", "delivered"))],
  });
  const { shipments } = await usps.track(session, [{ trackingNumber: asked }]);
  expect(calls[1]?.url).toContain("/tracking/9400100110368004210018?");
  expect(shipments[0]?.trackingNumber).toBe(asked);
});

test("the connection test tells a missing scope and a refused app from a wrong key", async () => {
  const advice = async (body: string, status: number) => {
    const refused = answer(body, status);
    const answers = [TOKEN, refused, TOKEN_2, refused];
    const problem = await usps.testConnection(fakeSession({ credentials: {}, answers }).session);
    return problem?.message ?? "";
  };
  expect(await advice(fixture("usps", "missing-scope"), 401)).toContain("no tracking scope");
  const forbidden = JSON.stringify({ error: { code: "403", message: "Forbidden." } });
  expect(await advice(forbidden, 403)).toContain("Mailer ID");
});

describe("push", () => {
  const push = usps.push as CarrierPush;
  const body = Buffer.from(fixture("usps", "push"));
  const { timestamp, payload } = JSON.parse(body.toString()) as Record<"timestamp" | "payload", string>;

  test("carries the secret of the subscription through its signature", async () => {
    const created = answer("{}", 201);
    const { session, calls } = fakeSession({ credentials: {}, answers: [TOKEN, created] });
    const callback = { url: "https://shop.example/hook", secret: "a long secret of our own, far beyond 32 characters" };
    const numbers = ["420112019400100110368004210018", "9400100110368004210025"];
    const asked = numbers.map((trackingNumber) => ({ trackingNumber }));
    expect(await push.subscribe?.(session, asked, callback)).toBeNull();
    const sent = JSON.parse(calls[1]?.body ?? "") as {
      secret: string;
      listenerURL: string;
      filterProperties: { trackingNumbers: string[] };
    };
    expect(sent.filterProperties.trackingNumbers).toEqual(["9400100110368004210018", "9400100110368004210025"]);
    expect(calls).toHaveLength(2);
    expect([sent.listenerURL, sent.secret.length]).toEqual([callback.url, 32]);
    for (const encoding of ["hex", "base64"] as const) {
      const signature = createHmac("sha256", sent.secret).update(`${timestamp}${payload}`).digest(encoding);
      expect(push.verify({ body, headers: { "X-HMAC": signature }, secrets: ["old", callback.secret] })).toBe(true);
      expect(push.verify({ body, headers: { "X-HMAC": signature }, secrets: ["old"] })).toBe(false);
    }
    expect(push.verify({ body, headers: {}, secrets: [callback.secret] })).toBe(false);
  });

  test("reads the answer inside, keeps its key over retries, and tells a refused subscription", async () => {
    expect(push.read({ body }).shipments[0]).toMatchObject({ status: "delivered", subStatus: "mailbox" });
    expect(push.deliveryKey({ body, headers: {} })).toMatch(/^[\w-]{43}$/);
    const { session } = fakeSession({
      credentials: {},
      answers: [
        TOKEN,
        answer(fixture("usps", "missing-scope"), 401),
        TOKEN_2,
        answer(fixture("usps", "missing-scope"), 401),
      ],
    });
    const problem = await push.subscribe?.(session, [{ trackingNumber: "1" }], {
      url: "https://x.example",
      secret: "s",
    });
    expect(problem).toMatchObject({ kind: "auth", retryable: false });
  });
});
