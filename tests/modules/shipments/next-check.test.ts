import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planNextCheck, type WatchFacts } from "#app/modules/shipments/next-check.ts";
import { spread } from "#app/modules/shipments/spread.ts";
import { isPostalNumber } from "#app/modules/shipments/tracking-number.ts";

const HOUR = 3_600_000;
const NOW = new Date("2026-06-10T12:00:00Z");
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
    destinationCountry: null,
    crossBorder: false,
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

describe("the table of intervals", () => {
  test.each<[string, Partial<WatchFacts>, number]>([
    ["new", { status: "unknown", startedAt: ago(2) }, 2],
    ["label only, second day", { status: "pre_transit", startedAt: ago(30) }, 6],
    ["label only, after five days", { status: "pre_transit", startedAt: ago(130) }, 12],
    ["moving", {}, 4],
    ["moving across a border", { crossBorder: true }, 6],
    ["moving on the expected day", { expectedOn: "2026-06-10" }, 2],
    ["waiting to be collected", { status: "available_for_pickup" }, 12],
    ["trouble, fresh", { status: "exception", statusSince: ago(10) }, 4],
    ["trouble, old", { status: "exception", statusSince: ago(50) }, 12],
    ["on the way back", { status: "return_to_sender" }, 12],
    ["on the van at noon in Berlin (14:00)", { status: "out_for_delivery", destinationCountry: "DE" }, 1],
    ["attempted, night in Tokyo (21:00)", { status: "delivery_attempted", destinationCountry: "JP" }, 4],
    ["on the van in a country of many clocks", { status: "out_for_delivery", destinationCountry: "US" }, 1.5],
    ["delivered a moment ago", { status: "delivered", statusSince: NOW, lastCheckAt: NOW }, 24],
    ["pushed parcels are only healed", { pushUntil: new Date(NOW.getTime() + HOUR) }, 24],
    ["pushes that ended", { pushUntil: ago(1) }, 4],
  ])("%s", (_name, given, hours) => expectAbout(hoursUntil(given), hours));
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
    expectAbout(
      hoursUntil({ limits: { ...limits, perParcelPerDay: 3 }, status: "out_for_delivery", destinationCountry: "DE" }),
      8,
    );
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
    expectAbout(hoursUntil({ pace: 100 }), 0.04);
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
