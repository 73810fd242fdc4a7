import { expect, test } from "vitest";
import { CHRONOPOST_CODES } from "#app/modules/carriers/chronopost/chronopost-status.ts";
import { chronopost } from "#app/modules/carriers/chronopost/chronopost.server.ts";
import { readChronopost } from "#app/modules/carriers/chronopost/read-chronopost.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const CREDENTIALS = { accountNumber: "19869502", password: "255562" };

const read = (name: string) => readChronopost({ body: fixture("chronopost", name) });

function readEvents(...events: string[]) {
  const body = fixture("chronopost", "not-found.xml");
  return readChronopost({ body: body.replace("<skybillNumber>", `${events.join("")}<skybillNumber>`) }).shipments[0];
}

const event = (code: string, date: string) =>
  `<events><code>${code}</code><eventDate>${date}</eventDate><eventLabel>x</eventLabel></events>`;

test("a delivered parcel, with its partner's number; a message to the recipient moves nothing", () => {
  const [shipment] = read("delivered.xml").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "XY000000014FR",
    status: "delivered",
    deliveredAt: { local: "2026-03-11T10:26:00", offset: "+01:00", utc: "2026-03-11T09:26:00Z" },
    alternateNumbers: ["XT0000000000017"],
    estimatedDelivery: null,
  });
  expect(shipment?.events.map((one) => one.code)).toEqual(["DC", "DB", "SC", "TS", "SD", "SM", "TA", "D"]);
  expect(shipment?.events[5]).toMatchObject({ status: "unknown", unknownCode: false, rule: "code:SM" });
  expect([shipment?.events[0]?.location, shipment?.events[1]?.location]).toEqual(["Web Services", "NANTES, 44000"]);
});

test("a delivery after the parcel turned back is the sender's, not the shopper's", () => {
  const [shipment] = read("turned-back.xml").shipments;
  expect(shipment).toMatchObject({ status: "return_to_sender", subStatus: "returned", deliveredAt: null });
  expect(shipment?.events.at(-1)).toMatchObject({ code: "D", rule: "code:D after R" });
  expect(
    readEvents(event("D", "2026-03-12T10:00:00+01:00"), event("R", "2026-03-13T10:00:00+01:00"))?.events.map(
      (one) => one.status,
    ),
  ).toEqual(["delivered", "return_to_sender"]);
});

test("the driver's drop-off after the shop took the parcel in keeps it available", () => {
  const drop = event("RB", "2026-03-12T17:02:00+01:00");
  expect(readEvents(drop)).toMatchObject({ status: "in_transit" });
  expect(readEvents(drop, event("AB", "2026-03-12T17:00:00+01:00"))).toMatchObject({ status: "available_for_pickup" });
  expect(readEvents(drop, event("AB", "2026-03-12T17:09:00+01:00"))?.events.map((one) => one.status)).toEqual([
    "in_transit",
    "available_for_pickup",
  ]);
});

test("every code of the table has its own meaning; other codes are reported", () => {
  for (const [code, [status]] of Object.entries(CHRONOPOST_CODES.codes)) {
    const shipment = readEvents(event(code, "2026-03-12T10:00:00+01:00"));
    expect(shipment?.events[0]).toMatchObject({ code, status, unknownCode: false });
  }
  expect(readEvents(event("D9", "2026-03-12T10:00:00+01:00"))).toMatchObject({
    status: "unknown",
    events: [{ unknownCode: true }],
  });
});

test("no error and no scan means not found", () => {
  expect(read("not-found.xml")).toMatchObject({ shipments: [], errors: [{ kind: "not_found", retryable: true }] });
});

test("errors: the system, the account, a SOAP fault", () => {
  const failed = (code: string, message: string) => {
    const body = fixture("chronopost", "refused-account.xml")
      .replace(">3<", `>${code}<`)
      .replace("The account number or the password is invalid", message);
    return readChronopost({ body, httpStatus: 200 }).errors.map((error) => [error.kind, error.retryable]);
  };
  expect(failed("1", "System Error")).toEqual([["server", true]]);
  expect(failed("3", "Mot de passe incorrect")).toEqual([["auth", false]]);
  expect(failed("2", "Language is missing")).toEqual([["invalid_request", false]]);
  expect(failed("77", "Something new")).toEqual([["unknown", false]]);
  const fault =
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>' +
    "<faultcode>soap:Server</faultcode><faultstring>Fault occurred while processing.</faultstring>" +
    "</soap:Fault></soap:Body></soap:Envelope>";
  expect(readChronopost({ body: fault, httpStatus: 500 }).errors).toMatchObject([{ kind: "server", retryable: true }]);
});

test("the probe names the account, tracking does not; what is typed cannot leave its element", async () => {
  const answers = [
    answer(fixture("chronopost", "account-accepted.xml")),
    answer(fixture("chronopost", "not-found.xml")),
  ];
  const { session, calls } = fakeSession({ credentials: CREDENTIALS, answers });
  expect(await chronopost.testConnection(session)).toBeNull();
  await chronopost.track(session, [{ trackingNumber: "</a>&1" }]);
  expect(calls[0]?.body).toContain("<accountNumber>19869502</accountNumber><password>255562</password>");
  expect(calls[1]?.body).toContain("<skybillNumber>&lt;/a&gt;&amp;1</skybillNumber>");
  expect(calls[1]?.body).not.toContain("255562");
});
