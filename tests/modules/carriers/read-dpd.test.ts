import { expect, test } from "vitest";
import { DPD_CODES } from "#app/modules/carriers/dpd/dpd-status.ts";
import { dpd } from "#app/modules/carriers/dpd/dpd.server.ts";
import { readDpdDate } from "#app/modules/carriers/dpd/read-dpd-date.ts";
import { readDpd } from "#app/modules/carriers/dpd/read-dpd.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readDpd({ body: fixture("dpd", name) });

function readStatuses(...statuses: [code: string, words?: string, place?: string][]) {
  const infos = statuses.map(
    ([code, words = "", place = "Gent (BE)"]) =>
      `<statusInfo><status>${code}</status><label><content>x</content></label><description><content><content>${words}` +
      `</content></content></description><location><content>${place}</content></location>` +
      `<date><content>3/11/2026 7:34:34 AM</content></date></statusInfo>`,
  );
  const body = fixture("dpd", "not-found.xml").replace(
    "<trackingresult />",
    `<trackingresult>${infos.join("")}</trackingresult>`,
  );
  return readDpd({ body }).shipments[0];
}

test("a delivered parcel on a twelve-hour clock: local time only, in the depots' own order", () => {
  const [shipment] = read("delivered.xml").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "",
    status: "delivered",
    deliveredAt: { local: "2026-03-12T13:02:00", offset: null, utc: null },
    service: "DPD CLASSIC",
  });
  expect(shipment?.events.map((event) => event.at?.local.slice(5, 16))).toEqual([
    ...["03-10T12:30", "03-10T23:47", "03-11T04:12", "03-11T07:34"],
    ...["03-11T12:05", "03-11T17:11", "03-12T07:41", "03-12T13:02"],
  ]);
  expect(shipment?.events[2]).toMatchObject({ location: "Gent (BE)", countryCode: "BE", status: "in_transit" });
  // The label of both says "Parcel out for delivery".
  expect(shipment?.events[4]).toMatchObject({ status: "delivery_attempted", subStatus: "nobody_home" });
  expect(shipment?.events[5]).toMatchObject({ status: "delivery_attempted", rule: "code:ReturningFromDelivery" });
});

test("steps that lie ahead have not happened", () => {
  const [shipment] = read("steps-ahead.xml").shipments;
  expect(shipment).toMatchObject({ status: "in_transit", deliveredAt: null });
  expect(shipment?.events.map((event) => [event.code, event.at?.local])).toEqual([
    ["ACCEPTED", "2026-03-10T17:05:00"],
    ["ON_THE_ROAD", "2026-03-11T01:20:00"],
  ]);
});

test.each([
  ["8/19/2026 12:00:00 AM", "2026-08-19T00:00:00"],
  ["8/9/2026 12:05:01 PM", "2026-08-09T12:05:01"],
  ["12/31/2026 11:59 PM", "2026-12-31T23:59:00"],
  ["1.3.2026 7:05", "2026-03-01T07:05:00"],
])("the date %s", (text, local) => {
  expect(readDpdDate(text)).toEqual({ local, offset: null, utc: null });
});

test.each(["19/08/2026 17:11", "13/19/2026 5:11 PM", "yesterday", "", null])("no date: %j", (text) => {
  expect(readDpdDate(text)).toBeNull();
});

test("an hour that no clock shows leaves the day", () => {
  expect(readDpdDate("8/19/2026 13:11:26 PM")).toEqual({ local: "2026-08-19", offset: null, utc: null });
});

test("the same second in two depots is two scans; a repetition is not", () => {
  const twice = readStatuses(["DeliveryFailure"], ["DeliveryFailure", "", "Aschaffenburg (DE)"], ["DeliveryFailure"]);
  expect(twice?.events.map((event) => event.countryCode)).toEqual(["BE", "DE"]);
});

test("every code of the table has its own meaning", () => {
  for (const [code, [status]] of Object.entries(DPD_CODES.codes)) {
    expect(readStatuses([code])?.events[0]).toMatchObject({ code, status, unknownCode: false });
  }
});

test("words tell why a delivery failed, and that a parcel goes back", () => {
  const status = (code: string, words: string) => {
    const event = readStatuses([code, words])?.events[0];
    return [event?.status, event?.subStatus];
  };
  expect(status("DeliveryFailure", "The parcel was refused.")).toEqual(["exception", "refused"]);
  expect(status("DeliveryFailure", "The address is incomplete.")).toEqual(["exception", "address_problem"]);
  expect(status("DeliveryFailure", "No luck.")).toEqual(["delivery_attempted", null]);
  expect(status("BetweenDepots", "The parcel is returned to the sender.")).toEqual(["return_to_sender", "returning"]);
  expect(status("Delivered", "The parcel was returned to the sender.")).toEqual(["return_to_sender", "returned"]);
  expect(status("Teleported", "The parcel is returned to the sender.")).toEqual(["unknown", null]);
});

test("a result without a state means not found", () => {
  expect(read("not-found.xml")).toMatchObject({ shipments: [], errors: [{ kind: "not_found", retryable: true }] });
});

test("an expired token is thrown away and the question repeated once", async () => {
  const [login, expired] = [answer(fixture("dpd", "login.xml")), answer(fixture("dpd", "expired-token.xml"), 500)];
  const answers = [login, expired, login, answer(fixture("dpd", "delivered.xml"))];
  const { session, calls, invalidations } = fakeSession({ credentials: { username: "u", password: "p" }, answers });
  const reading = await dpd.track(session, [{ trackingNumber: "05220000000017" }]);
  expect(reading.shipments[0]?.trackingNumber).toBe("05220000000017");
  expect([calls.length, invalidations()]).toEqual([4, 1]);
});

test("a Belgian account asks in Belgium; what a merchant typed stays inside its element", async () => {
  const answers = [answer(fixture("dpd", "refused-login.xml"), 500)];
  const credentials = { username: "a&b", password: "</p>", country: "be" };
  const { session, calls } = fakeSession({ credentials, answers });
  expect(await dpd.testConnection(session)).toMatchObject({ kind: "auth", retryable: false });
  expect(calls[0]?.url).toBe("https://wsshipper.dpd.be/soap/services/LoginService/V2_1");
  expect(calls[0]?.body).toContain("<delisId>a&amp;b</delisId><password>&lt;/p&gt;</password>");
});
