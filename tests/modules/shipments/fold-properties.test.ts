import fc from "fast-check";
import { expect, test } from "vitest";
import { SHIPMENT_STATUSES } from "#app/modules/carriers/status.ts";
import { foldEvents } from "#app/modules/shipments/fold-events.ts";
import type { LoggedEvent } from "#app/modules/shipments/stored-event.ts";
import { context, hour, scan } from "./stored-events.ts";

const status = fc.constantFrom(...SHIPMENT_STATUSES);
const rule = fc.constantFrom(
  "code:X",
  "text:word",
  "type:D",
  "none",
  "top:delivered",
  "top:in_transit",
  "pieces:1/2",
  "pieces:2/2",
);
const source = fc.constantFrom(
  "poll" as const,
  "push" as const,
  "shopify" as const,
  "staff" as const,
  "system" as const,
);

/** Few different hours and sequences, so that ties, gaps and contradictions are common. */
const event: fc.Arbitrary<LoggedEvent> = fc
  .record({
    status,
    rule,
    source,
    hours: fc.option(fc.integer({ min: -100, max: 40 }), { nil: null }),
    received: fc.integer({ min: 0, max: 40 }),
    sequence: fc.integer({ min: 0, max: 5 }),
    carrier: fc.constantFrom("ups", "usps"),
    code: fc.constantFrom("A", "B", null),
    localTime: fc.constantFrom("2026-03-02T09:00:00", "2026-03-03", null),
    subStatus: fc.constantFrom(null, "delayed" as const, "returned" as const, "signed" as const),
  })
  .map(({ hours, received, ...rest }) => {
    return scan({ ...rest, occurredAt: hours === null ? null : hour(hours), receivedAt: hour(received) });
  });

const log = fc.uniqueArray(event, { maxLength: 14, selector: ({ fingerprint }) => fingerprint });

test("any permutation of the log folds to the same state", () => {
  fc.assert(
    fc.property(
      log.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))),
      ([events, shuffled]) => {
        expect(foldEvents(shuffled, context)).toEqual(foldEvents(events, context));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("repeating any part of the log changes nothing", () => {
  fc.assert(
    fc.property(
      log.chain((events) => fc.tuple(fc.constant(events), fc.subarray(events))),
      ([events, again]) => {
        expect(foldEvents([...again, ...events, ...again], context)).toEqual(foldEvents(events, context));
      },
    ),
    { numRuns: 1_000 },
  );
});

test("two versions of one scan fold the same in any order", () => {
  fc.assert(
    fc.property(
      log,
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 14, maxLength: 14 }),
      (events, sequences) => {
        const versions = events.map((one, index) => ({
          ...one,
          sequence: sequences[index] ?? 0,
          receivedAt: hour(50),
        }));
        expect(foldEvents([...versions, ...events], context)).toEqual(foldEvents([...events, ...versions], context));
      },
    ),
  );
});

test("a log delivered in any batches, with re-deliveries, ends in the same state", () => {
  fc.assert(
    fc.property(
      log.chain((events) => fc.tuple(fc.constant(events), fc.array(fc.subarray(events), { maxLength: 5 }))),
      ([events, batches]) => {
        const stored = new Map<string, LoggedEvent>();
        for (const batch of [...batches, events, ...batches]) {
          for (const one of batch) if (!stored.has(one.fingerprint)) stored.set(one.fingerprint, one);
          foldEvents([...stored.values()], context);
        }
        expect(foldEvents([...stored.values()], context)).toEqual(foldEvents(events, context));
      },
    ),
  );
});

const carrierScan = event.filter(
  ({ source: from, rule: by }) => (from === "poll" || from === "push") && /^(?:code|text|type)/.test(by),
);

test("a delivery told by the carrier is undone only by a return or a coded delivery problem", () => {
  fc.assert(
    fc.property(fc.uniqueArray(carrierScan, { maxLength: 10, selector: ({ fingerprint }) => fingerprint }), (later) => {
      const delivered = scan({ status: "delivered", occurredAt: hour(41), code: "DL" });
      const after = later.map((one, index) => ({ ...one, occurredAt: hour(42 + index), receivedAt: hour(60) }));
      const state = foldEvents([delivered, ...after], context);
      const undone = after.some(
        (one) =>
          one.status === "return_to_sender" ||
          (["exception", "delivery_attempted"].includes(one.status) &&
            /^(?:code|type):/.test(one.rule) &&
            one.subStatus !== "delayed"),
      );
      if (!undone) expect(state.status).toBe("delivered");
    }),
    { numRuns: 1_000 },
  );
});

test("Shopify's word never changes a state that the carrier's newer scan gave", () => {
  fc.assert(
    fc.property(status, fc.integer({ min: 0, max: 20 }), (native, hours) => {
      const own = scan({ status: "out_for_delivery", occurredAt: hour(30) });
      const told = scan({ status: native, source: "shopify", carrier: "shopify", occurredAt: hour(hours) });
      expect(foldEvents([told, own], context).status).toBe("out_for_delivery");
    }),
  );
});
