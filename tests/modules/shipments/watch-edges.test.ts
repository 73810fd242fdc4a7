import { describe, expect, test } from "vitest";
import { chooseAccount } from "#app/modules/shipments/choose-account.ts";
import { destinationZone, offsetOf, probableZone } from "#app/modules/shipments/destination-zone.ts";
import { carrierAfterNotFound, readDetection } from "#app/modules/shipments/detection.ts";
import { shapeNews } from "#app/modules/shipments/rhythm/shape-news.ts";
import { expectedDay, planRow } from "#app/modules/shipments/schedule-row.ts";
import type { RecordingRow } from "#app/modules/shipments/recording-row.ts";
import type { WatchFacts } from "#app/modules/shipments/watch-facts.ts";
import { fakeCarrier } from "./shipment-world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = new Date("2026-06-10T12:00:00Z");
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR);

/** A parcel that moves; everything else at rest. */
const row = {
  ...{ id: "shp_1", orderId: "o", fulfillmentId: "f", trackingNumber: "1Z", carrier: "ups", origin: "live" },
  ...{
    countryCode: null,
    provinceCode: null,
    shopZone: null,
    lifecycle: "active",
    status: "in_transit",
    subStatus: null,
    statusAt: null,
  },
  ...{ statusSince: ago(10), statusReason: null, firstScanAt: ago(40 * 24), lastEventAt: ago(3) },
  ...{ lastEvent: null, deliveredAt: null, deliveredLocal: null, estimatedDelivery: null, service: null },
  ...{ eventCount: 2, flags: [], version: 1, nextCheckAt: null, lastCheckAt: ago(3), lastNewsAt: ago(3) },
  ...{ pushUntil: null, checkFailures: 0, checkProblem: null, checksOn: null, checksThatDay: 0, stopReason: null },
  ...{ createdAt: ago(40 * 24), shippedAt: ago(40 * 24) },
} as unknown as RecordingRow;
const scanOf = (at: string | null) => ({
  ...{ status: "in_transit" as const, subStatus: null, code: null, description: null, location: null },
  ...{ localTime: "2026-06-09T10:00:00", at },
});
const rules = (limits: WatchFacts["limits"] = null) => ({
  ...{ pace: 1, limitsOf: () => limits },
  shapeOf: (_carrier: string | null, phase: Parameters<typeof shapeNews>[0]) => shapeNews(phase, {}),
  loadOf: () => ({ parcels: 1, pressing: 0 }),
});
const plan = (given: Partial<RecordingRow>, now = NOW) => planRow({ ...row, ...given }, rules(), { now });

describe("silence", () => {
  test("is counted from when we heard of it, where the newest scan has no instant", () => {
    const heard = { lastEventAt: ago(35 * 24), lastNewsAt: ago(24), lastEvent: scanOf(null) };
    expect(plan(heard).kind).toBe("check");
    expect(plan({ ...heard, lastNewsAt: ago(31 * 24) }).kind).toBe("expire");
  });

  test("is not put off by a scan that a carrier dates into the future", () => {
    const future = new Date("2099-01-01T00:00:00Z");
    const heard = { lastEventAt: future, lastEvent: scanOf(future.toISOString()) };
    expect(plan({ ...heard, lastNewsAt: ago(29 * 24) }).kind).toBe("check");
    expect(plan({ ...heard, lastNewsAt: ago(31 * 24) }).kind).toBe("expire");
  });

  test("ends a watch after thirty full days, not on the thirtieth", () => {
    expect(plan({ lastEventAt: new Date(NOW.getTime() - 30 * DAY) }).kind).toBe("check");
    expect(plan({ lastEventAt: new Date(NOW.getTime() - 30 * DAY - 1) }).kind).toBe("expire");
  });
});

describe("the terms of a day", () => {
  const limits = {
    ...{ batchSize: 1, requestsPerSecond: null, requestsPerDay: null, perParcelPerDay: 4 },
    ...{ stopOnNotFound: false, source: "test" },
  };
  const at = (moment: string, given: Partial<RecordingRow>) => {
    const now = new Date(moment);
    const onVan = { status: "out_for_delivery" as const, statusSince: now, lastEventAt: now };
    const next = planRow({ ...row, ...onVan, ...given }, rules(limits), { now });
    return next.kind === "check" ? next.at.toISOString() : next.kind;
  };

  test("the last question of a day moves the next one beyond midnight, UTC", () => {
    expect(at("2026-06-10T08:00:00Z", { checksOn: "2026-06-10", checksThatDay: 4 })).toMatch(/^2026-06-11T00:/);
    expect(at("2026-06-10T08:00:00Z", { checksOn: "2026-06-10", checksThatDay: 3 })).toMatch(/^2026-06-10T14:/);
  });

  test("yesterday's count does not bind today", () => {
    expect(at("2026-06-11T08:00:00Z", { checksOn: "2026-06-10", checksThatDay: 4 })).toMatch(/^2026-06-11T14:/);
  });
});

describe("back-off", () => {
  const wait = (failures: number, retryAfterSeconds?: number) => {
    const problem = { kind: "server" as const, message: "down" };
    const checkProblem = { ...problem, at: NOW.toISOString() };
    const check = { problem: { ...problem, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) } };
    const next = planRow({ ...row, checkFailures: failures, checkProblem }, rules(), { now: NOW, check });
    return next.kind === "check" ? next.at.getTime() - NOW.getTime() : -1;
  };

  test("doubles from a quarter of an hour to half a day, and no further", () => {
    expect(wait(1)).toBeLessThanOrEqual(1.15 * 15 * 60_000);
    expect(wait(3)).toBeGreaterThanOrEqual(0.85 * HOUR);
    for (const failures of [7, 50, 10_000]) {
      expect(wait(failures)).toBeLessThanOrEqual(1.15 * 12 * HOUR);
      expect(wait(failures)).toBeGreaterThanOrEqual(0.85 * 12 * HOUR);
    }
  });

  test("a Retry-After of a month is kept to for a day", () => {
    expect(wait(1, 30 * 86_400)).toBe(DAY);
  });
});

describe("the clock at the destination", () => {
  test.each([
    // The clocks of Berlin change on 29 March, those of New York on 8 March; Phoenix never changes.
    ["DE", null, "2026-03-29T00:59:00Z", 60],
    ["DE", null, "2026-03-29T01:00:00Z", 120],
    ["US", "NY", "2026-03-09T12:00:00Z", -240],
    ["US", "AZ", "2026-07-01T12:00:00Z", -420],
    ["IN", null, "2026-06-10T01:29:00Z", 330],
    ["AU", "WA", "2026-06-10T01:29:00Z", 480],
    ["US", null, "2026-06-10T12:00:00Z", null],
    ["US", "XX", "2026-06-10T12:00:00Z", null],
    [null, "NY", "2026-06-10T12:00:00Z", null],
  ])("%s %s at %s: %s minutes ahead", (country, province, moment, minutes) => {
    const zone = destinationZone(country, province);
    expect(zone && offsetOf(zone, new Date(moment))).toBe(minutes);
  });

  test("is that of most people where the province is not known, and none where the zone is none", () => {
    expect(probableZone("US")).toBe("America/Chicago");
    expect(probableZone("DE")).toBeNull();
    expect(offsetOf("Mars/Olympus", NOW)).toBeNull();
  });

  test("decides when a parcel is asked about, and the scan's own clock does where it is not known", () => {
    const van = { status: "out_for_delivery" as const, countryCode: "US" };
    const hours = (given: Partial<RecordingRow>) => {
      const next = plan({ ...van, ...given });
      return next.kind === "check" ? (next.at.getTime() - NOW.getTime()) / HOUR : -1;
    };
    // Noon in UTC is two in the morning in Hawaii, and eight in New York.
    expect(hours({ provinceCode: "HI" })).toBeGreaterThan(hours({ provinceCode: "NY" }) + 3);
    const scan = { ...scanOf("2026-06-10T11:00:00Z"), localTime: "2026-06-10T01:00:00" };
    expect(hours({ lastEvent: scan })).toBeCloseTo(hours({ provinceCode: "HI" }), 5);
  });
});

test("the expected day is the carrier's civil date, whichever way it is told", () => {
  const late = { local: "2026-06-10T23:30:00", offset: "-07:00", utc: "2026-06-11T06:30:00Z" };
  expect(expectedDay({ at: late })).toBe("2026-06-10");
  expect(expectedDay({ date: "2026-06-12" })).toBe("2026-06-12");
  expect(expectedDay({ from: late, to: { ...late, local: "2026-06-13" } })).toBe("2026-06-13");
  expect(expectedDay(null)).toBeNull();
});

describe("another carrier after a not-found", () => {
  const candidates = ["ups", "fedex", "dhl"].map((carrier) => ({ carrier, strength: "weak" }));
  const doubt = (detection: object, given: object = {}) =>
    carrierAfterNotFound({
      ...{ carrier: "ups", askable: ["ups", "dhl"], age: HOUR, ...given },
      detection: readDetection({ reason: "pattern", candidates, ...detection }),
    });

  test.each<[string, object, object, string | null]>([
    ["is the next that can be asked", {}, {}, "dhl"],
    ["is none where nobody else can be asked", {}, { askable: ["ups"] }, null],
    ["is none where the carrier was not known at all", {}, { carrier: null }, null],
    ["waits a day where the merchant named the carrier", { reason: "company" }, { age: DAY - 1 }, null],
    ["no longer than that", { reason: "url" }, { age: DAY }, "dhl"],
    ["is the first again when the second knows nothing either", { fellBackFrom: "fedex" }, { carrier: "dhl" }, "fedex"],
    ["is nobody after that", { fellBackFrom: "fedex", returned: true }, {}, null],
  ])("%s", (_name, detection, given, expected) => {
    expect(doubt(detection, given)?.carrier ?? null).toBe(expected);
  });

  test("what was stored by somebody else is no detection, and no fault", () => {
    for (const stored of [null, "ups", { candidates: "many" }, { candidates: [{ carrier: 1 }] }]) {
      expect(readDetection(stored)).toEqual({
        reason: "none",
        candidates: [],
        fellBackFrom: null,
        returned: false,
        givenUp: [],
      });
    }
  });
});

describe("whom to ask", () => {
  const members = [fakeCarrier("ups"), fakeCarrier("easypost", "aggregator")];
  const directory = {
    find: (id: string) => members.find((one) => one.id === id) ?? null,
    detect: () => ({ carrier: null, reason: "none", candidates: [] }),
  };
  const account = (id: string, carrier: string, priority: number, status = "active") =>
    ({ id, carrier, priority, status }) as Parameters<typeof chooseAccount>[1][number];
  const choose = (accounts: ReturnType<typeof account>[], givenUp: string[] = []) => {
    const detection = { givenUp: givenUp.map((asked) => ({ asked, reason: "not_found", at: NOW.toISOString() })) };
    const choice = chooseAccount({ carrier: "ups", detection }, accounts, directory);
    return choice.kind === "ask" ? choice.account.id : choice.reason;
  };

  test.each([
    ["the own carrier before an aggregator alike", [account("a", "easypost", 9), account("b", "ups", 9)], "b"],
    ["an aggregator that the merchant puts first", [account("a", "easypost", 8), account("b", "ups", 9)], "a"],
    ["the lower number first", [account("a", "ups", 2), account("b", "ups", 1)], "b"],
    ["the older account of two alike", [account("b", "ups", 1), account("a", "ups", 1)], "a"],
    [
      "an aggregator while the own carrier refuses",
      [account("a", "ups", 1, "auth_failed"), account("b", "easypost", 2)],
      "b",
    ],
    ["nobody, and the refusal is why", [account("a", "ups", 1, "auth_failed")], "auth_failed"],
    ["nobody, where an account is switched off", [account("a", "ups", 1, "disabled")], "no_account"],
    ["nobody, where the carrier has left the registry", [account("a", "gone", 1)], "no_account"],
  ])("%s", (_name, accounts, expected) => {
    expect(choose(accounts)).toBe(expected);
  });

  test("who does not know the number comes last, and is asked where nobody else is left", () => {
    const both = [account("a", "ups", 1), account("b", "easypost", 2)];
    expect(choose(both, ["ups"])).toBe("b");
    expect(choose(both, ["ups", "easypost"])).toBe("a");
    expect(choose([account("a", "ups", 1)], ["ups"])).toBe("a");
  });
});
