/** Where a parcel of a simulated carrier goes. */
export interface Destination {
  country: string;
  province: string | null;
  zone: string;
}

/** A bell around an hour of the day, `[mean, deviation, weight]`. */
export type Bell = readonly [mean: number, deviation: number, weight: number];

/**
 * How a simulated carrier works. Nothing here is read from the schedule, and the worlds differ from each other on purpose:
 * rounds in the evening, Sundays at work, no van scan, no forecast, weeks at sea.
 */
export interface CarrierWorld {
  carrier: string;
  /** Parcels of a thousand. */
  share: number;
  origin: { country: string; zone: string };
  destinations: readonly Destination[];
  /** Part of the labels that the carrier tells of before it has the parcel, and the median minutes until it does. */
  label: { told: number; afterMinutes: number };
  collected: readonly Bell[];
  /** Weight of 1, 2, 3 … working days from collection to the van. */
  transitDays: readonly number[];
  scansPerDay: number;
  /** Part of the parcels with a scan when they are loaded. */
  vanScan: number;
  loaded: readonly Bell[];
  delivered: readonly Bell[];
  /** Monday = 0. */
  workdays: readonly number[];
  /** Part of the forecasts that name the right day; 0 = this carrier names none. */
  forecast: number;
  /** Median minutes until a scan can be read. */
  publishedAfter: number;
  /** Days outside the destination country, smallest to largest, before the last leg. */
  abroadDays?: readonly [number, number];
}

const MON_TO_FRI = [0, 1, 2, 3, 4] as const;
const MON_TO_SAT = [0, 1, 2, 3, 4, 5] as const;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6] as const;

const us = (province: string, zone: string): Destination => ({ country: "US", province, zone });
const STATES = [
  us("NY", "America/New_York"),
  us("FL", "America/New_York"),
  us("TX", "America/Chicago"),
  us("IL", "America/Chicago"),
  us("CO", "America/Denver"),
  us("CA", "America/Los_Angeles"),
  us("WA", "America/Los_Angeles"),
];
const place = (country: string, zone: string): Destination => ({ country, province: null, zone });
const GERMANY = [place("DE", "Europe/Berlin")];
const BRITAIN = [place("GB", "Europe/London")];
const AMERICA = { country: "US", zone: "America/Chicago" };

export const CARRIER_WORLDS: readonly CarrierWorld[] = [
  {
    ...{ carrier: "ground", share: 260, origin: AMERICA, destinations: STATES, workdays: MON_TO_FRI },
    ...{ label: { told: 0.95, afterMinutes: 20 }, collected: [[17.5, 1.6, 1]], transitDays: [10, 25, 30, 20, 15] },
    ...{
      scansPerDay: 2.5,
      vanScan: 0.97,
      loaded: [[7.8, 1.1, 1]],
      delivered: [
        [13.5, 2.6, 0.8],
        [17.5, 1.5, 0.2],
      ],
    },
    ...{ forecast: 0.82, publishedAfter: 12 },
  },
  {
    ...{ carrier: "express", share: 120, origin: AMERICA, destinations: STATES, workdays: MON_TO_FRI },
    ...{ label: { told: 0.98, afterMinutes: 10 }, collected: [[18.5, 1.2, 1]], transitDays: [70, 25, 5] },
    ...{
      scansPerDay: 5,
      vanScan: 0.98,
      loaded: [[6.9, 0.7, 1]],
      delivered: [
        [10.4, 1.4, 0.85],
        [14.5, 2, 0.15],
      ],
    },
    ...{ forecast: 0.93, publishedAfter: 6 },
  },
  {
    ...{ carrier: "paket", share: 220, origin: { country: "DE", zone: "Europe/Berlin" }, destinations: GERMANY },
    ...{
      workdays: MON_TO_SAT,
      label: { told: 0.7, afterMinutes: 90 },
      collected: [
        [16.8, 2, 0.7],
        [20.5, 1.5, 0.3],
      ],
    },
    ...{ transitDays: [55, 32, 10, 3], scansPerDay: 1.5, vanScan: 0.93, loaded: [[8.1, 0.9, 1]] },
    ...{ delivered: [[12.6, 2, 1]], forecast: 0, publishedAfter: 25 },
  },
  {
    ...{ carrier: "post", share: 120, origin: { country: "GB", zone: "Europe/London" }, destinations: BRITAIN },
    ...{ workdays: MON_TO_SAT, label: { told: 0.2, afterMinutes: 240 }, collected: [[18.8, 1.6, 1]] },
    ...{ transitDays: [45, 35, 12, 8], scansPerDay: 0.6, vanScan: 0.45, loaded: [[7.4, 1, 1]] },
    ...{ delivered: [[11.8, 1.9, 1]], forecast: 0, publishedAfter: 40 },
  },
  {
    ...{ carrier: "sunday", share: 110, origin: AMERICA, destinations: STATES, workdays: EVERY_DAY },
    ...{
      label: { told: 0.9, afterMinutes: 60 },
      collected: [
        [2.5, 2.2, 0.6],
        [21, 1.5, 0.4],
      ],
    },
    ...{ transitDays: [60, 30, 10], scansPerDay: 2, vanScan: 0.95, loaded: [[10.6, 1.3, 1]] },
    ...{
      delivered: [
        [16.2, 2.6, 0.8],
        [20.3, 0.9, 0.2],
      ],
      forecast: 0.75,
      publishedAfter: 5,
    },
  },
  {
    ...{ carrier: "evening", share: 70, origin: { country: "JP", zone: "Asia/Tokyo" }, workdays: EVERY_DAY },
    ...{ destinations: [place("JP", "Asia/Tokyo")], label: { told: 0.5, afterMinutes: 120 } },
    ...{ collected: [[18, 1.2, 1]], transitDays: [75, 20, 5], scansPerDay: 1.5, vanScan: 0.9, loaded: [[9, 0.8, 1]] },
    ...{
      delivered: [
        [10.5, 1, 0.3],
        [19.4, 0.9, 0.7],
      ],
      forecast: 0.6,
      publishedAfter: 15,
    },
  },
  {
    ...{ carrier: "air", share: 60, origin: { country: "CN", zone: "Asia/Shanghai" }, workdays: MON_TO_SAT },
    ...{ destinations: [...STATES, ...GERMANY, ...BRITAIN], label: { told: 0.9, afterMinutes: 300 } },
    ...{
      collected: [[19, 3, 1]],
      transitDays: [15, 35, 30, 20],
      scansPerDay: 1,
      vanScan: 0.85,
      loaded: [[8.5, 1.2, 1]],
    },
    ...{ delivered: [[13.5, 2.8, 1]], forecast: 0, publishedAfter: 120, abroadDays: [5, 16] },
  },
  {
    ...{ carrier: "sea", share: 40, origin: { country: "CN", zone: "Asia/Shanghai" }, workdays: MON_TO_FRI },
    ...{ destinations: STATES, label: { told: 0.8, afterMinutes: 600 }, collected: [[15, 3, 1]] },
    ...{ transitDays: [10, 20, 30, 20, 20], scansPerDay: 1, vanScan: 0.9, loaded: [[8, 1.2, 1]] },
    ...{ delivered: [[14, 2.6, 1]], forecast: 0.4, publishedAfter: 60, abroadDays: [24, 48] },
  },
];
