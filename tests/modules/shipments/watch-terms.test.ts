import fc from "fast-check";
import { expect, test } from "vitest";
import type { CarrierErrorKind, CarrierLimits } from "#app/modules/carriers/carrier.ts";
import { SHIPMENT_STATUSES, type ShipmentStatus } from "#app/modules/carriers/status.ts";
import { planNextCheck } from "#app/modules/shipments/next-check.ts";
import type { WatchFacts } from "#app/modules/shipments/watch-facts.ts";
import { compareSchedules, shipParcels } from "#tests/bench/watch/compare-schedules.ts";
import { DAY } from "#tests/support/test-clock.ts";

const START = new Date("2026-06-10T15:20:00Z").getTime();
const FAULTS: (CarrierErrorKind | null)[] = [null, null, "not_found", "server", "rate_limited", "unreadable"];

interface Answer {
  status: ShipmentStatus;
  problem: CarrierErrorKind | null;
  retryAfterSeconds: number | undefined;
  abroad: boolean;
  expectedIn: number | null;
}

const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(...SHIPMENT_STATUSES.filter((status) => status !== "cancelled" && status !== "expired")),
  problem: fc.constantFrom(...FAULTS),
  retryAfterSeconds: fc.constantFrom(undefined, 1, 600, 90_000),
  abroad: fc.boolean(),
  expectedIn: fc.option(fc.integer({ min: -5, max: 9 })),
});

const terms = fc.record({ perParcelPerDay: fc.constantFrom(1, 3, 5, 10), days: fc.constantFrom(3, 14) });

/** Every moment at which a parcel is asked about, from its first question to its last. */
function asks(answers: readonly Answer[], limits: CarrierLimits): { at: number; delivered: boolean }[] {
  const asked: { at: number; delivered: boolean }[] = [];
  let checks = { checksOn: null as string | null, checksThatDay: 0, failures: 0 };
  let now = START;
  for (const { status, problem, retryAfterSeconds, abroad, expectedIn } of answers) {
    const day = new Date(now).toISOString().slice(0, 10);
    const fault = problem !== null && problem !== "not_found";
    checks = {
      checksOn: day,
      checksThatDay: checks.checksOn === day ? checks.checksThatDay + 1 : 1,
      failures: fault ? checks.failures + 1 : 0,
    };
    asked.push({ at: now, delivered: status === "delivered" });
    const moment = new Date(now);
    const facts: WatchFacts = {
      ...{ shipmentId: "shp_1", lifecycle: "active", status, subStatus: null, statusSince: moment, abroad, ...checks },
      ...{ startedAt: new Date(START), lastEventAt: moment, lastNewsAt: moment, lastCheckAt: moment, pace: 1, limits },
      ...{ phaseSince: moment, offset: 120, shape: null, postal: false, pushUntil: null },
      expectedOn: expectedIn === null ? null : new Date(now + expectedIn * DAY).toISOString().slice(0, 10),
      problem: problem && { kind: problem, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
    };
    const plan = planNextCheck(facts, moment);
    if (plan.kind !== "check") break;
    now = plan.at.getTime();
  }
  return asked;
}

test("never more questions about a parcel in a UTC day than the terms allow, whatever is answered", () => {
  fc.assert(
    fc.property(fc.array(answer, { minLength: 30, maxLength: 60 }), terms, (answers, { perParcelPerDay, days }) => {
      const asked = asks(answers, limitsOf({ perParcelPerDay, askForDays: days, silentAfterDelivery: true }));
      const perDay = new Map<number, number>();
      for (const { at } of asked) perDay.set(Math.floor(at / DAY), (perDay.get(Math.floor(at / DAY)) ?? 0) + 1);
      expect(Math.max(...perDay.values())).toBeLessThanOrEqual(perParcelPerDay);
      // Evenly: not all of them in the morning.
      asked.forEach(({ at }, index) => {
        const before = asked[index - 1]?.at;
        if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(DAY / perParcelPerDay - 1);
      });
    }),
    { numRuns: 150 },
  );
});

test("never a question after the delivery or beyond the days, where the terms say so", () => {
  fc.assert(
    fc.property(fc.array(answer, { minLength: 30, maxLength: 60 }), (answers) => {
      const asked = asks(answers, limitsOf({ perParcelPerDay: 5, askForDays: 14, silentAfterDelivery: true }));
      expect(asked.slice(0, -1).every(({ delivered }) => !delivered)).toBe(true);
      // The question that finds out is the last one, and it may have been planned before the day came.
      for (const { at } of asked.slice(0, -1)) expect(at - START).toBeLessThan(14 * DAY);
    }),
    { numRuns: 150 },
  );
});

function limitsOf(given: Partial<CarrierLimits>): CarrierLimits {
  return {
    ...{ batchSize: 1, requestsPerSecond: null, requestsPerDay: null, perParcelPerDay: null },
    ...{ stopOnNotFound: false, source: "test", ...given },
  };
}

test.each([3, 71])("asks a quarter as often as every two hours, and hears no later (world %i)", (seed) => {
  const training = shipParcels(600, { seed, days: 40 });
  const measured = shipParcels(350, { seed: seed + 1, days: 40, from: 50 });
  const { adaptive, everyTwoHours, unlearned } = compareSchedules(training, measured);
  expect(adaptive.callsPerDelivered / everyTwoHours.callsPerDelivered).toBeLessThanOrEqual(0.25);
  expect(adaptive.median).toBeLessThanOrEqual(everyTwoHours.median);
  // Learning is what makes the difference.
  expect(adaptive.median).toBeLessThan(unlearned.median);
  expect(adaptive.ninetieth).toBeLessThan(unlearned.ninetieth);
});
