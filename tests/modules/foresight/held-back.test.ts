import { afterEach, beforeEach, expect, test } from "vitest";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import { readForecast } from "#app/modules/foresight/read-forecast.server.ts";
import { heldParcels } from "#tests/sandbox/world/held-parcels.ts";
import { SCENARIO_STEPS } from "#tests/sandbox/world/scenarios.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld, type Scan } from "./foresight-world.ts";

let world: ForesightWorld;
beforeEach(async () => {
  world = await createForesightWorld();
});
afterEach(() => world.close());

/** What was scanned of a parcel that lies at a hub, as the sandbox tells it. */
const AT_THE_HUB: readonly Scan[] = [
  ["in_transit", "accepted", 5],
  ["in_transit", "departed", 10],
  ["in_transit", "arrived_at_facility", 20],
];

/** Parcels that reach the door in the morning and are handed over in the afternoon, after three days or four. */
const journey = (days: number): readonly Scan[] => [
  ...AT_THE_HUB,
  ["in_transit", "departed", 24 * days - 26],
  ["out_for_delivery", null, 24 * days - 2],
  ["delivered", null, 24 * days + 4],
];

/**
 * What the shop shipped in the four weeks before: two parcels every third day, so that each weekday is met, learnt as an
 * imported history is.
 */
async function shipHistory(): Promise<void> {
  const now = world.clock.now().getTime();
  for (let back = 32; back > 5; back -= 3)
    for (const days of [3, 4]) {
      const at = new Date(now - back * DAY).toISOString();
      await world.ship({ at, scans: journey(days), origin: "import" });
    }
  await learnShop(world.foresight, { shopId: world.shopId });
}

async function read(id: string) {
  const found = await world.db.forShop(world.shopId, (tx) => readForecast(tx, world.shopId, id));
  if (!found) throw new Error("no forecast");
  return found;
}

// A week without a holiday, and the week before Thanksgiving.
const DAYS = [
  ...["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-14", "2026-03-15"],
  "2026-11-22",
];

test.each(DAYS)(
  "on %s a parcel of a fresh demo is a predicted delay before its promise passes",
  async (today) => {
    world.clock.set(`${today}T16:00:00Z`);
    await shipHistory();
    const held = [];
    for (const { placedAt, shippedAt, promisedOn } of heldParcels(world.clock.now())) {
      const at = shippedAt.toISOString();
      const id = await world.ship({ at, scans: AT_THE_HUB, origin: "import", placed: placedAt });
      const forecast = await read(id);
      expect(forecast.promise).toEqual({ on: promisedOn, source: "rule" });
      expect(promisedOn >= today).toBe(true);
      held.push({ id, at, forecast });
    }
    const found = held.filter(({ forecast }) => forecast.troubles.some(({ kind }) => kind === "delay_predicted"));
    expect(found.length).toBeGreaterThan(0);
    for (const { id, at, forecast } of found) {
      expect(forecast.lateProbability).toBeGreaterThanOrEqual(0.5);
      expect(forecast.reasons.length).toBeGreaterThan(0);
      // It stands at the door on the same day: likely in time again, and nothing is said any more.
      const hours = Math.floor((world.clock.now().getTime() - Date.parse(at)) / HOUR) - 1;
      await world.scan(id, at, [["out_for_delivery", null, hours]]);
      expect((await read(id)).troubles).toEqual([]);
    }
  },
  60_000,
);

test("the sandbox holds a parcel back for longer than any promise of a fresh demo runs", () => {
  const leaves = SCENARIO_STEPS.held_back.find(({ kind, hours }) => kind === "departed" && hours > 24)?.hours ?? 0;
  for (const today of DAYS) {
    const now = new Date(`${today}T16:00:00Z`);
    for (const { shippedAt } of heldParcels(now))
      // The quickest of its parcels, at the door in two days, takes three quarters of the plan's time.
      expect(now.getTime() - shippedAt.getTime()).toBeLessThan(0.75 * leaves * HOUR);
  }
});
