import { afterAll, beforeAll, expect, test } from "vitest";
import { readForecast } from "#app/modules/foresight/read-forecast.server.ts";
import { replayForecasts } from "#app/modules/foresight/replay-forecasts.server.ts";
import type { ForecastMoment } from "#app/modules/foresight/replay-parcel.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld, type Scan, THREE_DAYS } from "./foresight-world.ts";

let world: ForesightWorld;
beforeAll(async () => {
  world = await createForesightWorld();
});
afterAll(() => world.close());

const LEFT = "2026-03-03T10:00:00.000Z";
const at = (hours: number): Date => new Date(Date.parse(LEFT) + hours * HOUR);
const TO = at(24 * 40);
/** A parcel that lies at a hub for two weeks and arrives. */
const HELD: readonly Scan[] = [
  ["in_transit", "accepted", 4],
  ["in_transit", "departed", 10],
  ["in_transit", "arrived_at_facility", 30],
  ["in_transit", "departed", 24 * 15],
  ["out_for_delivery", null, 24 * 16 + 4],
  ["delivered", null, 24 * 16 + 9],
];

/** A replay in a transaction that PostgreSQL lets write and lock nothing. */
const replay = (shipmentIds: string[], from: Date, to = TO) =>
  world.db.forShop(world.shopId, async (tx) => {
    await tx.$executeRaw`SET TRANSACTION READ ONLY`;
    return replayForecasts(tx, world.foresight, { shopId: world.shopId, shipmentIds, from, to });
  });

const row = (id: string) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.parcelForecast.findUniqueOrThrow({ where: { shopId_shipmentId: { shopId: world.shopId, shipmentId: id } } }),
  );

interface Said {
  at: string;
  shown: unknown;
  troubles: unknown;
}

const saidIn = (moments: readonly ForecastMoment[]): Said[] =>
  moments.map(({ at: when, forecast }) => {
    return { at: when.toISOString(), shown: forecast.shown, troubles: forecast.troubles };
  });

async function lookNow(id: string): Promise<Said> {
  await world.forecast(id);
  const view = await world.db.forShop(world.shopId, (tx) => readForecast(tx, world.shopId, id));
  return { at: world.clock.now().toISOString(), shown: view?.shown ?? null, troubles: view?.troubles ?? [] };
}

const kindsOf = ({ shown, troubles }: Said): string =>
  JSON.stringify([shown, (troubles as { kind: string }[]).map(({ kind }) => kind)]);

/** Plays a parcel live: every scan when it comes, every review when it is due. What was said, whenever it was new. */
async function playLive(scans: readonly Scan[]): Promise<{ id: string; said: Said[] }> {
  const { clock } = world;
  clock.set(LEFT);
  const id = await world.ship({ at: LEFT, scans: [] });
  const said = [await lookNow(id)];
  const rest = [...scans];
  while (clock.now() < TO) {
    const scanAt = rest[0] ? at(rest[0][2]) : null;
    const { reviewAt, journey } = await row(id);
    const review = (journey as { end: unknown }).end ? null : reviewAt;
    const next = scanAt && (!review || scanAt <= review) ? scanAt : review;
    if (!next || next > TO) break;
    clock.set(next.toISOString());
    const scan = scanAt?.getTime() === next.getTime() ? rest.shift() : undefined;
    if (scan) await world.scan(id, LEFT, [scan]);
    const now = await lookNow(id);
    if (kindsOf(now) !== kindsOf(said.at(-1) ?? now)) said.push(now);
  }
  return { id, said };
}

test.each([
  ["that is held back", HELD],
  ["that arrives in time", THREE_DAYS],
  ["of which nothing is heard after its label", []],
])(
  "a parcel %s was followed live: the replay says the same at the same moments",
  async (_name, scans) => {
    const { id, said } = await playLive(scans);
    expect(said.length).toBeGreaterThan(1);
    const moments = (await replay([id], at(0))).get(id) ?? [];
    expect(saidIn(moments)).toEqual(said);
    // Again and again, whatever was said since.
    expect((await replay([id], at(0))).get(id)).toEqual(moments);
  },
  60_000,
);

test("a held parcel's replay finds every trouble of its way and clears it", async () => {
  const { id } = await playLive(HELD);
  const moments = (await replay([id], at(0))).get(id) ?? [];
  const kinds = moments.flatMap(({ forecast }) => forecast.troubles.map(({ kind }) => kind));
  expect(new Set(kinds)).toEqual(new Set(["stalled", "delay_predicted", "delayed", "suspected_lost"]));
  expect(moments.at(-1)?.forecast).toMatchObject({ troubles: [], promisedOn: "2026-03-10" });
  for (const { at: when, forecast } of moments)
    expect((forecast.shown?.on ?? "") >= new Date(when.getTime() - 6 * HOUR).toISOString().slice(0, 10)).toBe(true);
}, 60_000);

test("a replay that begins on the way says first what stood then, and nothing after its end", async () => {
  const { id, said } = await playLive(HELD);
  const [from, to] = [at(24 * 10), at(24 * 14)];
  const part = saidIn((await replay([id], from, to)).get(id) ?? []);
  const standing = said.filter((one) => one.at <= from.toISOString()).at(-1);
  expect(part[0]?.at).toBe(from.toISOString());
  expect(kindsOf(part[0] as Said)).toBe(kindsOf(standing as Said));
  expect(part.slice(1)).toEqual(said.filter((one) => one.at > from.toISOString() && one.at <= to.toISOString()));
  expect((await replay([id], at(-48), at(-24))).get(id)).toEqual([]);
}, 60_000);

test("imported scans are heard when they happened, and a parcel that was taken back is nobody's", async () => {
  const { clock, db, shopId } = world;
  const live = await playLive(HELD);
  clock.set(TO.toISOString());
  const [imported, removed] = [
    await world.ship({ at: LEFT, scans: HELD, origin: "import" }),
    await world.ship({ at: LEFT, scans: HELD, origin: "import" }),
  ];
  await db.forShop(shopId, async (tx) => {
    // An import hears all of it at once, weeks later.
    await tx.trackingEvent.updateMany({ where: { shipmentId: imported }, data: { receivedAt: TO } });
    const where = { shopId_id: { shopId, id: removed } };
    await tx.shipment.update({ where, data: { lifecycle: "removed", stopReason: "removed" } });
  });
  const replayed = await replay([imported, removed, "shp_unknown"], at(0));
  // Reviews after midnight are spread by the parcel's id: the days are the same.
  const days = (said: readonly Said[]) => said.map((one) => [one.at.slice(0, 10), kindsOf(one)]);
  expect(days(saidIn(replayed.get(imported) ?? []))).toEqual(days(live.said));
  expect(replayed.get(removed)).toEqual([]);
  expect(replayed.has("shp_unknown")).toBe(false);
}, 60_000);

test("a parcel that stays silent for a year is looked at so often and no more", async () => {
  const { id } = await playLive([["in_transit", "accepted", 4]]);
  const moments = (await replay([id], at(0), new Date(TO.getTime() + 365 * DAY))).get(id) ?? [];
  expect(moments).toHaveLength(100);
  await expect(
    replay(
      Array.from({ length: 201 }, (_, index) => `shp_${index}`),
      at(0),
    ),
  ).rejects.toThrow("201 parcels");
}, 60_000);
