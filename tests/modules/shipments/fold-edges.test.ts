import { describe, expect, test } from "vitest";
import { foldEvents } from "#app/modules/shipments/fold-events.ts";
import type { LoggedEvent } from "#app/modules/shipments/stored-event.ts";
import { context, hour, scan } from "./stored-events.ts";

/** Folds in both directions: the order in which rows are read must never matter. */
function fold(...events: LoggedEvent[]) {
  const state = foldEvents(events, context);
  expect(foldEvents(events.toReversed(), context)).toEqual(state);
  return state;
}

const moving = scan({ status: "in_transit", occurredAt: hour(5) });
const delivered = scan({ status: "delivered", occurredAt: hour(34) });

describe("a correction by staff", () => {
  const correct = (status: LoggedEvent["status"], at: number) =>
    scan({ status, source: "staff", occurredAt: hour(at), receivedAt: hour(at), rule: "staff", code: `by-${at}` });

  test("starts afresh: what was known before it decides nothing", () => {
    expect(fold(moving, delivered, correct("exception", 40))).toMatchObject({ status: "exception", eventCount: 2 });
  });

  test("gives way to newer scans, and not to older ones that arrive late", () => {
    const late = scan({ status: "out_for_delivery", occurredAt: hour(39), receivedAt: hour(50) });
    const newer = scan({ status: "available_for_pickup", occurredAt: hour(41), receivedAt: hour(50) });
    expect(fold(moving, correct("exception", 40), late).status).toBe("exception");
    expect(fold(moving, correct("exception", 40), late, newer).status).toBe("available_for_pickup");
  });

  test("is followed by a scan without an instant only when that was heard after it", () => {
    const known = scan({ status: "out_for_delivery", localTime: "2026-03-03T09:00:00", receivedAt: hour(30) });
    const heard = { ...known, fingerprint: "later", receivedAt: hour(41) };
    expect(fold(correct("exception", 40), known).status).toBe("exception");
    expect(fold(correct("exception", 40), heard).status).toBe("out_for_delivery");
  });

  test("is undone by the next correction, in whatever order they are read", () => {
    expect(fold(correct("delivered", 40), correct("in_transit", 41)).status).toBe("in_transit");
  });

  test("brings back a parcel that we had stopped following", () => {
    const stop = { source: "system" as const, rule: "silent", occurredAt: hour(800), receivedAt: hour(800) };
    const expired = scan({ status: "expired", ...stop });
    expect(fold(moving, expired).status).toBe("expired");
    expect(fold(moving, expired, correct("delivered", 900))).toMatchObject({ status: "delivered" });
  });
});

describe("ties and missing instants", () => {
  test("two scans of one second go by the carrier's sequence", () => {
    const first = scan({ status: "out_for_delivery", occurredAt: hour(10), sequence: 3 });
    const second = scan({ status: "delivery_attempted", occurredAt: hour(10), sequence: 4 });
    expect(fold(first, second).status).toBe("delivery_attempted");
    expect(fold({ ...first, sequence: 5 }, second).status).toBe("out_for_delivery");
  });

  test("a scan without any time stands before the first that has one, when the carrier lists it first", () => {
    const blank = scan({ status: "pre_transit", code: "LABEL", sequence: 0 });
    const timed = scan({ status: "in_transit", occurredAt: hour(5), sequence: 1 });
    expect(fold(blank, timed)).toMatchObject({ status: "in_transit", lastEvent: { code: "in_transit" } });
  });

  test("a delivery without an instant is a delivery, told by the carrier's clock", () => {
    const local = scan({ status: "delivered", localTime: "2026-03-03T17:05:00", sequence: 9, receivedAt: hour(60) });
    expect(fold(moving, local)).toMatchObject({
      status: "delivered",
      statusAt: null,
      deliveredAt: null,
      deliveredLocal: "2026-03-03T17:05:00",
      statusSince: hour(60),
    });
  });
});

describe("statements", () => {
  const share = (text: string) => scan({ status: "unknown", rule: `pieces:${text}`, code: text });
  const top = scan({ status: "delivered", rule: "top:DE", code: "DE", occurredAt: hour(35), receivedAt: hour(35) });

  test("the carrier's own word on the whole parcel stands above the count of its pieces", () => {
    expect(fold(moving, share("1/3"), top)).toMatchObject({ status: "delivered", deliveredAt: hour(35) });
  });

  test("Shopify's delivery is one piece's as well, while others are on their way", () => {
    const told = scan({ status: "delivered", source: "shopify", carrier: "shopify", occurredAt: hour(40) });
    expect(fold(moving, share("1/2"), told)).toMatchObject({ status: "in_transit", flags: ["partlyDelivered"] });
  });

  test("are no scans: they neither count nor show as the last event", () => {
    expect(fold(moving, top, share("2/2"))).toMatchObject({ eventCount: 1, lastEvent: { code: "in_transit" } });
  });

  test("without a time close what was known before any scan", () => {
    const timeless = { ...top, fingerprint: "timeless", occurredAt: null, status: "exception" as const };
    expect(fold(timeless).status).toBe("exception");
    expect(fold(timeless, moving).status).toBe("in_transit");
  });
});

test("scans outside the destination flag a border, those of Shopify do not", () => {
  const abroad = { occurredAt: hour(6), countryCode: "PL" };
  expect(fold(moving, scan({ status: "in_transit", code: "X", ...abroad })).flags).toEqual(["crossBorder"]);
  const told = scan({ status: "in_transit", source: "shopify", carrier: "shopify", ...abroad });
  expect(fold(moving, told).flags).toEqual([]);
});
