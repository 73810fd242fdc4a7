import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CLAIM_LEASE, claimDue, groupByShop } from "#app/modules/shipments/claim-due.server.ts";
import { HOUR, TestClock } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());

const DUE = 1_300;

/** Due parcels in bulk, as copies of one. */
beforeEach(async () => {
  const { shipmentId } = await world.addShipment();
  await world.db.forShop(world.shopId, async (tx) => {
    await tx.$executeRaw`DELETE FROM shipment WHERE id <> ${shipmentId}`;
    await tx.$executeRaw`
      INSERT INTO shipment (shop_id, id, order_id, fulfillment_id, tracking_number, origin, status_since, created_at,
        updated_at, next_check_at)
      SELECT shop_id, 'shp_due_' || n, order_id, fulfillment_id, 'N' || n, origin, status_since, created_at, updated_at,
        ${world.clock.now().toISOString()}::timestamptz - n * interval '1 second'
      FROM shipment, generate_series(1, ${DUE}::int) AS n WHERE id = ${shipmentId}`;
  });
});

async function claimedIds(from: number): Promise<string[]> {
  const jobs = (await waitingJobs(world.database, "shipments.check")).slice(from) as { shipmentIds: string[] }[];
  for (const job of jobs) expect(job.shipmentIds.length).toBeLessThanOrEqual(100);
  return jobs.flatMap(({ shipmentIds }) => shipmentIds);
}

test("workers that claim at once get different parcels, and together all of them", async () => {
  const from = (await waitingJobs(world.database, "shipments.check")).length;
  const counts = await Promise.all([claimDue(world.deps), claimDue(world.deps), claimDue(world.deps)]);
  const ids = await claimedIds(from);
  expect(new Set(ids).size).toBe(ids.length);
  // A worker may see nothing but rows that another one holds at that moment, and leave them to it.
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
  const rest = await claimDue(world.deps);
  expect(ids.length + rest).toBe(DUE);
});

test("claimed is claimed until the lease ends; then a lost worker's parcels are due again", async () => {
  expect(await claimDue(world.deps)).toBe(DUE);
  expect(await claimDue(world.deps)).toBe(0);
  const later = new TestClock(new Date(world.clock.now().getTime() + CLAIM_LEASE + 1).toISOString());
  expect(await claimDue({ ...world.deps, clock: later })).toBe(DUE);
});

test("parcels that are not due yet, or not watched, are left alone", async () => {
  await world.db.forShop(world.shopId, async (tx) => {
    await tx.$executeRaw`UPDATE shipment SET next_check_at = next_check_at + interval '1 day' WHERE id <> 'shp_due_1'`;
    await tx.$executeRaw`UPDATE shipment SET next_check_at = NULL WHERE id = 'shp_due_1'`;
  });
  expect(await claimDue(world.deps)).toBe(0);
  world.clock.advance(HOUR * 24);
  expect(await claimDue(world.deps)).toBe(DUE - 1);
});

test("jobs are one shop's, and bounded", () => {
  const claimed = Array.from({ length: 250 }, (_, index) => ({ shopId: index % 2 ? "a" : "b", id: `shp_${index}` }));
  const jobs = groupByShop(claimed);
  expect(jobs.map(({ shopId, shipmentIds }) => [shopId, shipmentIds.length])).toEqual([
    ["b", 100],
    ["a", 100],
    ["b", 25],
    ["a", 25],
  ]);
});
