import { describe, expect, test } from "vitest";
import { PARCEL_DE_CODES, PARCEL_DE_ICE } from "#app/modules/carriers/dhl-parcel-de/dhl-parcel-de-status.ts";
import { dhlParcelDe } from "#app/modules/carriers/dhl-parcel-de/dhl-parcel-de.server.ts";
import { readDhlParcelDe } from "#app/modules/carriers/dhl-parcel-de/read-dhl-parcel-de.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readDhlParcelDe({ body: fixture("dhl-parcel-de", `${name}.xml`) });

function readEvent(attributes: Record<string, string>) {
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  const body = `<data name="piece-shipment-list" code="0"><data name="piece-shipment" error-status="0" piece-code="1">
    <data name="piece-event-list"><data name="piece-event" ${written.join(" ")}/></data></data></data>`;
  return readDhlParcelDe({ body }).shipments[0]?.events[0];
}

test("a parcel left with a neighbour: day first, local, without an instant", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "00340434161094000019",
    status: "delivered",
    subStatus: "other_recipient",
    deliveredAt: { local: "2026-03-10T12:31:00", offset: null, utc: null },
    estimatedDelivery: null,
    service: "DHL PAKET",
  });
  expect(shipment?.events.map((event) => [event.code, event.status])).toEqual([
    ["AE", "in_transit"],
    ["AA", "in_transit"],
    ["EE", "in_transit"],
    ["PO", "out_for_delivery"],
    ["ZU", "delivered"],
  ]);
  expect(shipment?.events[0]?.location).toBe("Leipzig, Germany");
});

test("a parcel that is back at its sender is not delivered; the unknown number beside it is told", () => {
  const { shipments, errors } = read("returned-and-unknown");
  expect(shipments).toMatchObject([{ status: "return_to_sender", subStatus: "returned", deliveredAt: null }]);
  expect(shipments[0]?.events[0]).toMatchObject({ code: "ADURS", status: "exception", rule: "ice:ADURS" });
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "00340434161094000033" }]);
});

describe("what decides the status of a scan", () => {
  test("every code of both tables maps to its own status", () => {
    for (const [code, [status]] of Object.entries(PARCEL_DE_CODES.codes)) {
      expect(readEvent({ "standard-event-code": code, ice: "SRTED" })).toMatchObject({ status, rule: `code:${code}` });
    }
    for (const [ice, [status]] of Object.entries(PARCEL_DE_ICE.codes)) {
      expect(readEvent({ "standard-event-code": "", ice })).toMatchObject({ status, code: ice, rule: `ice:${ice}` });
    }
  });

  test("the international code speaks for an unknown standard code; words only when there is no code at all", () => {
    expect(readEvent({ "standard-event-code": "Q9", ice: "DLVRD" })).toMatchObject({ status: "delivered", code: "Q9" });
    expect(readEvent({ "standard-event-code": "Q9", ice: "QQQQQ" })).toMatchObject({ unknownCode: true });
    expect(readEvent({ "event-text": "Out for delivery" })).toMatchObject({ status: "out_for_delivery" });
  });
});

test("a date without a time, and a date that is none", () => {
  expect(readEvent({ "event-timestamp": "10.03.2026" })?.at).toEqual({ local: "2026-03-10", offset: null, utc: null });
  expect(readEvent({ "event-timestamp": "32.13.2026 10:00" })?.at).toBeNull();
});

test("errors: no data, a refused login, a postal code that is wanted", () => {
  expect(read("not-found").errors).toMatchObject([{ kind: "not_found", retryable: true, carrierCode: "100" }]);
  expect(read("refused-login").errors).toMatchObject([{ kind: "auth", retryable: false }]);
  const wanted = readDhlParcelDe({ body: '<data name="piece-shipment-list" code="78" error="Zip code required"/>' });
  expect(wanted.errors).toMatchObject([{ kind: "invalid_request" }]);
});

test("fifteen numbers a call, written into one attribute with everything escaped", async () => {
  const notFound = answer(fixture("dhl-parcel-de", "not-found.xml"));
  const credentials = { clientId: "k", clientSecret: "s", username: "a&b", password: '<"' };
  const { session, calls } = fakeSession({ credentials, answers: [notFound, notFound] });
  const numbers = Array.from({ length: 16 }, (_, index) => `0034043416109400${1000 + index}`);
  const { errors } = await dhlParcelDe.track(
    session,
    numbers.map((trackingNumber) => ({ trackingNumber })),
  );
  const sent = calls.map((call) => new URL(call.url).searchParams.get("xml") ?? "");
  expect(sent[0]).toContain('appname="a&amp;b"');
  expect(sent[0]).toContain('password="&lt;&quot;"');
  expect(sent[0]).toContain(`piece-code="${numbers.slice(0, 15).join(";")}"`);
  expect(sent[1]).toContain(`piece-code="${numbers[15]}"`);
  expect(errors.map((error) => error.trackingNumber)).toEqual(numbers);
});

test("the connection test tells the key of the gateway from the user of the portal", async () => {
  const advice = async (body: string, status: number) => {
    const { session } = fakeSession({ credentials: {}, answers: [answer(body, status)] });
    return (await dhlParcelDe.testConnection(session))?.message ?? null;
  };
  expect(await advice('{"status":401,"title":"Unauthorized"}', 401)).toContain("API key and secret");
  expect(await advice(fixture("dhl-parcel-de", "refused-login.xml"), 200)).toContain("user and password");
  expect(await advice(fixture("dhl-parcel-de", "not-found.xml"), 200)).toBeNull();
});
