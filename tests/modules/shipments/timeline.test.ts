import { expect, test } from "vitest";
import { SHIPMENT_STATUSES } from "#app/modules/carriers/status.ts";
import { PHASES, progressOf, timelineOf } from "#app/modules/shipments/timeline.ts";
import { hour, scan } from "./stored-events.ts";

test("scans stand under their own local day, newest first, with the carrier's clock", () => {
  const label = scan({
    status: "pre_transit",
    localTime: "2026-03-02",
    occurredAt: null,
    zoneSource: "unknown",
    sequence: 0,
  });
  // 23:30 in New York is the next day in UTC: the shopper reads the carrier's day.
  const late = scan({
    status: "in_transit",
    occurredAt: hour(18.5),
    localTime: "2026-03-02T23:30:00",
    utcOffset: "-05:00",
    sequence: 1,
  });
  const next = scan({
    status: "out_for_delivery",
    occurredAt: hour(27),
    localTime: "2026-03-03T08:00:00",
    utcOffset: "-05:00",
    sequence: 2,
  });
  const { days } = timelineOf([late, next, label]);
  expect(days.map(({ on, entries }) => [on, entries.map(({ status, localTime }) => [status, localTime])])).toEqual([
    ["2026-03-03", [["out_for_delivery", "08:00"]]],
    [
      "2026-03-02",
      [
        ["in_transit", "23:30"],
        ["pre_transit", null],
      ],
    ],
  ]);
  expect(days[1]?.entries[1]).toMatchObject({ zoneSource: "unknown", at: null });
});

test("statements of the carrier are no entries; what Shopify shows yields to its history", () => {
  const top = scan({ status: "delivered", rule: "top:delivered", occurredAt: hour(1) });
  const shown = scan({
    status: "in_transit",
    source: "shopify",
    rule: "native:in_transit",
    occurredAt: hour(3),
    code: "shown",
  });
  const history = scan({ status: "in_transit", source: "shopify", occurredAt: hour(2), code: "history" });
  const codes = (...events: Parameters<typeof timelineOf>[0]) =>
    timelineOf(events).days.flatMap(({ entries }) => entries.map(({ code }) => code));
  expect(codes(top, shown)).toEqual(["shown"]);
  expect(codes(top, shown, history)).toEqual(["history"]);
});

test("nothing heard is an empty timeline", () => {
  expect(timelineOf([])).toEqual({ days: [] });
});

test("every status is one of the four steps", () => {
  for (const status of SHIPMENT_STATUSES) expect(PHASES).toContain(progressOf(status, null).phase);
  expect(progressOf("exception", null).phase).toBe("ordered");
  expect(progressOf("exception", hour(1))).toEqual({ phase: "on_the_way", troubled: true, ended: false });
});
