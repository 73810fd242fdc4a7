import { afterAll, beforeAll, expect, test } from "vitest";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import { readForecast } from "#app/modules/foresight/read-forecast.server.ts";
import { readScorecard } from "#app/modules/foresight/read-scorecard.server.ts";
import { sweepForesight } from "#app/modules/foresight/sweep-foresight.server.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld, THREE_DAYS } from "./foresight-world.ts";

let world: ForesightWorld;
beforeAll(async () => {
  world = await createForesightWorld();
});
afterAll(() => world.close());

const dateOf = (at: Date): string => at.toISOString().slice(0, 10);
const view = async (id: string) => {
  const { db, shopId } = world;
  const found = await db.forShop(shopId, (tx) => readForecast(tx, shopId, id));
  if (!found) throw new Error("no forecast");
  return found;
};
const activityOf = (id: string) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.activity.findMany({ where: { subjectId: id }, orderBy: { id: "asc" }, select: { type: true, data: true } }),
  );

test("imported history is learnt as if it had been followed, and scored", async () => {
  const { clock, foresight, shopId, db } = world;
  clock.set("2026-03-02T16:00:00Z");
  const now = clock.now().getTime();
  const ids: string[] = [];
  for (let back = 50; back > 14; back -= 1)
    for (const hour of [0, 3]) {
      const at = new Date(now - back * DAY + hour * HOUR).toISOString();
      ids.push(await world.ship({ at, scans: THREE_DAYS, origin: "import" }));
    }
  const report = await learnShop(foresight, { shopId });
  expect(report).toMatchObject({ done: true });
  expect(report.nights).toBeGreaterThan(30);
  expect((await learnShop(foresight, { shopId })).nights).toBe(0);

  // What would have been said is due to be scored: the sweep finds it, and nothing else.
  const claimed = await sweepForesight(foresight);
  expect(claimed.parcels).toBe(ids.length);
  await world.forecast(...ids);
  const card = await db.forShop(shopId, (tx) => readScorecard(tx, shopId, { weeks: 10, clock }));
  expect(card.parcels).toBe(ids.length);
  expect(card.carriers.map(({ carrier }) => carrier)).toEqual(["ups"]);
  expect(card.overall.coverage.w80.was?.share).toBeGreaterThan(0.6);
  await world.forecast(...ids);
  const again = await db.forShop(shopId, (tx) => readScorecard(tx, shopId, { weeks: 10, clock }));
  expect(again).toEqual(card);
  expect((await sweepForesight(foresight)).parcels).toBe(0);
}, 60_000);

test("a new parcel has a window from the lane's history, a promise and a date", async () => {
  const { clock } = world;
  clock.set("2026-03-03T16:00:00Z");
  const id = await world.ship({ at: "2026-03-03T10:00:00Z", scans: [["in_transit", "accepted", 4]] });
  const forecast = await view(id);
  expect(forecast.windows?.w80.from).toMatch(/^2026-03-0[456]/);
  expect(forecast.likelyOn).toMatch(/^2026-03-0[56]/);
  expect(forecast.promise).toEqual({ on: "2026-03-10", source: "rule" });
  expect(forecast.lateProbability).toBeLessThan(0.3);
  expect(forecast.troubles).toEqual([]);
  expect(forecast.shown?.on).toBe(forecast.likelyOn);
});

test("forecasts of one parcel at the same moment tell what is wrong once", async () => {
  const { clock } = world;
  clock.set("2026-03-03T16:00:00Z");
  const id = await world.ship({ at: "2026-03-03T10:00:00Z", scans: [["in_transit", "accepted", 4]] });
  clock.set("2026-03-20T16:00:00Z");
  await Promise.all(Array.from({ length: 6 }, () => world.forecast(id)));
  const kinds = (await activityOf(id)).flatMap(({ type, data }) =>
    type === "shipment.trouble_found" ? [(data as { kind: string }).kind] : [],
  );
  expect(kinds).toContain("delayed");
  expect(kinds).toEqual([...new Set(kinds)]);
});

test("a parcel held back is a predicted delay before its promise passes, stalls, and is clear when it moves", async () => {
  const { clock, shopId, db } = world;
  const at = "2026-03-03T10:00:00Z";
  clock.set("2026-03-03T16:00:00Z");
  const id = await world.ship({ at, scans: [["in_transit", "accepted", 4]] });
  const promisedOn = (await view(id)).promise?.on ?? "";
  const found: string[] = [];
  for (let hour = 0; hour < 24 * 7; hour += 6) {
    clock.advance(6 * HOUR);
    await world.forecast(id);
    for (const { kind } of (await view(id)).troubles) if (!found.includes(kind)) found.push(kind);
    const shown = (await view(id)).shown?.on ?? "";
    expect(shown >= dateOf(new Date(clock.now().getTime() - 6 * HOUR))).toBe(true);
    if (found.includes("delay_predicted")) break;
  }
  expect(found).toContain("delay_predicted");
  expect(found).toContain("stalled");
  expect(dateOf(clock.now()) <= promisedOn).toBe(true);
  await world.forecast(id);
  const told = (await activityOf(id)).filter(({ type }) => type === "shipment.trouble_found");
  expect(told.length).toBe(found.length);
  const facts = await db.forShop(shopId, (tx) =>
    tx.fact.findMany({ where: { subjectId: id }, select: { kind: true } }),
  );
  expect(facts.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["shipment.stalled", "shipment.delay_predicted"]),
  );

  const hours = (clock.now().getTime() - Date.parse(at)) / HOUR - 1;
  await world.scan(id, at, [["out_for_delivery", null, Math.floor(hours)]]);
  expect((await view(id)).troubles).toEqual([]);
  const cleared = (await activityOf(id)).filter(({ type }) => type === "shipment.trouble_cleared");
  expect(cleared.length).toBe(found.length);
  await world.scan(id, at, [["delivered", null, Math.floor(hours) + 1]]);
  expect(await view(id)).toMatchObject({ ended: true, troubles: [] });
});

test("a parcel's way begins where it left from, and in the shop's country while nobody said where", async () => {
  const { clock, db, shopId } = world;
  clock.set("2026-03-03T16:00:00Z");
  const id = await world.ship({ at: "2026-03-03T10:00:00Z", scans: [["in_transit", "accepted", 4]] });
  const key = { shopId_shipmentId: { shopId, shipmentId: id } };
  const factsOf = async () =>
    (await db.forShop(shopId, (tx) => tx.parcelForecast.findUniqueOrThrow({ where: key }))).facts;
  expect(await factsOf()).toMatchObject({ origin: { country: "US", region: null, zip: null }, shipFrom: null });
  await db.forShop(shopId, async (tx) => {
    const { fulfillmentId } = await tx.shipment.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } });
    const from = { shipFromId: "US/OH/43215-1234", shipFromCountry: "US", shipFromProvince: "OH" };
    const data = { ...from, shipFromZip: "43215-1234" };
    await tx.fulfillment.update({ where: { shopId_id: { shopId, id: fulfillmentId } }, data });
  });
  await world.forecast(id);
  expect(await factsOf()).toMatchObject({
    origin: { country: "US", region: "OH", zip: "43215" },
    shipFrom: "US/OH/43215-1234",
  });
});
