import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planNextCheck } from "#app/modules/shipments/next-check.ts";
import { spread } from "#app/modules/shipments/spread.ts";
import { isPostalNumber } from "#app/modules/shipments/tracking-number.ts";
import { binsOf, civilDay, emptyRhythm, withNews } from "#app/modules/shipments/rhythm/rhythm.ts";
import { shapeNews } from "#app/modules/shipments/rhythm/shape-news.ts";
import type { WatchFacts } from "#app/modules/shipments/watch-facts.ts";

const HOUR = 3_600_000;
const NOW = new Date("2026-06-10T12:00:00Z");
const NOT_FOUND = { kind: "not_found" as const };
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR);

function facts(given: Partial<WatchFacts> = {}): WatchFacts {
  return {
    shipmentId: "shp_1",
    lifecycle: "active",
    status: "in_transit",
    subStatus: null,
    statusSince: ago(10),
    startedAt: ago(30),
    lastEventAt: ago(3),
    lastNewsAt: ago(3),
    lastCheckAt: ago(3),
    abroad: false,
    phaseSince: ago(10),
    offset: 0,
    shape: null,
    postal: false,
    expectedOn: null,
    checksOn: null,
    checksThatDay: 0,
    failures: 0,
    problem: null,
    pushUntil: null,
    limits: null,
    pace: 1,
    ...given,
  };
}

const limits = {
  batchSize: 1,
  requestsPerSecond: 1,
  requestsPerDay: 250,
  perParcelPerDay: null,
  stopOnNotFound: false,
  source: "test",
};

/** Hours until the next check, jitter taken out as far as it can be: within ±15 % of the interval. */
function hoursUntil(given: Partial<WatchFacts>, now = NOW): number {
  const plan = planNextCheck(facts(given), now);
  if (plan.kind !== "check") throw new Error(`no check: ${JSON.stringify(plan)}`);
  return (plan.at.getTime() - now.getTime()) / HOUR;
}

function expectAbout(hours: number, wanted: number): void {
  expect(hours).toBeGreaterThanOrEqual(wanted * 0.85 - 1e-6);
  expect(hours).toBeLessThanOrEqual(wanted * 1.15 + 1e-6);
}

/** Wednesday, at this hour of the clock where the parcel is. */
const at = (hour: number) => new Date(Date.parse("2026-06-10T00:00:00Z") + hour * HOUR);
const since = (hours: number, now: Date) => {
  const moment = new Date(now.getTime() - hours * HOUR);
  return { statusSince: moment, phaseSince: moment, lastEventAt: moment, lastNewsAt: moment };
};
/** The hour of the clock at which it is asked next; above 24 on the day after. */
function nextHour(given: Partial<WatchFacts>, now: Date): number {
  return (now.getTime() - at(0).getTime()) / HOUR + hoursUntil(given, now);
}

describe("news is asked for when it is likely", () => {
  test("on the van, about every hour or two by day", () => {
    for (const hour of [10, 12, 14]) {
      expect(hoursUntil({ status: "out_for_delivery", ...since(hour - 8, at(hour)) }, at(hour))).toBeLessThan(2.6);
    }
  });

  test("on the van at night, not before the next round", () => {
    const given = { status: "out_for_delivery" as const, ...since(17, at(25)) };
    expect(nextHour(given, at(25))).toBeGreaterThan(31);
  });

  test("moving, after the hour at which vans are loaded, and not at night", () => {
    const next = nextHour({ ...since(30, at(20)) }, at(20));
    expect(next).toBeGreaterThan(29);
    expect(next).toBeLessThan(35);
  });

  test("not on a Sunday, when next to nothing moves", () => {
    const from = (evening: string) => hoursUntil(since(30, new Date(evening)), new Date(evening));
    expect(from("2026-06-13T22:00:00Z")).toBeGreaterThan(from("2026-06-10T22:00:00Z") + 3);
  });

  test("by the clock of the place, not by UTC", () => {
    const given = { status: "out_for_delivery" as const, ...since(5, at(15)) };
    // One in the morning in Sydney.
    expect(hoursUntil({ ...given, offset: 600 }, at(15))).toBeGreaterThan(3 * hoursUntil(given, at(15)));
  });

  test("closer together the nearer the expected day", () => {
    const expected = (expectedOn: string) => hoursUntil({ expectedOn, ...since(30, at(6)) }, at(6));
    expect(expected("2026-06-10")).toBeLessThan(3.5);
    expect(expected("2026-06-13")).toBeGreaterThan(expected("2026-06-10") * 2);
  });

  test("sparsely on the ocean, and for two months", () => {
    const afloat = { abroad: true, ...since(24 * 40, NOW), startedAt: ago(24 * 45) };
    expect(hoursUntil(afloat)).toBeGreaterThan(20);
    expect(planNextCheck(facts({ ...afloat, ...since(24 * 61, NOW) }), NOW).kind).toBe("expire");
  });

  test("a label soon, and then ever later while nothing is known", () => {
    const unheard = { status: "unknown" as const, lastEventAt: null, lastNewsAt: null, problem: NOT_FOUND };
    const waits = [0.1, 1, 3].map((age) => hoursUntil({ ...unheard, startedAt: ago(age), phaseSince: ago(age) }));
    expect(waits[0]).toBeLessThan(1);
    expect(waits[1]).toBeGreaterThan(waits[0] ?? Infinity);
    expect(waits[2]).toBeGreaterThan(waits[1] ?? Infinity);
  });

  test("as the carrier does it, once that is known", () => {
    // This one brings everything between seven and eight in the evening.
    const news = binsOf({ local: "2026-06-10T19:30", sinceDay: civilDay("2026-06-10"), expectedDay: null });
    const evenings = Array.from({ length: 400 }).reduce<number[]>((counts) => withNews(counts, news), emptyRhythm());
    const given = { status: "out_for_delivery" as const, ...since(1, at(10)) };
    expect(nextHour({ ...given, shape: shapeNews("on_van", { shop: evenings }) }, at(10))).toBeGreaterThan(15);
    expect(nextHour(given, at(10))).toBeLessThan(13);
  });

  test.each<[string, Partial<WatchFacts>, number, number]>([
    ["delivered a moment ago", { status: "delivered", statusSince: NOW, lastCheckAt: NOW }, 23, 25],
    ["pushed parcels are only healed", { pushUntil: new Date(NOW.getTime() + HOUR) }, 23, 26],
    ["pushes that ended", { pushUntil: ago(1) }, 0.5, 23],
  ])("%s", (_name, given, least, most) => {
    const hours = hoursUntil(given);
    expect(hours).toBeGreaterThanOrEqual(least);
    expect(hours).toBeLessThanOrEqual(most);
  });
});

describe("the end of watching", () => {
  test.each<[string, Partial<WatchFacts>, string]>([
    ["number edited away", { lifecycle: "removed" }, "removed"],
    ["fulfillment cancelled", { lifecycle: "cancelled" }, "cancelled"],
    ["label voided", { status: "cancelled" }, "cancelled"],
    ["gone silent", { status: "expired" }, "expired"],
    ["back at the sender", { status: "return_to_sender", subStatus: "returned" }, "returned"],
    ["delivered and confirmed", { status: "delivered", statusSince: ago(25), lastCheckAt: NOW }, "delivered"],
    ["credentials refused", { problem: { kind: "auth" } }, "auth_failed"],
    ["not a number of this carrier's services", { problem: { kind: "not_supported" } }, "not_supported"],
    ["invalid, said three times", { problem: { kind: "invalid_number" }, failures: 3 }, "invalid_number"],
    [
      "never found for a fortnight",
      { status: "unknown", startedAt: ago(15 * 24), problem: { kind: "not_found" } },
      "not_found",
    ],
    [
      "not found, where the terms ask to stop",
      {
        status: "unknown",
        startedAt: ago(50),
        problem: { kind: "not_found" },
        limits: { ...limits, stopOnNotFound: true },
      },
      "not_found",
    ],
  ])("%s", (_name, given, reason) => {
    expect(planNextCheck(facts(given), NOW)).toEqual({ kind: "stop", reason });
  });

  test("delivered a day ago but not looked at since is confirmed first", () => {
    expectAbout(hoursUntil({ status: "delivered", statusSince: ago(30), lastCheckAt: ago(29) }), 0.25);
  });

  test.each<[string, Partial<WatchFacts>, string]>([
    ["30 days without an event", { lastEventAt: ago(31 * 24) }, "expire"],
    ["a post gets 60", { lastEventAt: ago(31 * 24), postal: true }, "check"],
    ["61 days for a post", { lastEventAt: ago(61 * 24), postal: true }, "expire"],
    [
      "while the carrier is down, silence means nothing",
      { lastEventAt: ago(31 * 24), problem: { kind: "server" }, failures: 1 },
      "check",
    ],
    [
      "not found on the first day is normal",
      { status: "unknown", problem: { kind: "not_found" }, limits: { ...limits, stopOnNotFound: true } },
      "check",
    ],
  ])("%s", (_name, given, kind) => {
    expect(planNextCheck(facts(given), NOW).kind).toBe(kind);
  });
});

describe("errors and contracts", () => {
  test.each([
    [1, 0.25],
    [2, 0.5],
    [4, 2],
    [12, 12],
  ])("failure %i waits about %d hours", (failures, hours) => {
    expectAbout(hoursUntil({ problem: { kind: "server" }, failures }), hours);
  });

  test("Retry-After is kept to, whatever the pace", () => {
    expect(
      hoursUntil({ problem: { kind: "rate_limited", retryAfterSeconds: 7_200 }, failures: 1, pace: 1_000 }),
    ).toBeGreaterThanOrEqual(2);
  });

  test("questions allowed per day are spread evenly", () => {
    const given = { status: "out_for_delivery" as const, ...since(3, NOW), limits: { ...limits, perParcelPerDay: 3 } };
    expect(hoursUntil(given)).toBeGreaterThanOrEqual(8);
  });

  test("terms may end the questions: with the delivery, or with a number of days", () => {
    const quiet = { ...limits, silentAfterDelivery: true as const, askForDays: 14 };
    const reasonOf = (given: Partial<WatchFacts>) => planNextCheck(facts({ limits: quiet, ...given }), NOW);
    expect(reasonOf({ status: "delivered", statusSince: NOW, lastCheckAt: NOW })).toEqual({
      kind: "stop",
      reason: "delivered",
    });
    expect(reasonOf({ startedAt: ago(14 * 24) })).toEqual({ kind: "stop", reason: "terms" });
    expect(reasonOf({ startedAt: ago(14 * 24 - 1) }).kind).toBe("check");
  });

  test("where the terms ask to stop at not found, it is asked twice a day until then", () => {
    const given = { status: "unknown" as const, startedAt: ago(1), problem: NOT_FOUND };
    expect(hoursUntil({ ...given, limits: { ...limits, stopOnNotFound: true } })).toBeGreaterThanOrEqual(12);
  });

  test("a spent day waits for the next one", () => {
    const plan = planNextCheck(
      facts({ limits: { ...limits, perParcelPerDay: 10 }, checksOn: "2026-06-10", checksThatDay: 10 }),
      NOW,
    );
    expect(plan).toMatchObject({ kind: "check" });
    if (plan.kind === "check") expect(plan.at.toISOString().slice(0, 10)).toBe("2026-06-11");
  });

  test("the pace divides intervals", () => {
    expect(hoursUntil({ pace: 100 })).toBeLessThan(0.25);
    // In fast motion a night is over in a moment.
    const night = at(2);
    const given = { status: "out_for_delivery" as const, ...since(1, night), pace: 1_000 };
    expect(hoursUntil(given, night) * 1_000).toBeLessThan(6);
  });
});

test("same facts, same moment; parcels are spread over the jitter", () => {
  expect(planNextCheck(facts(), NOW)).toEqual(planNextCheck(facts(), NOW));
  const moments = new Set(Array.from({ length: 100 }, (_, index) => hoursUntil({ shipmentId: `shp_${index}` })));
  expect(moments.size).toBeGreaterThan(95);
});

test("spread is even enough and stays in [0, 1)", () => {
  fc.assert(fc.property(fc.string(), (text) => spread(text) >= 0 && spread(text) < 1));
  const values = Array.from({ length: 10_000 }, (_, index) => spread(`shp_01hq${index}`));
  const buckets = Array.from(
    { length: 10 },
    (_, bucket) => values.filter((value) => Math.floor(value * 10) === bucket).length,
  );
  expect(Math.min(...buckets)).toBeGreaterThan(850);
});

test("postal items are told by their S10 number", () => {
  expect(isPostalNumber("RB123456785GB")).toBe(true);
  expect(isPostalNumber("1Z999AA10123456784")).toBe(false);
});
