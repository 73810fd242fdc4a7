import { beforeAll, describe, expect, test } from "vitest";
import { binOf, edgesOf } from "#app/modules/foresight/age-bins.ts";
import { readDay, weekdayOf, writeDay } from "#app/modules/foresight/civil-day.ts";
import {
  dateBeforePurchase,
  lastShippingDay,
  type ShippingRules,
} from "#app/modules/foresight/date-before-purchase.ts";
import { type Forecast, openModel } from "#app/modules/foresight/forecast-parcel.ts";
import { createHolidayCalendar } from "#app/modules/foresight/holiday-calendar.ts";
import { emptyLaw, type LawState, NO_HOLIDAYS } from "#app/modules/foresight/law.ts";
import { chooseShownDate, type ShownDate } from "#app/modules/foresight/shown-date.ts";
import { ratesOfStandard } from "#app/modules/foresight/standard-rates.ts";
import { TRANSIT_LAW } from "#app/modules/foresight/transit-law.ts";
import { addRivalry, isCarrierBetter, openRivalry } from "#app/modules/foresight/carrier-date.ts";
import { FIRST_DAY, forecastAfter, parcelFacts } from "./simulated-lane.ts";

let law: LawState;
beforeAll(() => void (law = emptyLaw(TRANSIT_LAW)));

describe("the date that is shown", () => {
  const shownWith = (change: Partial<Forecast>, shown: ShownDate | null, outForDelivery = false): ShownDate =>
    chooseShownDate({
      forecast: { ...forecastAfter(law, 1, FIRST_DAY + 3), ...change },
      style: "likely",
      shown,
      outForDelivery,
      carrier: null,
    });
  const at = (day: number, hour: number): Partial<Forecast> => {
    const moment = { day, hour };
    return { quantiles: { q50: moment, q80: moment, q90: moment } };
  };
  const day = FIRST_DAY + 6;
  const shown: ShownDate = { day, source: "forecast", coverage: 0.5 };

  test("stays while the forecast moves by less than a day, and moves with more", () => {
    expect(shownWith(at(day + 1, 9), shown).day).toBe(day);
    expect(shownWith(at(day + 1, 14), shown).day).toBe(day + 1);
    expect(shownWith(at(day - 2, 14), shown).day).toBe(day - 2);
  });

  test("is never in the past, and not today once the vans are out without the parcel", () => {
    const now = { day, hour: 18 };
    expect(shownWith({ ...at(day, 19), now }, shown).day).toBe(day + 1);
    expect(shownWith({ ...at(day, 19), now }, shown, true).day).toBe(day);
    expect(shownWith({ ...at(day + 3, 12), now: { day: day + 2, hour: 9 } }, shown).day).toBe(day + 3);
  });

  test("is the carrier's only where that one has been better on enough parcels", () => {
    let rivalry = openRivalry(FIRST_DAY);
    for (let parcel = 0; parcel < 60; parcel += 1)
      rivalry = addRivalry(rivalry, { day: FIRST_DAY, arrived: 10, carrierDay: 10, ourDay: 11 });
    expect(isCarrierBetter(rivalry)).toBe(true);
    expect(isCarrierBetter({ ...rivalry, parcels: 20 })).toBe(false);
    expect(isCarrierBetter({ ...rivalry, carrierError: 59 })).toBe(false);
  });
});

describe("before the purchase", () => {
  const rules: ShippingRules = {
    cutOffHour: 14,
    processingDays: 1,
    shipsOn: [1, 2, 3, 4, 5],
    closedOn: new Set(),
    collectionHour: 17,
  };
  const friday = FIRST_DAY + 4;
  const promise = (hour: number, change: Partial<ShippingRules> = {}) =>
    dateBeforePurchase(openModel(law, NO_HOLIDAYS, friday - 1), {
      now: { day: friday, hour },
      rules: { ...rules, ...change },
      facts: parcelFacts(),
    });

  test("the cut-off decides the shipping day, and weekends ship nothing", () => {
    expect(promise(13.5)).toMatchObject({ shipDay: friday + 3, minutesToCutOff: 30 });
    expect(promise(14)).toMatchObject({ shipDay: friday + 4, cutOff: { day: friday + 3 }, minutesToCutOff: 72 * 60 });
    expect(promise(9, { closedOn: new Set([friday + 3]) })?.shipDay).toBe(friday + 4);
    expect(promise(9, { shipsOn: [] })).toBeNull();
  });

  test("the window begins after the shipping day and ends by the day it says", () => {
    const date = promise(9);
    expect(date?.window.from).toBeGreaterThanOrEqual(date?.shipDay ?? Infinity);
    expect(date?.byDay).toBeLessThanOrEqual(date?.window.to ?? 0);
  });

  test("an order after the last cut-off of the week is due on Tuesday", () => {
    const origin = { rules, country: "US", region: null, holidays: NO_HOLIDAYS };
    expect(lastShippingDay(origin, { day: friday, hour: 16 })).toBe(friday + 4);
  });
});

test("a published transit time holds for 87 of 100 parcels before anything is learnt", () => {
  for (const standard of [2, 3, 5, 8, 12]) {
    for (const first of [null, 1, standard]) {
      const rates = ratesOfStandard(standard, first);
      const hazard = rates.slice(0, standard).reduce((sum, rate) => sum + rate, 0);
      expect(Math.exp(-hazard)).toBeCloseTo(0.13, 2);
    }
  }
});

test.each([
  [1, 5],
  [2, 7],
  [2, 5],
  [1, 3],
])("of a published %s to %s days a tenth is there on the first, and the range is as wide as it says", (first, last) => {
  const arrivedBy = (day: number) => {
    const hazard = ratesOfStandard(last, first).slice(0, day);
    return 1 - Math.exp(-hazard.reduce((sum, rate) => sum + rate, 0));
  };
  expect(arrivedBy(first)).toBeCloseTo(0.1, 2);
  // Parcels whose ways are evenly spread over the range: 8 of 10 lie in the middle 80 % of the law.
  const days = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const inside = days.filter((day) => arrivedBy(day) > 0.1 - 0.01 && arrivedBy(day - 1) < 0.9);
  expect(inside).toEqual(days);
});

describe("what was measured of a published time", () => {
  const arrivedBy = (rates: Float64Array, day: number) =>
    1 - Math.exp(-rates.slice(0, day).reduce((sum, rate) => sum + rate, 0));

  test("is met on a day between the two, and at least on the last", () => {
    const rates = ratesOfStandard(5, 1, { onTime: { early: [3, 0.9], byLast: 0.965 } });
    expect(arrivedBy(rates, 1)).toBeCloseTo(0.1, 6);
    expect(arrivedBy(rates, 3)).toBeCloseTo(0.9, 6);
    expect(arrivedBy(rates, 5)).toBeGreaterThan(0.965);
  });

  test("is met on both days where both were measured", () => {
    const rates = ratesOfStandard(2, 1, { onTime: { early: [1, 0.8], byLast: 0.961 } });
    expect(arrivedBy(rates, 1)).toBeCloseTo(0.8, 6);
    expect(arrivedBy(rates, 2)).toBeCloseTo(0.961, 6);
  });

  test.each([
    [1, 5],
    [2, 2],
    [8, 22],
  ])("ends the last of %s to %s days with what is left, and leaves the days before alone", (first, last) => {
    const measured = ratesOfStandard(last, first, { onTime: { early: null, byLast: 0.965 } });
    const assumed = ratesOfStandard(last, first);
    const lastBin = binOf(last - 0.5);
    expect(measured.slice(0, lastBin)).toEqual(assumed.slice(0, lastBin));
    expect(measured.slice(lastBin + 1)).toEqual(assumed.slice(lastBin + 1));
    const hazard = measured.slice(0, lastBin + 1).reduce((sum, rate, bin) => {
      const { from, to } = edgesOf(bin);
      return sum + rate * (to - from);
    }, 0);
    expect(1 - Math.exp(-hazard)).toBeCloseTo(0.965, 4);
  });

  test("is a share that parcels reach at least: a lower one than assumed changes nothing", () => {
    expect(ratesOfStandard(3, 2, { onTime: { early: null, byLast: 0.8 } })).toEqual(ratesOfStandard(3, 2));
  });
});

test("holidays are those of the country and of the region that the library knows", () => {
  const holidays = createHolidayCalendar();
  const corpusChristi = readDay("2026-06-04");
  expect(holidays.isHoliday("DE", "BY", corpusChristi)).toBe(true);
  expect(holidays.isHoliday("DE", "BE", corpusChristi)).toBe(false);
  expect(holidays.isHoliday("US", "nowhere", readDay("2027-07-04"))).toBe(true);
  // A holiday of the offices of Texas, on which parcels are delivered.
  expect(holidays.isHoliday("US", "TX", readDay("2026-11-26"))).toBe(true);
  expect(holidays.isHoliday("US", "TX", readDay("2026-11-27"))).toBe(false);
  // Only the banks must rest; the post does so too in Brazil, and not in Germany.
  expect(holidays.isHoliday("BR", "SP", readDay("2026-02-17"))).toBe(true);
  expect(holidays.isHoliday("DE", "BE", readDay("2026-12-24"))).toBe(false);
  expect(holidays.isHoliday("XX", null, corpusChristi)).toBe(false);
  expect(holidays.isHoliday(null, null, corpusChristi)).toBe(false);
});

test("civil days are read and written without a zone", () => {
  expect(writeDay(readDay("2024-02-29"))).toBe("2024-02-29");
  expect(weekdayOf(readDay("2026-11-22"))).toBe(0);
  expect(weekdayOf(-4)).toBe(0);
});
