import { beforeEach, describe, expect, test } from "vitest";
import { isExhausted, type RateLimit, withinLimit } from "#app/lib/rate-limit.server.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";

const rule: RateLimit = { name: "look-up.address", of: "203.0.113.7", limit: 3, windowSeconds: 60 };
const edge = keepOpen(openEdge);
let shopId: string;

beforeEach(async () => {
  edge.clock.set("2026-11-20T12:00:00Z");
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
});

const use = (changes: Partial<RateLimit> = {}, shop = shopId) =>
  withinLimit(edge.services, shop, { ...rule, ...changes });
const uses = async (count: number) => {
  const answers: boolean[] = [];
  for (let index = 0; index < count; index += 1) answers.push(await use());
  return answers;
};

describe("a limit", () => {
  test("ends at its number, and begins anew with the window to the millisecond", async () => {
    expect(await uses(4)).toEqual([true, true, true, false]);
    edge.clock.set("2026-11-20T12:00:59.999Z");
    expect(await use()).toBe(false);
    edge.clock.set("2026-11-20T12:01:00Z");
    expect(await use()).toBe(true);
  });

  test("holds when everybody comes at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => use()));
    expect(answers.filter(Boolean)).toHaveLength(3);
  });

  test("counts each shop, each name and each person apart", async () => {
    await uses(4);
    const other = await makeShop(edge.services.db, edge.clock);
    expect(await use({ of: "203.0.113.8" })).toBe(true);
    expect(await use({ name: "look-up.order" })).toBe(true);
    expect(await use({}, other.shopId)).toBe(true);
    expect(await use()).toBe(false);
  });

  test("can be looked at without being used", async () => {
    await uses(2);
    const looks = await Promise.all(Array.from({ length: 5 }, () => isExhausted(edge.services, shopId, rule)));
    expect(looks).toEqual([false, false, false, false, false]);
    expect(await use()).toBe(true);
    expect(await isExhausted(edge.services, shopId, rule)).toBe(true);
  });

  test("keeps nobody's address", async () => {
    await use({ of: "avery@example.com" });
    const kept = await edge.rows("SELECT * FROM rate_window WHERE shop_id = $1", [shopId]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain("avery");
  });
});
