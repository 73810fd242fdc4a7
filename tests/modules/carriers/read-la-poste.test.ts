import { expect, test } from "vitest";
import { LA_POSTE_CODES } from "#app/modules/carriers/la-poste/la-poste-status.ts";
import { laPoste } from "#app/modules/carriers/la-poste/la-poste.server.ts";
import { readLaPoste } from "#app/modules/carriers/la-poste/read-la-poste.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readLaPoste({ body: fixture("la-poste", name) });

function readShipment(shipment: Record<string, unknown>) {
  return readLaPoste({ body: JSON.stringify({ returnCode: 200, shipment: { idShip: "8R40000000173", ...shipment } }) })
    .shipments[0];
}

const readScan = (scan: Record<string, unknown>) => readShipment({ event: [scan] })?.events[0];

test("a delivered parcel with nobody at home on the way; an estimate at midnight is a date", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "8R40000000173",
    status: "delivered",
    deliveredAt: { local: "2026-03-13T11:18:00", offset: "+01:00", utc: "2026-03-13T10:18:00Z" },
    estimatedDelivery: { date: "2026-03-13" },
    service: "Colissimo",
  });
  expect(shipment?.events.map((event) => event.code)).toEqual(["DR1", "PC1", "ET1", "MD2", "ND1", "MD2", "DI1"]);
  expect(shipment?.events[4]).toMatchObject({
    status: "delivery_attempted",
    subStatus: "nobody_home",
    rule: "code:ND1",
  });
});

test("two numbers: one held by a customs office abroad with its partner's number, the other unknown", () => {
  const { shipments, errors } = read("two-numbers");
  expect(shipments).toMatchObject([
    { status: "exception", subStatus: "customs_hold", alternateNumbers: ["1000000000000014"], estimatedDelivery: null },
  ]);
  // The scan abroad keeps the offset of Paris that La Poste states.
  expect(shipments[0]?.events.at(-1)?.at).toMatchObject({ offset: "+01:00", utc: "2026-03-14T20:05:00Z" });
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "8R40000000180" }]);
});

test("every published code has its own meaning; what goes back to the sender is no delivery", () => {
  for (const [code, [status]] of Object.entries(LA_POSTE_CODES.codes)) {
    expect(readScan({ code })).toMatchObject({ status, unknownCode: false, code });
  }
  expect(readScan({ code: "DI2" })).toMatchObject({ status: "return_to_sender", subStatus: "returned" });
  expect(readScan({ code: "ZZ1", label: "Votre colis est livré." })).toMatchObject({
    status: "unknown",
    unknownCode: true,
  });
});

test.each([
  ["Le destinataire était absent.", "delivery_attempted", "nobody_home"],
  ["Votre colis a été refusé.", "exception", "refused"],
  ["L'adresse est incomplète.", "exception", "address_problem"],
  ["Votre colis n'a pas pu être livré.", "exception", null],
])("ND1 with the words %j", (label, status, subStatus) => {
  expect(readScan({ code: "ND1", label })).toMatchObject({ status, subStatus, rule: "code:ND1" });
});

test("the delivery date counts only when a scan tells of the delivery", () => {
  const deliveryDate = "2026-03-13T11:18:00+01:00";
  expect(readShipment({ event: [{ code: "DI1" }], deliveryDate })?.deliveredAt?.utc).toBe("2026-03-13T10:18:00Z");
  expect(readShipment({ event: [{ code: "ET1" }], deliveryDate })).toMatchObject({
    status: "in_transit",
    deliveredAt: null,
  });
});

test("a refusal of the only number asked is about that number", async () => {
  const answers = [answer(fixture("la-poste", "not-found"), 404)];
  const { session } = fakeSession({ credentials: { apiKey: "k" }, answers });
  const { errors } = await laPoste.track(session, [{ trackingNumber: "8R40000000180" }]);
  expect(errors).toMatchObject([{ kind: "not_found", trackingNumber: "8R40000000180" }]);
});

test("asks for ten numbers at a time", async () => {
  const answers = [answer("[]"), answer("[]")];
  const { session, calls } = fakeSession({ credentials: { apiKey: "k" }, answers });
  const requests = Array.from({ length: 12 }, (_, index) => ({ trackingNumber: `N${index}` }));
  await laPoste.track(session, requests);
  expect(calls.map((call) => new URL(call.url).pathname.split(",").length)).toEqual([10, 2]);
});

test("a key without the product is told from a wrong key", async () => {
  const problem = async (body: object, status: number) => {
    const { session } = fakeSession({ credentials: { apiKey: "k" }, answers: [answer(JSON.stringify(body), status)] });
    return laPoste.testConnection(session);
  };
  expect((await problem({ code: "FORBIDDEN", message: "no" }, 403))?.message).toContain("not subscribed to Suivi v2");
  expect((await problem({ code: "UNAUTHORIZED", message: "no" }, 401))?.message).toContain("refused the key");
});
