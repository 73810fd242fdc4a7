import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { CarrierErrorKind } from "#app/modules/carriers/carrier.ts";
import { checkShipments } from "#app/modules/shipments/check-shipments.server.ts";
import { readDetection } from "#app/modules/shipments/detection.ts";
import { recordPush } from "#app/modules/shipments/record-push.server.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { createShipmentWorld, fakeCarrier, type FakeCarrier, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());
beforeEach(() => {
  world.accounts.splice(
    ...([0, Infinity] as const),
    { id: "acc_ups", carrier: "ups", status: "active", priority: 100 },
    { id: "acc_ep", carrier: "easypost", status: "active", priority: 100 },
  );
  for (const id of ["ups", "fedex"]) world.carriers.set(id, fakeCarrier(id));
  world.carriers.set("easypost", fakeCarrier("easypost", "aggregator"));
});

const carrier = (id: string) => world.carriers.get(id) as FakeCarrier;
const timesAsked = () => ["ups", "fedex", "easypost"].map((id) => carrier(id).asked.length);
const says = (id: string, kind: CarrierErrorKind) => {
  carrier(id).answer = (requests) => ({
    shipments: [],
    errors: requests.map(({ trackingNumber }) => ({ kind, retryable: true, message: kind, trackingNumber })),
  });
};
const knows = (id: string) => {
  carrier(id).answer = (requests) => ({
    shipments: requests.map(({ trackingNumber }) =>
      carrierShipment(trackingNumber, [carrierEvent({ status: "in_transit" }, world.clock.now())]),
    ),
    errors: [],
  });
};

async function watched(candidates: string[] = []) {
  const { shipmentId, trackingNumber } = await world.addShipment();
  const detection = { reason: "pattern", candidates: candidates.map((one) => ({ carrier: one, strength: "weak" })) };
  await update(shipmentId, { nextCheckAt: world.clock.now(), detection });
  return { id: shipmentId, trackingNumber };
}

const update = (id: string, data: object) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.shipment.update({ where: { shopId_id: { shopId: world.shopId, id } }, data }),
  );
const read = ({ id }: { id: string }) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.shipment.findUniqueOrThrow({ where: { shopId_id: { shopId: world.shopId, id } } }),
  );
/** Asks as if the parcel's turn had come. */
async function check(parcel: { id: string }) {
  await update(parcel.id, { nextCheckAt: world.clock.now() });
  await checkShipments(world.deps, { shopId: world.shopId, shipmentIds: [parcel.id] });
  return read(parcel);
}
const givenUp = async (parcel: { id: string }) =>
  readDetection((await read(parcel)).detection).givenUp.map(({ asked, reason }) => [asked, reason]);

test("a carrier that does not know a number for two days is given up for an aggregator, with the reason kept", async () => {
  const parcel = await watched();
  says("ups", "not_found");
  knows("easypost");
  await check(parcel);
  world.clock.advance(2 * DAY - HOUR);
  await check(parcel);
  expect(await givenUp(parcel)).toEqual([]);
  world.clock.advance(2 * HOUR);
  const moved = await check(parcel);
  expect(moved).toMatchObject({ carrier: "ups", stopReason: null, checkProblem: null });
  expect(moved.nextCheckAt?.getTime()).toBe(world.clock.now().getTime() + 5 * MINUTE);
  expect(await givenUp(parcel)).toEqual([["ups", "not_found"]]);
  expect(await check(parcel)).toMatchObject({ carrier: "ups", status: "in_transit" });
  expect(timesAsked()).toEqual([3, 0, 1]);
});

test.each<CarrierErrorKind>(["not_supported", "not_found"])("nobody is tried twice: %s everywhere", async (kind) => {
  const parcel = await watched();
  for (const id of ["ups", "easypost"]) says(id, kind);
  for (let day = 0; day < 12; day += 1) {
    if ((await check(parcel)).stopReason) break;
    world.clock.advance(DAY);
  }
  const [ups = 0, , easypost = 0] = timesAsked();
  expect(ups).toBeLessThanOrEqual(3);
  expect(easypost).toBeGreaterThan(0);
  expect(await givenUp(parcel)).toEqual([["ups", kind]]);
});

test("what a carrier does not support is asked elsewhere at once", async () => {
  const parcel = await watched();
  says("ups", "not_supported");
  knows("easypost");
  expect(await check(parcel)).toMatchObject({ stopReason: null });
  expect(await check(parcel)).toMatchObject({ status: "in_transit" });
});

test("candidates come first, each once, and then somebody who can tell of the first", async () => {
  world.accounts.push({ id: "acc_fedex", carrier: "fedex", status: "active", priority: 100 });
  const parcel = await watched(["ups", "fedex"]);
  for (const id of ["ups", "fedex"]) says(id, "not_found");
  knows("easypost");
  expect(await check(parcel)).toMatchObject({ carrier: "fedex" });
  expect(await check(parcel)).toMatchObject({ carrier: "ups" });
  await check(parcel);
  world.clock.advance(3 * DAY);
  await check(parcel);
  expect(await check(parcel)).toMatchObject({ carrier: "ups", status: "in_transit" });
  expect(timesAsked()).toEqual([3, 1, 1]);
});

test("a scan that the carrier pushes after all brings it back", async () => {
  const parcel = await watched();
  says("ups", "not_supported");
  says("easypost", "not_found");
  await check(parcel);
  await check(parcel);
  const scan = carrierEvent({ status: "in_transit" }, world.clock.now());
  const reading = { shipments: [carrierShipment(parcel.trackingNumber, [scan])], errors: [] };
  await recordPush(world.deps, { shopId: world.shopId, carrier: "ups", reading });
  expect(await givenUp(parcel)).toEqual([]);
  knows("ups");
  await check(parcel);
  expect(timesAsked()).toEqual([2, 0, 1]);
});

test("a parcel whose carrier has spoken stays with it, whatever it says later", async () => {
  const parcel = await watched();
  knows("ups");
  await check(parcel);
  world.clock.advance(5 * DAY);
  says("ups", "not_found");
  await check(parcel);
  await check(parcel);
  expect(await givenUp(parcel)).toEqual([]);
  expect(timesAsked()).toEqual([3, 0, 0]);
});

test("a merchant who puts the aggregator first has it asked first, and the carrier when it does not know", async () => {
  world.accounts.splice(1, 1, { id: "acc_ep", carrier: "easypost", status: "active", priority: 50 });
  const parcel = await watched();
  says("easypost", "not_supported");
  knows("ups");
  await check(parcel);
  expect(timesAsked()).toEqual([0, 0, 1]);
  expect(await check(parcel)).toMatchObject({ status: "in_transit" });
  expect(timesAsked()).toEqual([1, 0, 1]);
});

test("a day's questions that are spent are not asked again, whatever made the parcel due", async () => {
  world.carriers.set("ups", { ...carrier("ups"), limits: { ...carrier("ups").limits, perParcelPerDay: 2 } });
  const parcel = await watched();
  knows("ups");
  for (let times = 0; times < 4; times += 1) await check(parcel);
  expect(timesAsked()[0]).toBe(2);
  const tomorrow = Math.floor(world.clock.now().getTime() / DAY + 1) * DAY;
  expect((await read(parcel)).nextCheckAt?.getTime()).toBeGreaterThanOrEqual(tomorrow);
});

test("an hour's requests are shared, with room for the tokens that count among them", async () => {
  const limits = { ...carrier("ups").limits, batchSize: 1, requestsPerHour: 5, tokenCallsCount: true as const };
  world.carriers.set("ups", { ...carrier("ups"), limits });
  carrier("ups").track = async (session, requests) => {
    await session.tokens.get(async () => ({ token: "t", expiresInSeconds: 60 }));
    carrier("ups").asked.push([...requests]);
    return { shipments: [], errors: [] };
  };
  const opened = world.deps.access.openSession.bind(world.deps.access);
  const access = {
    ...world.deps.access,
    openSession: async (shopId: string, accountId: string) => {
      const opening = await opened(shopId, accountId);
      if (opening.kind !== "open") return opening;
      // Every call fetches a token.
      const tokens = {
        ...opening.session.tokens,
        get: async (fetch: () => Promise<{ token: string }>) => (await fetch()).token,
      };
      return { kind: "open" as const, session: { ...opening.session, tokens } };
    },
  };
  const parcels = [await watched(), await watched(), await watched(), await watched()];
  const shipmentIds = parcels.map(({ id }) => id);
  // Two calls and two tokens: a third call might need a sixth request.
  expect(await checkShipments({ ...world.deps, access }, { shopId: world.shopId, shipmentIds })).toMatchObject({
    asked: 2,
    postponed: 2,
  });
  const nextHour = Math.floor(world.clock.now().getTime() / HOUR + 1) * HOUR;
  const waiting = (await Promise.all(parcels.map(read))).filter(({ lastCheckAt }) => lastCheckAt === null);
  for (const { nextCheckAt } of waiting) expect(nextCheckAt?.getTime()).toBeGreaterThanOrEqual(nextHour);
});
