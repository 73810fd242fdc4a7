import { describe, expect, test } from "vitest";
import { HERMES_CODES } from "#app/modules/carriers/hermes-de/hermes-de-status.ts";
import { hermesDe } from "#app/modules/carriers/hermes-de/hermes-de.server.ts";
import { readHermesDe } from "#app/modules/carriers/hermes-de/read-hermes-de.ts";
import { answer, fakeSession, fixture, TOKEN } from "./carrier-doubles.ts";

const read = (name: string) => readHermesDe({ body: fixture("hermes-de", name) });
const readShipment = (shipment: object) =>
  readHermesDe({ body: JSON.stringify({ shipmentinfo: [{ shipmentID: "H1000650000000001012", ...shipment }] }) })
    .shipments[0];
const readScan = (scan: object) => readShipment({ status: [scan] })?.events[0];

test("a parcel in the letterbox, with a forecast in local hours", () => {
  expect(read("delivered").shipments[0]).toMatchObject({
    trackingNumber: "H1000650000000001012",
    status: "delivered",
    subStatus: "mailbox",
    deliveredAt: { local: "2026-03-12T13:37:00", offset: "+01:00", utc: "2026-03-12T12:37:00Z" },
    estimatedDelivery: { date: "2026-03-12", hours: { from: "12:00", to: "16:00" } },
  });
});

test("a return to its end; a wish of the recipient moves nothing; the refused number is told", () => {
  const { shipments, errors } = read("returned-and-refused-number");
  expect(shipments).toMatchObject([
    { status: "return_to_sender", subStatus: "returned", estimatedDelivery: { date: "2026-03-14" } },
  ]);
  expect(shipments[0]?.events[1]).toMatchObject({ code: "9322", status: "unknown", unknownCode: false });
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "H1000650000000001036" }]);
});

describe("what decides the status of a scan", () => {
  test("every code of the list maps to its own status", () => {
    for (const [code, [status]] of Object.entries(HERMES_CODES.codes)) {
      expect(readScan({ code })).toMatchObject({ status, unknownCode: false, code });
    }
  });

  test.each([
    ["0800", "pre_transit"],
    ["3410", "available_for_pickup"],
    ["3530", "delivered"],
    ["4031", "delivery_attempted"],
    ["4630", "exception"],
    ["6093", "return_to_sender"],
    ["9340", "cancelled"],
  ])("%s is %s", (code, status) => expect(readScan({ code })?.status).toBe(status));

  test("words count only when there is no code", () => {
    expect(readScan({ code: "9999", description: "Delivered" })).toMatchObject({ unknownCode: true });
    expect(readScan({ description: "Out for delivery" })).toMatchObject({ status: "out_for_delivery" });
  });
});

test("errors: an empty list, a result code, warnings that are none, the gateway", () => {
  const kind = (body: object) => readHermesDe({ body: JSON.stringify(body) }).errors[0]?.kind;
  expect(kind({ shipmentinfo: [] })).toBe("not_found");
  expect(read("not-found").errors).toMatchObject([{ kind: "not_found", carrierCode: "e020" }]);
  expect(kind({ listOfResultCodes: [{ code: "w100", message: "Careful" }] })).toBe("unreadable");
  expect(kind({ listOfResultCodes: [{ code: "e100", message: "Something else" }] })).toBe("unknown");
  expect(kind({ status: "503", message: "Try later" })).toBe("server");
  expect(kind({ error: "invalid_token", error_description: "Token not found" })).toBe("auth");
});

test("tokens come from Hermes's own server with the user's password; ten numbers a call", async () => {
  const credentials = { clientId: "id", clientSecret: "cs", username: "me", password: "p&w" };
  const answers = [TOKEN, answer(fixture("hermes-de", "delivered")), answer(fixture("hermes-de", "not-found"))];
  const { session, calls } = fakeSession({ credentials, answers });
  const numbers = [
    "H1000650000000001012",
    ...Array.from({ length: 10 }, (_, index) => `H10006500000000020${10 + index}`),
  ];
  const { shipments, errors } = await hermesDe.track(
    session,
    numbers.map((trackingNumber) => ({ trackingNumber })),
  );
  expect(calls[0]?.url).toBe("https://authme.myhermes.de/authorization-facade/oauth2/access_token");
  expect(Object.fromEntries(new URLSearchParams(calls[0]?.body))).toEqual({
    ...{ grant_type: "password", client_id: "id", client_secret: "cs", username: "me", password: "p&w" },
  });
  expect(calls.slice(1).map((call) => new URL(call.url).searchParams.getAll("shipmentID").length)).toEqual([10, 1]);
  expect(shipments).toHaveLength(1);
  expect(errors.map((error) => error.trackingNumber)).toEqual(numbers.slice(1));
});

test("the connection test tells the app from the user", async () => {
  const advice = async (error: string) => {
    const { session } = fakeSession({ credentials: {}, answers: [answer(JSON.stringify({ error }), 401)] });
    return (await hermesDe.testConnection(session))?.message ?? "";
  };
  expect(await advice("invalid_grant")).toContain("user name and password");
  expect(await advice("invalid_client")).toContain("client id and secret");
});
