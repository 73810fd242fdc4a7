import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import {
  type DecisionInput,
  decideMessages,
  type MessageDecision,
  type ParcelScan,
} from "#app/modules/notifications/decide-first-kinds.ts";

const NOW = new Date("2026-11-20T12:00:00Z");

function scan(status: ShipmentStatus, at: string, receivedAt = at): ParcelScan {
  return {
    fingerprint: `${status}@${at}`,
    status,
    occurredAt: new Date(at),
    localTime: at.slice(0, 19),
    receivedAt: new Date(receivedAt),
  };
}

const LABEL = scan("pre_transit", "2026-11-18T08:00:00Z");
const MOVING = scan("in_transit", "2026-11-19T08:00:00Z");
const OUT = scan("out_for_delivery", "2026-11-20T08:00:00Z");
const DELIVERED = scan("delivered", "2026-11-20T11:00:00Z");

function input(scans: ParcelScan[], status: ShipmentStatus, changes: Partial<DecisionInput> = {}): DecisionInput {
  return {
    now: NOW,
    live: true,
    enabled: { shipped: true, out_for_delivery: true, delivered: true },
    parcel: { id: "shp_1", status, active: true, scans },
    order: { email: "avery@example.com", importedAt: null, cancelled: false },
    decided: new Set(),
    ...changes,
  };
}

/** "shipped: send", "delivered: event_too_old" … */
const told = (decisions: MessageDecision[]) =>
  decisions.map(({ kind, decision }) => `${kind}: ${decision.action === "send" ? "send" : decision.rule}`);

describe("a scan that the merchant explained afterwards", () => {
  const explained = (at: string): ParcelScan => ({ ...scan("out_for_delivery", at), mapped: true });

  test.each([
    ["is told while it is news", "2026-11-20T08:00:00Z", "send"],
    ["is silent once it has lain here for a day", "2026-11-19T11:00:00Z", "event_too_old"],
  ])("%s", (_name, at, expected) => {
    const scans = [LABEL, explained(at)];
    expect(told(decideMessages(input(scans, "out_for_delivery")))).toEqual([`out_for_delivery: ${expected}`]);
  });
});

describe("what is told", () => {
  test.each<[string, DecisionInput, string[]]>([
    ["a label alone tells nothing", input([LABEL], "pre_transit"), []],
    ["the first movement is told", input([LABEL, MOVING], "in_transit"), ["shipped: send"]],
    ["being on the vehicle is told", input([LABEL, OUT], "out_for_delivery"), ["out_for_delivery: send"]],
    ["a delivery is told", input([LABEL, DELIVERED], "delivered"), ["delivered: send"]],
    [
      "of a batch only the newest is told",
      input([LABEL, MOVING, OUT], "out_for_delivery"),
      ["shipped: replaced_by_newer", "out_for_delivery: send"],
    ],
    [
      "a second day on the vehicle is a second message, and only the newer day is told",
      input([LABEL, scan("out_for_delivery", "2026-11-19T08:00:00Z"), OUT], "out_for_delivery"),
      ["out_for_delivery: replaced_by_newer", "out_for_delivery: send"],
    ],
  ])("%s", (_name, given, expected) => {
    expect(told(decideMessages(given))).toEqual(expected);
  });
});

describe("what is held back", () => {
  const moving = (changes: Partial<DecisionInput>) => input([LABEL, MOVING], "in_transit", changes);
  const order = { email: "avery@example.com", importedAt: null, cancelled: false };
  const parcel = { id: "shp_1", status: "in_transit" as const, active: true, scans: [LABEL, MOVING] };

  test.each<[string, DecisionInput, string[]]>([
    ["before going live", moving({ live: false }), ["shipped: not_live"]],
    [
      "a kind that is switched off",
      moving({ enabled: { shipped: false, out_for_delivery: true, delivered: true } }),
      ["shipped: kind_disabled"],
    ],
    [
      "what happened before the import",
      moving({ order: { ...order, importedAt: new Date("2026-11-19T09:00:00Z") } }),
      ["shipped: imported"],
    ],
    [
      "not what happens after the import",
      moving({ order: { ...order, importedAt: new Date("2026-11-19T07:00:00Z") } }),
      ["shipped: send"],
    ],
    ["a number that was edited away", moving({ parcel: { ...parcel, active: false } }), ["shipped: parcel_inactive"]],
    ["a cancelled order", moving({ order: { ...order, cancelled: true } }), ["shipped: parcel_inactive"]],
    ["an order without an address", moving({ order: { ...order, email: null } }), ["shipped: no_recipient"]],
    ["an event older than seven days", moving({ now: new Date("2026-11-26T08:00:01Z") }), ["shipped: event_too_old"]],
    ["not one of exactly seven days", moving({ now: new Date("2026-11-26T08:00:00Z") }), ["shipped: send"]],
    [
      "a parcel on its way back",
      input([LABEL, MOVING, scan("return_to_sender", "2026-11-20T09:00:00Z")], "return_to_sender"),
      ["shipped: returned_to_sender"],
    ],
    [
      "a parcel first seen as delivered",
      input(
        [MOVING, DELIVERED].map((one) => ({ ...one, receivedAt: NOW })),
        "delivered",
      ),
      ["shipped: first_seen_delivered", "delivered: first_seen_delivered"],
    ],
  ])("%s", (_name, given, expected) => {
    expect(told(decideMessages(given))).toEqual(expected);
  });

  test("a scan without an instant is judged by its wall clock, not by when we heard of it", () => {
    const old = { ...MOVING, occurredAt: null, localTime: "2026-10-01T08:00:00", receivedAt: NOW };
    expect(told(decideMessages(input([LABEL, old], "in_transit")))).toEqual(["shipped: event_too_old"]);
  });

  test("what was decided stays decided", () => {
    const first = decideMessages(input([LABEL, MOVING], "in_transit", { live: false }));
    const decided = new Set(first.map(({ businessKey }) => businessKey));
    expect(decideMessages(input([LABEL, MOVING], "in_transit", { decided }))).toEqual([]);
  });
});

test("any order and repetition of the same scans gives the same decisions, each message once", () => {
  const scans = [LABEL, MOVING, scan("out_for_delivery", "2026-11-19T09:00:00Z"), OUT, DELIVERED];
  const reference = decideMessages(input(scans, "delivered"));
  const shuffled = fc
    .shuffledSubarray(scans, { minLength: scans.length })
    .chain((order) => fc.array(fc.constantFrom(...scans), { maxLength: 6 }).map((again) => [...order, ...again]));
  fc.assert(
    fc.property(shuffled, (order) => {
      const decisions = decideMessages(input(order, "delivered"));
      expect(decisions).toEqual(reference);
      expect(new Set(decisions.map(({ businessKey }) => businessKey)).size).toBe(decisions.length);
    }),
  );
});
