import { afterAll, beforeAll, expect, test } from "vitest";
import type { CarrierSession } from "#app/modules/carriers/carrier.ts";
import { BudgetSpentError, budgetedSession } from "#app/modules/shipments/budgeted-session.server.ts";
import { checkShipments } from "#app/modules/shipments/check-shipments.server.ts";
import { createShipmentWorld, fakeCarrier, type ShipmentWorld } from "./shipment-world.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());

const ASK = { method: "GET" as const, url: "http://127.0.0.1/" };
const ANSWER = { status: 200, headers: {}, body: new Uint8Array() };
const hourly = (requestsPerHour: number, more: object = {}) => {
  return { ...fakeCarrier("ups").limits, requestsPerHour, ...more };
};

function openSession(): CarrierSession {
  const http = { request: () => Promise.resolve(ANSWER) };
  const tokens = {
    get: async (fetchToken: () => Promise<{ token: string }>) => (await fetchToken()).token,
    invalidate: () => Promise.resolve(),
  };
  return { credentials: {}, http, tokens, requestId: "req" };
}

const usedBy = (accountId: string) =>
  world.db.forShop(world.shopId, (tx) => tx.rateWindow.findMany({ where: { key: `carrier:${accountId}:h` } }));
const sessionOf = (accountId: string, limits: ReturnType<typeof hourly>) =>
  budgetedSession({ ...world.deps, pace: 1 }, { shopId: world.shopId, accountId, limits }, openSession());

test("a question of several requests takes all but its first, which was taken before", async () => {
  const { http } = sessionOf("acc_many", hourly(3));
  for (let request = 0; request < 4; request += 1) await http.request(ASK);
  expect(await usedBy("acc_many")).toMatchObject([{ count: 3 }]);
  await expect(http.request(ASK)).rejects.toThrow(BudgetSpentError);
});

test.each([
  ["where the carrier counts it", { tokenCallsCount: true as const }, [{ count: 1 }]],
  ["nowhere else", {}, []],
])("fetching a token is a request %s", async (name, more, used) => {
  const accountId = `acc_${name}`;
  const { http, tokens } = sessionOf(accountId, hourly(10, more));
  await tokens.get(async () => {
    await http.request(ASK);
    return { token: "tok", expiresInSeconds: 60 };
  });
  await http.request(ASK);
  expect(await usedBy(accountId)).toMatchObject(used);
});

test("a question that the budget ends in its middle is asked whole when there is budget again", async () => {
  const { db, clock, shopId, deps, carriers, accounts } = world;
  const carrier = fakeCarrier("ups");
  const track: typeof carrier.track = async ({ http }) => {
    for (let request = 0; request < 3; request += 1) await http.request(ASK);
    return { shipments: [], errors: [] };
  };
  carriers.set("ups", { ...carrier, limits: hourly(2), track });
  accounts.push({ id: "acc_ups", carrier: "ups", status: "active", priority: 1 });
  const { shipmentId } = await world.addShipment({ carrier: "ups" });
  const where = { shopId_id: { shopId, id: shipmentId } };
  await db.forShop(shopId, (tx) => tx.shipment.update({ where, data: { nextCheckAt: clock.now() } }));
  const access = {
    ...deps.access,
    openSession: () => Promise.resolve({ kind: "open" as const, session: openSession(), openedWith: "c" }),
  };
  expect(await checkShipments({ ...deps, access }, { shopId, shipmentIds: [shipmentId] })).toMatchObject({
    asked: 0,
    postponed: 1,
  });
  const { checkFailures, nextCheckAt } = await db.forShop(shopId, (tx) => tx.shipment.findUniqueOrThrow({ where }));
  expect(checkFailures).toBe(0);
  expect(nextCheckAt?.getTime()).toBeGreaterThanOrEqual(new Date("2026-03-02T11:00:00Z").getTime());
});
