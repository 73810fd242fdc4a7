import { afterAll, beforeAll, expect, test } from "vitest";
import { takeBudget } from "#app/modules/shipments/carrier-budget.server.ts";
import { readAccountUse, readCarrierShares } from "#app/modules/shipments/read-account-use.server.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { createShipmentWorld, fakeCarrier, type ShipmentWorld } from "./shipment-world.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());

const use = () =>
  world.db.forShop(world.shopId, (tx) => {
    const { shopId, accounts, clock, deps } = world;
    return readAccountUse(tx, { shopId, accounts, directory: deps.carriers, now: clock.now() });
  });

test("today's questions are those that the budget has counted, and yesterday's are gone", async () => {
  const limits = { ...fakeCarrier("ups").limits, requestsPerDay: 250 };
  const { shopId, clock } = world;
  world.accounts.push({ id: "acc_use", carrier: "ups", status: "active", priority: 1 });
  const deps = { ...world.deps, pace: 1 };
  for (let call = 0; call < 3; call += 1) await takeBudget(deps, { shopId, accountId: "acc_use", limits });
  expect((await use()).askedToday).toEqual({ acc_use: 3 });
  clock.advance(DAY);
  expect((await use()).askedToday).toEqual({ acc_use: 0 });
});

test("parcels count for the account that would be asked about them, and carriers by the newest parcels", async () => {
  const { shopId } = world;
  world.accounts.splice(
    0,
    Infinity,
    { id: "acc_ups", carrier: "ups", status: "active", priority: 1 },
    { id: "acc_all", carrier: "easypost", status: "active", priority: 2 },
  );
  const parcels: { shipmentId: string }[] = [];
  for (const carrier of ["ups", "ups", "fedex", null]) parcels.push(await world.addShipment({ carrier }));
  await world.db.forShop(shopId, (tx) =>
    tx.shipment.updateMany({
      where: { shopId, id: { in: parcels.map(({ shipmentId }) => shipmentId) } },
      data: { nextCheckAt: world.clock.now() },
    }),
  );
  expect(await use()).toMatchObject({ following: { acc_ups: 2, acc_all: 2 }, more: false });
  const shares = await world.db.forShop(shopId, (tx) => readCarrierShares(tx, shopId));
  expect([shares.get("ups"), shares.get("fedex"), shares.get(null)]).toEqual([2, 1, 1]);
});
