import { expect, test } from "vitest";
import { KINDS } from "#app/modules/notifications/kinds/kinds.ts";
import { refuseThreshold } from "#app/modules/notifications/kinds/thresholds.ts";
import { checkKind, type Given, looksAgainAt, outlook, parcel, said, scan } from "./make-situation.ts";

const LABEL = scan("pre_transit", "17T08:00");
const MOVING = scan("in_transit", "19T08:00");
const CLEARED = scan("in_transit", "20T08:00", { subStatus: "customs_cleared" });
const HANDED = scan("in_transit", "19T18:00", { subStatus: "handed_to_partner" });
const WAITING = scan("available_for_pickup", "17T11:00");
const DELIVERED = scan("delivered", "20T11:00");

const of = (...scans: Parameters<typeof parcel>[0]): Given => ({ parcels: [parcel(scans)] });

checkKind("label_created", [
  ["announced", of(LABEL), ["send"]],
  ["nothing known yet", of(), []],
  ["it moves already", of(LABEL, MOVING), ["replaced_by_newer"]],
]);

checkKind("awaiting_pickup", [
  ["three days and no scan", of(LABEL), ["send"]],
  ["not earlier", { ...of(LABEL), now: new Date("2026-11-20T07:59:59Z") }, []],
  ["as long as the merchant wants", { ...of(LABEL), events: { awaiting_pickup: { threshold: 4 } } }, []],
  ["it moves", of(LABEL, MOVING), []],
  ["no carrier has ever known the number", of(), []],
]);

test("a parcel that waits for the carrier is looked at again when the days are over", () => {
  const now = new Date("2026-11-19T08:00:00Z");
  expect(looksAgainAt("awaiting_pickup", { ...of(LABEL), now })).toBe("2026-11-20T08:00:00.000Z");
  expect(looksAgainAt("awaiting_pickup", { ...of(MOVING), now })).toBeNull();
});

const WAITS = { completelyFulfilled: false };

checkKind("fulfillment_delayed", [
  [
    "later than the shop says it takes",
    { order: { ...WAITS, unfulfilledSince: new Date("2026-11-20T00:00:00Z") } },
    ["send"],
  ],
  ["in time", { order: WAITS }, []],
  ["a fixed number of hours", { order: WAITS, events: { fulfillment_delayed: { threshold: 100 } } }, ["send"]],
  ["not before they are over", { order: WAITS, events: { fulfillment_delayed: { threshold: 101 } } }, []],
  ["a part has left", { ...of(MOVING), order: WAITS, events: { fulfillment_delayed: { threshold: 72 } } }, []],
  ["nothing has to leave", { events: { fulfillment_delayed: { threshold: 72 } } }, []],
  [
    "cancelled",
    {
      order: { ...WAITS, cancelledAt: new Date("2026-11-17T00:00:00Z") },
      events: { fulfillment_delayed: { threshold: 72 } },
    },
    [],
  ],
]);

test("an order that waits is looked at again when the hours are over", () => {
  const given = { order: WAITS, events: { fulfillment_delayed: { threshold: 101 } } };
  expect(looksAgainAt("fulfillment_delayed", given)).toBe("2026-11-20T13:00:00.000Z");
});

checkKind("in_transit", [
  ["the first movement is said by another message", of(MOVING), []],
  ["the next depot is no news", of(MOVING, scan("in_transit", "20T08:00", { subStatus: "departed" })), []],
  ["through customs", of(MOVING, CLEARED), ["customs_cleared send"]],
  [
    "each kind of step once, and only the newest",
    of(MOVING, HANDED, CLEARED),
    ["handed_to_partner replaced_by_newer", "customs_cleared send"],
  ],
  ["on the vehicle already", of(CLEARED, scan("out_for_delivery", "20T09:00")), ["customs_cleared replaced_by_newer"]],
]);

checkKind("available_for_pickup", [
  ["at the counter", of(MOVING, WAITING), ["send"]],
  ["two scans", of(WAITING, scan("available_for_pickup", "18T11:00")), ["send"]],
  ["fetched", of(WAITING, DELIVERED), ["replaced_by_newer"]],
  ["not at the counter", of(MOVING), []],
]);

checkKind("pickup_reminder", [
  ["three days at the counter", of(WAITING), ["send"]],
  ["not earlier", { ...of(WAITING), now: new Date("2026-11-20T10:59:00Z") }, []],
  [
    "as early as the merchant wants",
    { ...of(scan("available_for_pickup", "19T11:00")), events: { pickup_reminder: { threshold: 1 } } },
    ["send"],
  ],
  ["fetched", of(WAITING, DELIVERED), []],
]);

test("a parcel at the counter is looked at again when the days are over", () => {
  expect(looksAgainAt("pickup_reminder", of(scan("available_for_pickup", "18T11:00")))).toBe(
    "2026-11-21T11:00:00.000Z",
  );
  expect(looksAgainAt("pickup_reminder", of(WAITING))).toBeNull();
});

const expected = (expectedOn: string, at = "2026-11-20T12:00:00Z"): Given => ({
  parcels: [parcel([MOVING], { forecast: outlook({ expectedOn }) })],
  now: new Date(at),
});

checkKind("arriving_tomorrow", [
  ["the day before", expected("2026-11-21"), ["2026-11-21 send"]],
  ["not before nine, where it goes", expected("2026-11-21", "2026-11-20T07:59:00Z"), []],
  ["from nine, where it goes", expected("2026-11-21", "2026-11-20T08:00:00Z"), ["2026-11-21 send"]],
  ["not two days before", expected("2026-11-22"), []],
  ["not on the day", expected("2026-11-20"), []],
  ["not where nobody knows the clock", { parcels: [parcel([MOVING], { zone: null })] }, []],
  ["not for a parcel that came", { parcels: [parcel([DELIVERED])] }, []],
  [
    "not a third time",
    {
      ...expected("2026-11-21"),
      history: [
        said("arriving_tomorrow", "17T08:00", { occurrence: "2026-11-18" }),
        said("arriving_tomorrow", "18T08:00", { occurrence: "2026-11-19" }),
      ],
    },
    ["2026-11-21 said_already"],
  ],
]);

test("a parcel is looked at again at nine on the day before", () => {
  expect(looksAgainAt("arriving_tomorrow", expected("2026-11-23"))).toBe("2026-11-22T08:00:00.000Z");
  expect(looksAgainAt("arriving_tomorrow", expected("2026-11-21"))).toBeNull();
});

const HELD = scan("exception", "20T08:00", { subStatus: "customs_hold" });

checkKind("held_customs", [
  ["held", of(MOVING, HELD), ["send"]],
  ["held twice", of(HELD, scan("exception", "20T10:00", { subStatus: "customs_hold" })), ["send"]],
  ["through by now", of(HELD, scan("in_transit", "20T10:00", { subStatus: "customs_cleared" })), ["no_longer_true"]],
  ["on the vehicle by now", of(HELD, scan("out_for_delivery", "20T10:00")), ["no_longer_true"]],
  ["customs, without a hold", of(scan("in_transit", "20T08:00", { subStatus: "customs" })), []],
]);

const both = (...scans: Parameters<typeof parcel>[0]) => [parcel([DELIVERED]), parcel(scans, { id: "shp_2" })];

checkKind("all_parcels_delivered", [
  ["the last one came", { parcels: both(scan("delivered", "19T11:00")) }, ["order send"]],
  ["one is on its way", { parcels: both(MOVING) }, []],
  ["a part has not been sent", { parcels: both(DELIVERED), order: WAITS }, []],
  ["an order of one parcel needs no such message", of(DELIVERED), []],
  [
    "a number that was taken back does not count",
    { parcels: [parcel([DELIVERED]), parcel([], { id: "shp_2", active: false })] },
    [],
  ],
]);

checkKind("order_placed", [
  ["an order", {}, ["send"]],
  ["an order that was cancelled at once", { order: { cancelledAt: new Date("2026-11-16T08:01:00Z") } }, ["untrue"]],
]);

checkKind("order_cancelled", [
  ["cancelled", { order: { cancelledAt: new Date("2026-11-20T08:00:00Z") } }, ["send"]],
  ["not cancelled", {}, []],
]);

test.each([
  ["fulfillment_delayed", 23, "too_small"],
  ["fulfillment_delayed", 24, null],
  ["fulfillment_delayed", 721, "too_large"],
  ["awaiting_pickup", 0, "too_small"],
  ["suspected_lost", 2, "too_small"],
  ["feedback_request", 48, null],
  ["shipped", 5, "not_offered"],
  ["shipped", null, null],
] as const)("a threshold of %s: %s is %s", (key, value, expectedRefusal) => {
  const kind = KINDS[key];
  expect(kind && refuseThreshold(kind, value)).toBe(expectedRefusal);
});

test("a kind is known by the key in its registry, and its own number is within its bounds", () => {
  for (const [key, kind] of Object.entries(KINDS)) {
    expect(kind.key).toBe(key);
    expect(refuseThreshold(kind, kind.threshold?.usual ?? null)).toBeNull();
  }
});
