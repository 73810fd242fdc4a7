import { describe, expect, test } from "vitest";
import { originOf } from "#app/modules/orders/origin.ts";
import { nextWalkAt, retryWalkAt, SWEEP_EVERY_SECONDS } from "#app/modules/orders/reconcile-schedule.ts";

const NOW = new Date("2026-11-20T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

describe("news or history", () => {
  test.each([
    ["after the install", daysAgo(1), daysAgo(2), "live"],
    ["before the install", daysAgo(3), daysAgo(2), "import"],
    ["after the install, but long ago", daysAgo(8), daysAgo(90), "import"],
    ["in a shop that was never opened", daysAgo(1), null, "import"],
  ] as const)("%s: %s since %s is %s", (_name, madeAt, liveSince, expected) => {
    expect(originOf(madeAt, { now: NOW, liveSince })).toBe(expected);
  });
});

describe("the pace of reconciliation", () => {
  const minutes = (at: Date) => (at.getTime() - NOW.getTime()) / 60_000;

  test("leaves no change unseen for more than a quarter of an hour, however quiet the shop", () => {
    const paces = [
      nextWalkAt(NOW, { ordersSeen: 3, quietSince: null }),
      nextWalkAt(NOW, { ordersSeen: 0, quietSince: NOW }),
      nextWalkAt(NOW, { ordersSeen: 0, quietSince: daysAgo(300) }),
    ].map((at) => minutes(at) + SWEEP_EVERY_SECONDS / 60);
    expect(paces).toEqual([6, 11, 13]);
    expect(Math.max(...paces)).toBeLessThan(15);
  });

  test("asks again soon after a failure, then less often, but never rests for long", () => {
    expect([1, 2, 3, 50].map((failures) => minutes(retryWalkAt(NOW, failures)))).toEqual([2, 4, 8, 10]);
  });
});
