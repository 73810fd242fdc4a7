import type { CarrierLimits } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { planNextCheck } from "#app/modules/shipments/next-check.ts";
import { fairHours, maySpend, mostInHour, urgencyOf } from "#app/modules/shipments/share-budget.ts";
import { spread } from "#app/modules/shipments/spread.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";

interface Parcel {
  id: string;
  shippedAt: number;
  /** Morning of the day on which it is delivered. */
  arrives: number;
  expectedOn: string | null;
  known: ShipmentStatus;
  knownSince: number;
  nextAt: number;
  askedAt: number;
}

export interface ScarceDays {
  perDay: number[];
  perHour: number[];
  /** Hours between two questions about a parcel that was known to be on the van all the time, by day. */
  vanGaps: number[];
  /** Longest time in hours without a question about any parcel. */
  longestGap: number;
}

const START = Date.parse("2026-03-02T00:00:00Z");
const STEP = 5 * MINUTE;
const JOURNEY_DAYS = 11;

/** A shop whose parcels are more than its account can ask about, played by the schedule and the budget alone. */
export function simulateScarceDays(given: { parcels: number; requestsPerDay: number; days: number }): ScarceDays {
  const limits: CarrierLimits = {
    ...{ batchSize: 1, requestsPerSecond: null, requestsPerDay: given.requestsPerDay, perParcelPerDay: 10 },
    ...{ stopOnNotFound: false, source: "test" },
  };
  let parcels = Array.from({ length: given.parcels }, (_, index) => ship(index, START - (index % JOURNEY_DAYS) * DAY));
  const result: ScarceDays = { perDay: [], perHour: [], vanGaps: [], longestGap: 0 };
  let made = given.parcels;
  for (let now = START; now < START + given.days * DAY; now += STEP) {
    const [day, hour] = [Math.floor((now - START) / DAY), Math.floor((now - START) / HOUR)];
    const today = new Date(now).toISOString().slice(0, 10);
    const urgency = ({ known, expectedOn }: Parcel) => urgencyOf(known, expectedOn, today);
    const waiting: Parcel[] = [];
    const due = parcels.filter(({ nextAt }) => nextAt <= now).sort((a, b) => a.askedAt - b.askedAt);
    for (const parcel of due.sort((a, b) => urgency(b) - urgency(a))) {
      const used = { usedToday: result.perDay[day] ?? 0, usedThisHour: result.perHour[hour] ?? 0 };
      const open = maySpend({ limits, pace: 1, ...used, pressing: urgency(parcel) > 0, now: new Date(now) });
      if (!open || used.usedThisHour >= (mostInHour(limits, 1) ?? Infinity) || used.usedToday >= given.requestsPerDay) {
        waiting.push(parcel);
        continue;
      }
      result.perDay[day] = used.usedToday + 1;
      result.perHour[hour] = used.usedThisHour + 1;
      note(result, parcel, now);
      ask(parcel, now);
      const load = {
        parcels: parcels.length,
        pressing: parcels.filter(({ known }) => known === "out_for_delivery").length,
      };
      parcel.nextAt = plan(parcel, { now, limits, fair: fairHours(limits, load) });
    }
    waiting.forEach((parcel, index) => {
      parcel.nextAt = START + (hour + 1) * HOUR + ((index + spread(parcel.id)) / waiting.length) * 30 * MINUTE;
    });
    const left = parcels.filter(({ known }) => known !== "delivered");
    parcels = [...left, ...Array.from({ length: given.parcels - left.length }, () => ship((made += 1), now))];
  }
  for (let hour = 0; hour < given.days * 24; hour += 1) result.perHour[hour] ??= 0;
  return result;
}

function ship(index: number, shippedAt: number): Parcel {
  const id = `shp_${index}`;
  const arrives = Math.floor(shippedAt / DAY + JOURNEY_DAYS + 3 * spread(`${id}:days`)) * DAY;
  const expectedOn = index % 3 === 0 ? null : new Date(arrives).toISOString().slice(0, 10);
  const since = { known: "in_transit" as const, knownSince: shippedAt };
  const nextAt = Math.max(shippedAt, START) + spread(id) * HOUR;
  return { id, shippedAt, arrives, expectedOn, ...since, nextAt, askedAt: Math.max(shippedAt, START) };
}

/** On the van from eight, delivered between noon and eight in the evening. */
function ask(parcel: Parcel, now: number): void {
  const deliveredAt = parcel.arrives + (12 + 8 * spread(`${parcel.id}:door`)) * HOUR;
  const status = now < parcel.arrives + 8 * HOUR ? "in_transit" : now < deliveredAt ? "out_for_delivery" : "delivered";
  if (status !== parcel.known) parcel.knownSince = now;
  parcel.known = status;
  parcel.askedAt = now;
}

function note(result: ScarceDays, { known, askedAt }: Parcel, now: number): void {
  const hours = (now - askedAt) / HOUR;
  result.longestGap = Math.max(result.longestGap, hours);
  if (known === "out_for_delivery" && now % DAY < 21 * HOUR) result.vanGaps.push(hours);
}

function plan(parcel: Parcel, { now, limits, fair }: { now: number; limits: CarrierLimits; fair: number }): number {
  const moment = new Date(now);
  const next = planNextCheck(
    {
      ...{ shipmentId: parcel.id, lifecycle: "active", status: parcel.known, subStatus: null, abroad: false, pace: 1 },
      ...{ statusSince: new Date(parcel.knownSince), phaseSince: new Date(parcel.knownSince), lastCheckAt: moment },
      ...{
        startedAt: new Date(parcel.shippedAt),
        lastEventAt: moment,
        lastNewsAt: moment,
        expectedOn: parcel.expectedOn,
      },
      ...{ offset: 0, shape: null, postal: false, checksOn: null, checksThatDay: 0, failures: 0, problem: null },
      ...{ pushUntil: null, limits, fairHours: fair },
    },
    moment,
  );
  return next.kind === "check" ? next.at.getTime() : Infinity;
}
