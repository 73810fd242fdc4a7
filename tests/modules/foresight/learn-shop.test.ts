import { afterEach, beforeEach, expect, test } from "vitest";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import { readForecast } from "#app/modules/foresight/read-forecast.server.ts";
import { sweepForesight } from "#app/modules/foresight/sweep-foresight.server.ts";
import type { ForesightDeps } from "#app/modules/foresight/foresight-deps.ts";
import { readKnowledge } from "#app/modules/foresight/tally.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld, type Scan, THREE_DAYS } from "./foresight-world.ts";

let world: ForesightWorld;
beforeEach(async () => {
  world = await createForesightWorld();
  world.clock.set("2026-03-20T16:00:00Z");
});
afterEach(() => world.close());

/** A dozen parcels of the last days: some arrived, some on their way. */
async function shipHistory(): Promise<string[]> {
  const now = world.clock.now().getTime();
  const ids: string[] = [];
  for (let back = 7; back > 1; back -= 1)
    for (const hour of [0, 5]) {
      const at = new Date(now - back * DAY + hour * HOUR).toISOString();
      const happened = THREE_DAYS.filter(([, , hours]) => hours <= back * 24 - hour);
      ids.push(await world.ship({ at, scans: happened, origin: "import" }));
    }
  return ids;
}

/** What a shop has learnt, without ids and the moments at which it was written. */
async function learntBy({ db, shopId }: ForesightWorld) {
  return db.forShop(shopId, async (tx) => ({
    hazards: (await tx.hazardRow.findMany({ orderBy: [{ law: "asc" }, { level: "asc" }, { key: "asc" }] })).map(
      ({ law, level, key, counts, asOf }) => [law, level, key, Buffer.from(counts).toString("hex"), asOf],
    ),
    factors: (await tx.factorRow.findMany({ orderBy: [{ law: "asc" }, { kind: "asc" }, { key: "asc" }] })).map(
      ({ law, kind, key, observed, expected, asOf }) => [law, kind, key, observed, expected, asOf],
    ),
    parcels: (await tx.parcelForecast.findMany()).map(({ firstSaid }) => JSON.stringify(firstSaid)).sort(),
    clocks: (await tx.parcelClock.findMany())
      .map(({ clocks, learnFrom }) => JSON.stringify([clocks, learnFrom]))
      .sort(),
    learnt: (await tx.learning.findMany()).map(({ learntOn, data }) => ({ learntOn, data })),
    shares: await tx.nightShare.count(),
  }));
}

test("a night in shares, killed between and begun again, comes to what one run learns", async () => {
  const other = await createForesightWorld();
  other.clock.set("2026-03-20T16:00:00Z");
  const first = world;
  await shipHistory();
  await learnShop(first.foresight, { shopId: first.shopId });
  const whole = await learntBy(first);
  expect(whole.hazards.length).toBeGreaterThan(20);
  expect(whole.shares).toBe(0);
  try {
    world = other;
    await shipHistory();
    let runs = 0;
    for (let killed = true; killed; runs += 1) {
      killed = await learnShop(dyingAfter(other.foresight, 3), { shopId: other.shopId, share: 2 }).then(
        () => false,
        (error: unknown) => String(error).includes("killed"),
      );
    }
    expect(runs).toBeGreaterThan(3);
    expect(await learntBy(other)).toEqual(whole);
  } finally {
    world = first;
    await other.close();
  }
}, 60_000);

/** A worker that dies in the middle of its so many-th transaction. */
function dyingAfter(deps: ForesightDeps, transactions: number): ForesightDeps {
  let left = transactions;
  const forShop: ForesightDeps["db"]["forShop"] = (shopId, work, options) =>
    deps.db.forShop(
      shopId,
      async (tx) => {
        const result = await work(tx);
        left -= 1;
        if (left < 0) throw new Error("killed");
        return result;
      },
      options,
    );
  const db = new Proxy(deps.db, { get: (target, name) => (name === "forShop" ? forShop : Reflect.get(target, name)) });
  return { ...deps, db };
}

test("nights that were missed are caught up one after the other, and none is learnt twice", async () => {
  const { clock, foresight, shopId, db } = world;
  const id = await world.ship({ at: "2026-03-20T12:00:00Z", scans: [["in_transit", "accepted", 2]] });
  clock.advance(3 * DAY);
  expect(await learnShop(foresight, { shopId })).toEqual({ nights: 3, parcels: 3, done: true });
  expect(await learnShop(foresight, { shopId })).toEqual({ nights: 0, parcels: 0, done: true });
  const row = await db.forShop(shopId, (tx) => tx.parcelClock.findFirstOrThrow({ where: { shipmentId: id } }));
  const mark = await db.forShop(shopId, (tx) => tx.syncMark.findFirstOrThrow({ where: { name: "foresight.learn" } }));
  expect(row.learnFrom).toBe(Math.floor(Date.parse("2026-03-23") / DAY));
  // 2:30 in New York, in summer time.
  expect(mark.dueAt.toISOString()).toBe("2026-03-24T06:30:00.000Z");
});

test("the sweep claims what is due and nothing else, and moves it behind its lease", async () => {
  const { clock, foresight, shopId, db } = world;
  clock.set("2026-03-20T23:30:00Z");
  const id = await world.ship({ at: "2026-03-20T12:00:00Z", scans: [["in_transit", "accepted", 2]] });
  expect((await sweepForesight(foresight)).parcels).toBe(0);
  const { reviewAt } = await db.forShop(shopId, (tx) => tx.parcelForecast.findFirstOrThrow());
  // Past midnight at the destination, where it is five hours earlier than in UTC.
  expect(reviewAt?.toISOString().slice(0, 13)).toMatch(/^2026-03-21T05/);
  clock.set("2026-03-21T06:00:00Z");
  expect((await sweepForesight(foresight)).parcels).toBe(1);
  expect((await sweepForesight(foresight)).parcels).toBe(0);
  await world.forecast(id);
  await world.scan(id, "2026-03-20T12:00:00Z", [["delivered", null, 18]]);
  const ended = await db.forShop(shopId, (tx) => readForecast(tx, shopId, id));
  expect(ended?.ended).toBe(true);
  clock.advance(40 * DAY);
  expect((await sweepForesight(foresight)).parcels).toBe(1);
  await world.forecast(id);
  clock.advance(40 * DAY);
  expect((await sweepForesight(foresight)).parcels).toBe(0);
  const score = await db.forShop(shopId, (tx) => tx.forecastScore.findMany());
  expect(score.map((row) => [row.carrier, row.countryCode, (row.score as { parcels: number }).parcels])).toEqual([
    ["ups", "US", 1],
  ]);
});

test("of an imported history the parcels that never came are scored on the first day, with those that did", async () => {
  const { clock, foresight, shopId, db } = world;
  const at = "2026-02-16T12:00:00Z";
  const accepted: Scan = ["in_transit", "accepted", 4];
  const ids = [
    await world.ship({ at, scans: THREE_DAYS, origin: "import" }),
    await world.ship({ at, scans: [accepted], origin: "import" }),
    // Silent for a month, and given up: it is among the lost, and not among those of which nothing is known.
    await world.ship({ at, scans: [accepted, ["expired", null, 31 * 24]], origin: "import" }),
  ];
  // Still on its way, and nothing that was said of it has failed yet.
  await world.ship({ at: "2026-03-18T12:00:00Z", scans: [accepted], origin: "import" });
  await learnShop(foresight, { shopId });
  clock.advance(60_000);
  expect((await sweepForesight(foresight)).parcels).toBe(3);
  await world.forecast(...ids);
  const [scores, waiting, learnt] = await db.forShop(shopId, async (tx) => [
    await tx.forecastScore.findMany(),
    await tx.parcelForecast.findFirstOrThrow({ where: { shipmentId: ids[1] ?? "" } }),
    await tx.learning.findFirstOrThrow(),
  ]);
  expect(scores.map(({ score }) => score)).toMatchObject([
    { parcels: 3, arrived: 1, late: 2, warned: 2, warnedRight: 2, byQ90: 1 },
  ]);
  // How sure a warning was in the end is what thresholds are chosen from.
  expect(waiting.peakLate).toBeGreaterThan(0.5);
  expect(readKnowledge(learnt.data).fates).toEqual({ ups: { arrived: 1, never: 1 } });
});
