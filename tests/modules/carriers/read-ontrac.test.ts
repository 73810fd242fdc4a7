import { expect, test } from "vitest";
import { LASERSHIP_TYPES, ONTRAC_CODES } from "#app/modules/carriers/ontrac/ontrac-status.ts";
import { ontrac } from "#app/modules/carriers/ontrac/ontrac.server.ts";
import { readOntrac } from "#app/modules/carriers/ontrac/read-ontrac.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readOntrac({ body: fixture("ontrac", name) });

const event = (code: string) => `<Event><Status>${code}</Status></Event>`;

function readCodes(delivered: boolean, ...newestFirst: string[]) {
  const inside = `<Tracking>1</Tracking><Delivered>${delivered}</Delivered><Events>${newestFirst.map(event).join("")}</Events>`;
  const shipments = `<Shipments><Shipment>${inside}</Shipment></Shipments>`;
  return readOntrac({ body: `<OnTracTrackingResult>${shipments}</OnTracTrackingResult>` }).shipments[0];
}

test("a delivered parcel: fractions of seconds, a date that is no midnight, a note of the head office", () => {
  const [shipment] = read("delivered.xml").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "D10010000421010",
    status: "delivered",
    deliveredAt: { local: "2026-03-12T14:21:09", offset: null, utc: null },
    estimatedDelivery: { date: "2026-03-12" },
  });
  expect(shipment?.events.map(({ status, location }) => [status, location])).toEqual([
    ["pre_transit", "COMMERCE, CA"],
    ["in_transit", "COMMERCE, CA"],
    ["in_transit", "PORTLAND, OR"],
    ["exception", null],
    ["out_for_delivery", "PORTLAND, OR"],
    ["delivery_attempted", "PORTLAND, OR"],
    ["out_for_delivery", "PORTLAND, OR"],
    ["delivered", "PORTLAND, OR"],
  ]);
});

test("every published code maps to its own status", () => {
  for (const [code, [status]] of Object.entries(ONTRAC_CODES.codes)) {
    expect(readCodes(false, code)?.events[0]).toMatchObject({ status, unknownCode: false, code });
  }
});

test("a delivery told wrongly is taken back; the flag of delivery counts where no scan contradicts it", () => {
  expect(readCodes(true, "ER", "OK", "OD")).toMatchObject({ status: "exception", deliveredAt: null });
  expect(readCodes(true, "OD")).toMatchObject({ status: "delivered", deliveredAt: null });
  expect(readCodes(true, "RS", "OD")).toMatchObject({ status: "return_to_sender" });
  expect(readCodes(false, "OD")).toMatchObject({ status: "out_for_delivery" });
});

test("a number never scanned is not found, beside one that is", () => {
  const { shipments, errors } = read("one-known-one-not.xml");
  expect(shipments).toMatchObject([{ trackingNumber: "D10010000421028", status: "in_transit" }]);
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "D10010000421036" }]);
});

test("an older answer of LaserShip: its own words, all pieces of the order, and no belief in its second clock", () => {
  const { shipments } = read("lasership-two-pieces.json");
  expect(shipments.map((shipment) => shipment.trackingNumber)).toEqual(["LX10042107", "LX10042108"]);
  expect(shipments[1]).toMatchObject({
    status: "delivered",
    subStatus: "safe_place",
    deliveredAt: { local: "2026-03-12T10:45:34", offset: null, utc: null },
    estimatedDelivery: { date: "2026-03-12" },
    carrierUniqueId: "SHOP1042",
    pieceCount: 2,
  });
  expect(shipments[0]?.events[0]?.location).toBe("US");
  for (const [EventType, [status]] of Object.entries(LASERSHIP_TYPES.codes)) {
    const body = JSON.stringify({ Pieces: [{ TrackingNumber: "1" }], Events: [{ EventType }] });
    expect(readOntrac({ body }).shipments[0]?.events[0]).toMatchObject({ status, unknownCode: false });
  }
  const unknown = JSON.stringify({ Pieces: [{ TrackingNumber: "1" }], Events: [{ EventType: "Teleported" }] });
  expect(readOntrac({ body: unknown }).shipments[0]?.events[0]).toMatchObject({ unknownCode: true });
  expect(readOntrac({ body: '{"Error":true,"ErrorMessage":"No order"}' }).errors).toMatchObject([
    { kind: "not_found" },
  ]);
});

test("a hundred numbers a question, the password in the address", async () => {
  const refused = answer(fixture("ontrac", "refused-password.xml"));
  const credentials = { accountNumber: "37", password: "p&ss" };
  const { session, calls } = fakeSession({ credentials, answers: [refused, refused] });
  const requests = Array.from({ length: 101 }, (_, index) => ({ trackingNumber: `D${index}` }));
  const { errors } = await ontrac.track(session, requests);
  expect(calls.map(({ url }) => new URL(url).searchParams.get("tn")?.split(",").length)).toEqual([100, 1]);
  expect(new URL(calls[0]?.url ?? "").searchParams.get("pw")).toBe("p&ss");
  expect(errors).toMatchObject([{ kind: "auth" }, { kind: "auth" }]);
});

test("the terms of use are declared for the watch schedule", () => {
  expect(ontrac.limits).toMatchObject({ perParcelPerDay: 5, silentAfterDelivery: true, askForDays: 14 });
});

test("errors in sentences at HTTP 200", () => {
  const kind = (sentence: string) =>
    readOntrac({ body: `<OnTracTrackingResult><Error>${sentence}</Error></OnTracTrackingResult>` }).errors[0]?.kind;
  expect(kind("Service Temporarily Unavailable")).toBe("server");
  expect(kind("Outside the Bounds of the Array (batch of shipments over 100)")).toBe("invalid_request");
  expect(kind("Package not found")).toBe("not_found");
  expect(kind("Something new")).toBe("unknown");
});
