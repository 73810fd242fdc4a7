import { afterEach, beforeEach, expect, test } from "vitest";
import { USUAL_THRESHOLDS } from "#app/modules/foresight/detect-trouble.ts";
import { thresholdsOf } from "#app/modules/foresight/foresee-parcel.ts";
import { NO_WISHES } from "#app/modules/foresight/forecast-wishes.ts";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import { readThresholds } from "#app/modules/foresight/read-thresholds.server.ts";
import { saveSettings } from "#app/modules/shops/settings.server.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld, THREE_DAYS } from "./foresight-world.ts";

let world: ForesightWorld;
beforeEach(async () => {
  world = await createForesightWorld();
  world.clock.set("2026-03-20T16:00:00Z");
});
afterEach(() => world.close());

/** Arrived and promised, in days since 1970: late by five days, or in time. */
const LATE = [20_405, 20_400] as const;

/** So many parcels of half a year ago: how silent each was at most, and whether it came late or never. */
async function addFates(peaks: readonly { peak: number; fate: "late" | "never" | "in time" }[]): Promise<void> {
  const { clock, db, shopId } = world;
  const createdAt = new Date(clock.now().getTime() - 180 * DAY);
  const step = { stage: "moving", day: 20_396, hour: 9 };
  for (const { peak, fate } of peaks) {
    const { shipmentId } = await world.addShipment({ carrier: "ups" });
    const attempt = fate === "never" ? null : fate === "late" ? LATE[0] : LATE[1] - 1;
    const journey = { stages: [step], news: [step], end: null, attempt };
    const peaksOf = { peakLabel: null, peakSilence: peak, peakLost: peak };
    await db.forShop(shopId, (tx) =>
      tx.parcelForecast.create({
        data: {
          ...{
            shopId,
            shipmentId,
            modelVersion: "test",
            facts: {},
            journey,
            ...peaksOf,
            createdAt,
            updatedAt: createdAt,
          },
          promisedOn: new Date(LATE[1] * DAY).toISOString().slice(0, 10),
        },
      }),
    );
  }
}

/** A night, which chooses the thresholds when it is over. */
async function passNight() {
  const { clock, db, foresight, shopId } = world;
  await world.ship({
    at: new Date(clock.now().getTime() - 4 * DAY).toISOString(),
    scans: THREE_DAYS,
    origin: "import",
  });
  await learnShop(foresight, { shopId });
  return db.forShop(shopId, (tx) => readThresholds(tx, shopId));
}

test("a short history chooses nothing: the usual thresholds hold", async () => {
  await addFates(Array.from({ length: 19 }, () => ({ peak: 0.97, fate: "late" as const })));
  expect(await passNight()).toEqual({ thresholds: USUAL_THRESHOLDS, fromHistory: [] });
});

test("a silence is flagged as early as half of such flags were right, a loss as most of them never came", async () => {
  const of = (count: number, peak: number, fate: "late" | "never" | "in time") =>
    Array.from({ length: count }, () => ({ peak, fate }));
  await addFates([
    ...of(25, 0.992, "never"),
    ...of(5, 0.97, "late"),
    ...of(20, 0.97, "in time"),
    ...of(60, 0.4, "in time"),
  ]);
  const { thresholds, fromHistory } = await passNight();
  expect([...fromHistory].sort()).toEqual(["lostProbability", "silenceTail"]);
  expect(thresholds.silenceTail).toBeCloseTo(0.03, 9);
  // The bound: nobody waits for more certainty than this.
  expect(thresholds.lostProbability).toBe(0.9);
  expect(thresholds.labelTail).toBe(USUAL_THRESHOLDS.labelTail);
}, 60_000);

test("what the merchant wishes stands above the history, and above the usual", () => {
  const knowledge = { fates: {}, rivalries: {}, chosen: { delayProbability: 0.4, labelTail: 0.01 } };
  expect(thresholdsOf(knowledge)).toEqual({ ...USUAL_THRESHOLDS, delayProbability: 0.4, labelTail: 0.01 });
  const wished = thresholdsOf(knowledge, { ...NO_WISHES, delayProbability: 0.8 });
  expect(wished).toMatchObject({ delayProbability: 0.8, labelTail: 0.01 });
});

test("a replayed day warns by the merchant's own threshold", async () => {
  const { clock, db, foresight, shopId } = world;
  const wish = (delayProbability: number) =>
    db.forShop(shopId, (tx) =>
      saveSettings(tx, { clock }, { shopId, changes: { foresight: { pool: false, delayProbability } }, actorId: null }),
    );
  // Handed over two weeks ago, and silent since: any forecast sees it late before its promise passed.
  const ship = () =>
    world.ship({ at: "2026-03-06T12:00:00Z", scans: [["in_transit", "accepted", 2]], origin: "import" });
  const warnedOf = async (shipmentId: string) => {
    await db.forShop(shopId, (tx) => tx.parcelForecast.updateMany({ where: { shipmentId }, data: { warnedOn: null } }));
    await learnShop(foresight, { shopId });
    const row = await db.forShop(shopId, (tx) => tx.parcelForecast.findFirstOrThrow({ where: { shipmentId } }));
    return row.warnedOn;
  };
  await wish(0.95);
  const careful = await warnedOf(await ship());
  await wish(0.1);
  const early = await warnedOf(await ship());
  expect(early).not.toBeNull();
  expect(careful === null || careful > (early ?? "")).toBe(true);
});
