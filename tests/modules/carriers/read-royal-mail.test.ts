import { describe, expect, test } from "vitest";
import { readRoyalMail } from "#app/modules/carriers/royal-mail/read-royal-mail.ts";
import { ROYAL_MAIL_CODES } from "#app/modules/carriers/royal-mail/royal-mail-status.ts";
import { royalMail } from "#app/modules/carriers/royal-mail/royal-mail.server.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string, httpStatus?: number) =>
  readRoyalMail({ body: fixture("royal-mail", name), ...(httpStatus === undefined ? {} : { httpStatus }) });
const readEvent = (event: object) =>
  readRoyalMail({ body: JSON.stringify({ mailPieces: { mailPieceId: "1", events: [event] } }) }).shipments[0]
    ?.events[0];

test("a delivered item over the change of the clocks, with its hours kept as written", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "RM123456785GB",
    status: "delivered",
    subStatus: "signed",
    deliveredAt: { local: "2026-03-31T11:04:00", offset: "+01:00", utc: "2026-03-31T10:04:00Z" },
    estimatedDelivery: { date: "2026-03-31", hours: { from: "10:30:00+01:00", to: "12:30:00+01:00" } },
    carrierUniqueId: "0BRM123456785GB01",
  });
  expect(shipment?.events.map((event) => [event.status, event.at?.offset])).toEqual([
    ["pre_transit", "+00:00"],
    ["in_transit", "+00:00"],
    ["in_transit", "+01:00"],
    ["out_for_delivery", "+01:00"],
    ["delivered", "+01:00"],
  ]);
});

test("summaries tell one scan each; the unknown number beside them is told", () => {
  const { shipments, errors } = read("summaries");
  expect(shipments.map((shipment) => [shipment.trackingNumber, shipment.status, shipment.events.length])).toEqual([
    ["RM123456785GB", "delivered", 1],
    ["RM123456799GB", "in_transit", 1],
  ]);
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "RM123456808GB" }]);
});

describe("what decides the status of a scan", () => {
  test("every known code maps to its own status", () => {
    for (const [eventCode, [status]] of Object.entries(ROYAL_MAIL_CODES.codes)) {
      expect(readEvent({ eventCode })).toMatchObject({ status, unknownCode: false, code: eventCode });
    }
  });

  test("words count only when there is no code", () => {
    expect(readEvent({ eventCode: "EVQQ9", eventName: "Delivered" })).toMatchObject({ unknownCode: true });
    expect(readEvent({ eventName: "Item refused" })).toMatchObject({ status: "exception", subStatus: "refused" });
    expect(readEvent({ eventName: "Cleared customs" })).toMatchObject({ subStatus: "customs_cleared" });
    expect(readEvent({ eventName: "Return to sender" })).toMatchObject({ status: "return_to_sender" });
  });
});

test("the error of the body counts, whatever the HTTP status", () => {
  expect(read("not-found", 500).errors).toMatchObject([{ kind: "not_found", retryable: true, carrierCode: "E1142" }]);
  expect(read("too-many", 400).errors).toMatchObject([{ kind: "rate_limited", retryable: true }]);
  expect(read("refused-key").errors).toMatchObject([{ kind: "auth", message: "The client id is not registered." }]);
  const late = readRoyalMail({ body: fixture("royal-mail", "too-many"), headers: { "retry-after": "60" } });
  expect(late.errors[0]?.retryAfterSeconds).toBe(60);
});

describe("asking", () => {
  const ask = async (numbers: string[], answers: ReturnType<typeof answer>[]) => {
    const fake = fakeSession({ credentials: { clientId: "id", clientSecret: "s" }, answers });
    const reading = await royalMail.track(
      fake.session,
      numbers.map((trackingNumber) => ({ trackingNumber })),
    );
    return {
      ...reading,
      paths: fake.calls.map((call) => call.url.replace("https://api.royalmail.net/mailpieces/v2/", "")),
    };
  };
  const delivered = answer(fixture("royal-mail", "delivered"));

  test("many at once by summary, and the whole history of what is delivered", async () => {
    const numbers = ["RM123456785GB", "RM123456799GB", "RM123456808GB", "RM123456811GB"];
    const { shipments, errors, paths } = await ask(numbers, [answer(fixture("royal-mail", "summaries")), delivered]);
    expect(paths).toEqual([`summary?mailPieceId=${numbers.join(",")}`, "RM123456785GB/events"]);
    expect(shipments.map((shipment) => shipment.events.length)).toEqual([5, 1]);
    expect(errors.map((error) => [error.trackingNumber, error.kind])).toEqual([
      ["RM123456808GB", "not_found"],
      ["RM123456811GB", "not_found"],
    ]);
  });

  test("the summary stands when the history cannot be had", async () => {
    const numbers = ["RM123456785GB", "RM123456799GB"];
    const refused = answer(fixture("royal-mail", "too-many"), 429);
    const { shipments } = await ask(numbers, [answer(fixture("royal-mail", "summaries")), refused]);
    expect(shipments[0]).toMatchObject({ status: "delivered", trackingNumber: "RM123456785GB" });
  });

  test("an item asked by its unique id is told under it", async () => {
    const { shipments } = await ask(["0BRM123456785GB01"], [delivered]);
    expect(shipments[0]).toMatchObject({ trackingNumber: "0BRM123456785GB01", alternateNumbers: ["RM123456785GB"] });
  });
});
