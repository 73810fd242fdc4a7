import { afterAll, beforeAll, expect, test } from "vitest";
import { checkShipmentsJob } from "#app/jobs/check-shipments.ts";
import { watchSweepJob } from "#app/jobs/watch-sweep.ts";
import type { Services } from "#app/services.server.ts";
import { createShipmentWorld, type ShipmentWorld } from "#tests/modules/shipments/shipment-world.ts";
import { carrierEvent, carrierShipment } from "#tests/modules/shipments/stored-events.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());

test("a due parcel is swept up, asked about and recorded; the job may run twice", async () => {
  const { shopId, db, clock, deps } = world;
  const { shipmentId, trackingNumber } = await world.addShipment();
  const where = { shopId_id: { shopId, id: shipmentId } };
  await db.forShop(shopId, (tx) => tx.shipment.update({ where, data: { nextCheckAt: clock.now() } }));
  world.accounts.push({ id: "acc_ups", carrier: "ups", status: "active", priority: 1 });
  const ups = world.carriers.get("ups");
  if (!ups) throw new Error("no ups");
  const shipment = carrierShipment(trackingNumber, [carrierEvent({ status: "in_transit" }, clock.now())]);
  ups.answer = () => ({ shipments: [shipment], errors: [] });

  await watchSweepJob.runUnchecked({}, { ...deps, shipments: deps } as unknown as Services);
  const [payload] = await waitingJobs(world.database, "shipments.check");
  expect(payload).toEqual({ shopId, shipmentIds: [shipmentId] });
  await checkShipmentsJob.runUnchecked(payload, { shipments: deps });
  await checkShipmentsJob.runUnchecked(payload, { shipments: deps });

  const row = await db.forShop(shopId, (tx) => tx.shipment.findUniqueOrThrow({ where }));
  expect(row).toMatchObject({ status: "in_transit", eventCount: 1, version: 1 });
  expect(await waitingJobs(world.database, "notifications.decide")).toHaveLength(1);
});

test("a payload that is not what the catalogue says is refused", async () => {
  const run = async () => checkShipmentsJob.runUnchecked({ shopId: world.shopId }, { shipments: world.deps });
  await expect(run()).rejects.toThrow("shipmentIds");
});
