import fc from "fast-check";
import { expect, test } from "vitest";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { decideMessages } from "#app/modules/notifications/decide-messages.ts";
import type { DecidedMessage, ParcelScan, ParcelSituation } from "#app/modules/notifications/situation.ts";
import { plainBook } from "./plain-kinds.ts";
import { parcel, recipient, remembered, scan, situation } from "./situations.ts";

const START = Date.parse("2026-11-16T06:00:00Z");
const HOUR = 3_600_000;
const STEPS: readonly ShipmentStatus[] = [
  ...["pre_transit", "in_transit", "out_for_delivery", "delivery_attempted", "out_for_delivery", "delivered"],
] as ShipmentStatus[];

/** A journey of up to six scans, hours apart, each heard some hours after it was made. */
const journey = fc
  .tuple(
    fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1 }),
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 6 }),
    fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 6, maxLength: 6 }),
  )
  .map(([steps, gaps, lags]) => {
    let hours = 0;
    return steps.map((step, index): ParcelScan => {
      hours += gaps[index] ?? 1;
      const at = new Date(START + hours * HOUR).toISOString();
      const receivedAt = new Date(START + (hours + (lags[index] ?? 0)) * HOUR);
      return scan(STEPS[step] ?? "unknown", at, { receivedAt, fingerprint: `scan-${step}` });
    });
  });

const events = {
  shipped: { channels: ["email" as const, "sms" as const] },
  out_for_delivery: { channels: ["email" as const, "sms" as const] },
  feedback_request: {},
};
const order = recipient("email", { marketing: true });

/** Decides on what has been heard by then, as often as it is asked; what was decided goes into the history. */
function live(
  parcels: readonly ParcelSituation[],
  moments: readonly number[],
  shuffle: <T>(list: readonly T[]) => T[],
) {
  const history: DecidedMessage[] = [];
  for (const moment of moments) {
    const now = new Date(moment);
    const heard = parcels.map((one) =>
      parcel(
        one.scans.filter(({ receivedAt }) => receivedAt <= now),
        { id: one.id },
      ),
    );
    const known = shuffle(heard.map((one) => ({ ...one, scans: shuffle([...one.scans, ...one.scans.slice(0, 2)]) })));
    const inOrder = [...known].sort((left, right) => (left.id < right.id ? -1 : 1));
    const decisions = decideMessages(situation({ now, parcels: inOrder, history, events, order }), plainBook);
    history.push(...decisions.map((decision) => remembered(decision, { decidedAt: now })));
  }
  return history;
}

const momentsOf = (parcels: readonly ParcelSituation[]) =>
  parcels.flatMap(({ scans }) => scans.map(({ receivedAt }) => receivedAt.getTime())).sort((a, b) => a - b);

const asIs = <T>(list: readonly T[]): T[] => [...list];
const reversed = <T>(list: readonly T[]): T[] => [...list].reverse();

const parcels = fc
  .array(journey, { minLength: 1, maxLength: 3 })
  .map((journeys) => journeys.map((scans, index) => parcel(scans, { id: `shp_${index + 1}` })));

test("any order, repetition and number of askings gives the same decisions", () => {
  fc.assert(
    fc.property(parcels, fc.array(fc.nat({ max: 5 }), { maxLength: 5 }), (given, again) => {
      const moments = momentsOf(given);
      const repeated = [...moments, ...again.map((index) => moments[index % moments.length] ?? 0)].sort(
        (a, b) => a - b,
      );
      expect(live(given, repeated, reversed)).toEqual(live(given, moments, asIs));
    }),
    { numRuns: 300 },
  );
});

test("however late each scan is heard, nobody hears twice of one event of one parcel on one channel", () => {
  fc.assert(
    fc.property(
      parcels,
      fc.array(fc.integer({ min: 0, max: 240 }), { minLength: 18, maxLength: 18 }),
      (given, lags) => {
        let count = 0;
        const delayed = given.map((one) => {
          const scans = one.scans.map((made) => {
            const lag = (lags[(count += 1)] ?? 0) * HOUR;
            return { ...made, receivedAt: new Date((made.occurredAt?.getTime() ?? START) + lag) };
          });
          return { ...one, scans };
        });
        const history = live(delayed, momentsOf(delayed), asIs);
        const keys = history.map(({ businessKey }) => businessKey);
        expect(new Set(keys).size).toBe(keys.length);
        // Whatever was decided about them, the same events were decided about.
        const punctual = live(given, momentsOf(given), reversed).map(({ businessKey }) => businessKey);
        expect(new Set(keys.map(eventOf))).toEqual(new Set(punctual.map(eventOf)));
      },
    ),
    { numRuns: 300 },
  );
});

/** The key without the channel: what is held back as a whole is recorded once, under e-mail. */
const eventOf = (key: string): string => key.replace(/:(email|sms)$/, "");

test("of one parcel nothing is sent that is older than what was sent before", () => {
  fc.assert(
    fc.property(journey, (scans) => {
      const sent = live([parcel(scans)], momentsOf([parcel(scans)]), asIs).filter(({ state }) => state === "queued");
      const told = sent.filter(({ channel, shipmentId }) => channel === "email" && shipmentId !== null);
      const happened = told.map(({ evidence }) => String(evidence.happenedAt));
      expect(happened).toEqual([...happened].sort());
    }),
    { numRuns: 300 },
  );
});
