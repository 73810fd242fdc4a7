import { expect, test } from "vitest";
import type { ActivityEvent } from "#app/modules/activity/activity-event.ts";
import { readActivity } from "#app/modules/activity/read-activity.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { type FactInput, recordFacts } from "#app/modules/analytics/record-fact.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openDatabase } from "#tests/support/open-database.ts";
import { MINUTE, TestClock } from "#tests/support/test-clock.ts";

const store = keepOpen(openDatabase);
const clock = new TestClock("2026-11-20T12:00:00Z");
const stopped = (id: string, reason: string): ActivityEvent => {
  return { type: "shipment.watch_stopped", actor: "system", subject: { type: "shipment", id }, data: { reason } };
};
const about = (shopId: string, subjectId: string) => ({ shopId, subjectType: "shipment", subjectId });

test("the trail of one thing is read newest first, its own alone, and never another shop's", async () => {
  const [{ shopId }, other] = [await makeShop(store.db, clock), await makeShop(store.db, clock)];
  for (const reason of ["expired", "not_found", "delivered"]) {
    clock.advance(MINUTE);
    const events = [stopped("shp_1", reason), stopped("shp_2", "removed")];
    await store.db.forShop(shopId, (tx) => recordActivity(tx, clock, shopId, events));
  }
  const trail = await store.db.forShop(shopId, (tx) => readActivity(tx, about(shopId, "shp_1")));
  expect(trail.map(({ data }) => data["reason"])).toEqual(["delivered", "not_found", "expired"]);
  expect(trail[0]).toMatchObject({ at: clock.now(), actor: "system", type: "shipment.watch_stopped" });
  expect(await store.db.forShop(other.shopId, (tx) => readActivity(tx, about(shopId, "shp_1")))).toEqual([]);
});

test("only the newest hundred entries are read", async () => {
  const { shopId } = await makeShop(store.db, clock);
  const many = Array.from({ length: 120 }, (_, index) => stopped("shp_1", `r${index}`));
  await store.db.forShop(shopId, (tx) => recordActivity(tx, clock, shopId, many));
  clock.advance(MINUTE);
  await store.db.forShop(shopId, (tx) => recordActivity(tx, clock, shopId, [stopped("shp_1", "last")]));
  const trail = await store.db.forShop(shopId, (tx) => readActivity(tx, about(shopId, "shp_1")));
  expect(trail).toHaveLength(100);
  expect(trail[0]?.data).toEqual({ reason: "last" });
});

test("what is written goes with the transaction that made it happen", async () => {
  const { shopId } = await makeShop(store.db, clock);
  const crash = store.db.forShop(shopId, async (tx) => {
    await recordActivity(tx, clock, shopId, [stopped("shp_1", "expired")]);
    await recordFacts(tx, clock, shopId, [fact({})]);
    throw new Error("crash");
  });
  await expect(crash).rejects.toThrow("crash");
  const left = await store.db.forShop(shopId, async (tx) => [await tx.activity.count(), await tx.fact.count()]);
  expect(left).toEqual([0, 0]);
});

function fact(given: Partial<FactInput>): FactInput {
  return {
    ...{ kind: "shipment.delivered", at: clock.now(), happenedOn: "2026-11-20", subjectId: "shp_1" },
    ...{ carrier: "ups", countryCode: "US", data: { transitHours: 30.5 } },
    ...given,
  };
}

test("a fact is counted once per subject and kind, as it was first told, in each shop for itself", async () => {
  const [{ shopId }, other] = [await makeShop(store.db, clock), await makeShop(store.db, clock)];
  const record = (id: string, ...facts: FactInput[]) => store.db.forShop(id, (tx) => recordFacts(tx, clock, id, facts));
  await record(shopId, fact({}));
  await record(shopId, fact({ happenedOn: "2026-11-25", data: { transitHours: 99 } }), fact({ subjectId: "shp_2" }));
  await record(shopId, fact({ kind: "shipment.exception" }));
  await record(other.shopId, fact({ happenedOn: "2026-11-26" }));
  await record(shopId);
  const rows = await store.db.forShop(shopId, (tx) =>
    tx.fact.findMany({ orderBy: [{ subjectId: "asc" }, { kind: "asc" }] }),
  );
  expect(rows.map(({ subjectId, kind, happenedOn, data }) => [subjectId, kind, happenedOn, data])).toEqual([
    ["shp_1", "shipment.delivered", "2026-11-20", { transitHours: 30.5 }],
    ["shp_1", "shipment.exception", "2026-11-20", { transitHours: 30.5 }],
    ["shp_2", "shipment.delivered", "2026-11-20", { transitHours: 30.5 }],
  ]);
  expect(await store.db.forShop(other.shopId, (tx) => tx.fact.count())).toBe(1);
});
