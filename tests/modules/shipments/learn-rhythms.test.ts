import { afterAll, beforeAll, expect, test } from "vitest";
import { learnRhythms, poolRhythms } from "#app/modules/shipments/learn-rhythms.server.ts";
import { RhythmBook } from "#app/modules/shipments/rhythm-book.server.ts";
import { outAt, shapeNews } from "#app/modules/shipments/rhythm/shape-news.ts";
import { recordEvents } from "#app/modules/shipments/record-events.server.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { addOrder, addShipment, addShop } from "./shipment-rows.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());

/** A parcel that is loaded at eight and handed over at half past twenty, heard of at once. */
async function deliverInTheEvening(shopId: string, orderId: string): Promise<void> {
  const { db, clock, deps } = world;
  const { shipmentId, trackingNumber } = await addShipment(db, clock, { shopId, orderId });
  const day = clock.now().toISOString().slice(0, 10);
  const scans = [
    carrierEvent({ status: "out_for_delivery" }, new Date(`${day}T08:00:00Z`)),
    carrierEvent({ status: "delivered" }, new Date(`${day}T20:30:00Z`)),
  ];
  const answer = { source: "poll" as const, carrier: "ups", shipment: carrierShipment(trackingNumber, scans) };
  await recordEvents(deps, { shopId, shipmentId, answer, check: { problem: null } });
  // The same answer once more teaches nothing more.
  clock.advance(MINUTE);
  await recordEvents(deps, { shopId, shipmentId, answer, check: { problem: null } });
}

const rhythmsOf = (shopId: string) =>
  world.db.forShop(shopId, (tx) => tx.watchRhythm.findMany({ orderBy: { phase: "asc" } }));
const onVanBy = async (book: RhythmBook, shopId: string, minute: number) => {
  const shapeOf = await world.db.forShop(shopId, (tx) => book.of(tx, { shopId, now: world.clock.now() }));
  return outAt(shapeOf("ups", "on_van"), minute);
};

test("what is recorded is learned from once, fades, and reaches other shops through the common rhythm", async () => {
  const { db, clock } = world;
  const shopId = await addShop(db, clock);
  const orderId = await addOrder(db, clock, { shopId });
  const stranger = await addShop(db, clock);
  for (let parcel = 0; parcel < 40; parcel += 1) await deliverInTheEvening(shopId, orderId);

  expect(await learnRhythms(world.deps)).toBe(80);
  expect(await learnRhythms(world.deps)).toBe(0);
  const [onVan] = await rhythmsOf(shopId);
  expect(onVan).toMatchObject({ carrier: "ups", phase: "on_van" });
  expect(onVan?.counts[20]).toBe(40);
  expect(await rhythmsOf(stranger)).toEqual([]);

  const guess = outAt(shapeNews("on_van", {}), 19 * 60);
  expect(await onVanBy(new RhythmBook(), shopId, 19 * 60)).toBeLessThan(guess / 2);
  expect(await onVanBy(new RhythmBook(), stranger, 19 * 60)).toBe(guess);

  clock.advance(60 * DAY);
  await deliverInTheEvening(shopId, orderId);
  expect(await learnRhythms(world.deps)).toBe(2);
  const [later] = await rhythmsOf(shopId);
  expect(later?.counts[20]).toBeCloseTo(21, 1);

  await poolRhythms(world.deps);
  await poolRhythms(world.deps);
  expect(await onVanBy(new RhythmBook(), stranger, 19 * 60)).toBeLessThan(guess * 0.7);
});

test("a book is read again after a quarter of an hour, not before", async () => {
  const { db, clock } = world;
  const shopId = await addShop(db, clock);
  const orderId = await addOrder(db, clock, { shopId });
  const book = new RhythmBook();
  const before = await onVanBy(book, shopId, 19 * 60);
  for (let parcel = 0; parcel < 30; parcel += 1) await deliverInTheEvening(shopId, orderId);
  await learnRhythms(world.deps);
  clock.advance(-29 * MINUTE);
  expect(await onVanBy(book, shopId, 19 * 60)).toBe(before);
  clock.advance(HOUR);
  expect(await onVanBy(book, shopId, 19 * 60)).toBeLessThan(before);
});

test("the app cannot write the common rhythm by hand", async () => {
  const counts = [1];
  const write = () =>
    world.db.forShop(world.shopId, (tx) =>
      tx.carrierRhythm.create({ data: { carrier: "ups", phase: "held", counts, updatedAt: world.clock.now() } }),
    );
  await expect(write()).rejects.toThrow(/permission denied|not.*permi/i);
});

test("news is learned from although the clock goes on while it is recorded", async () => {
  const { db, clock, deps } = world;
  const shopId = await addShop(db, clock);
  const orderId = await addOrder(db, clock, { shopId });
  const { shipmentId, trackingNumber } = await addShipment(db, clock, { shopId, orderId });
  const loaded = carrierEvent({ status: "out_for_delivery" }, new Date(clock.now().getTime() - HOUR));
  const answer = { source: "poll" as const, carrier: "ups", shipment: carrierShipment(trackingNumber, [loaded]) };
  let reads = 0;
  const running = { now: () => new Date(clock.now().getTime() + (reads += 1)) };
  await recordEvents({ ...deps, clock: running }, { shopId, shipmentId, answer, check: { problem: null } });
  expect(await learnRhythms(deps)).toBe(1);
});
