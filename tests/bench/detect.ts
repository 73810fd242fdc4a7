import { detectCarrier, type DetectionInput } from "#app/modules/carriers/detect.ts";
import { countHistory } from "#app/modules/carriers/number-shape.ts";
import type { BenchResult } from "./bench.ts";
import { callsPerSecond } from "./figures.ts";

/** Detections per second and core. */
const REQUIRED = 50_000;

/** Numbers of every kind: with a prefix, with plain digits, with several carriers, with none. */
const NUMBERS = [
  "1Z12345E0205271686",
  "612345678902",
  "123456789012343",
  "9400100000000012345676",
  "420902109400100000000012345676",
  "RA123456785GB",
  "320610804900",
  "00340434123456789012",
  " 1z 123 45e 02 0527 1686",
  "TBA123456789012",
  "1LS7112013123456-1",
  "12345678901234",
  "UNKNOWN-17",
];

/** What finding the carrier of a number costs, with and without what Shopify and the shop's past say. */
export function run(): Promise<BenchResult> {
  const history = countHistory(NUMBERS.map((trackingNumber) => ({ trackingNumber, carrier: "ups" })));
  const bare = rate(() => ({ company: null, url: null, connectedCarriers: [] }));
  const full = rate((index) => ({
    company: index % 2 === 0 ? "UPS" : "Deutsche Post (DE)",
    url: "https://www.ups.com/track?tracknum=1",
    connectedCarriers: ["ups", "fedex", "dhl-unified", "easypost"],
    history,
  }));
  const rows = [
    { label: "number alone", value: bare, unit: "detections/s" },
    { label: "company, link, four accounts and history", value: full, unit: "detections/s" },
  ];
  const limit = { label: "slower of the two, detections/s", limit: REQUIRED, better: "higher" as const };
  return Promise.resolve({ name: "detect", rows, ratio: { ...limit, value: Math.min(bare, full) } });
}

function rate(given: (index: number) => Omit<DetectionInput, "trackingNumber">): number {
  const inputs = NUMBERS.map((trackingNumber, index) => ({ trackingNumber, ...given(index) }));
  return inputs.length * callsPerSecond(() => inputs.map(detectCarrier));
}
