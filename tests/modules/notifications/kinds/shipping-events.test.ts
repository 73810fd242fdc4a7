import fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf } from "#app/modules/notifications/kinds/kinds.ts";
import { checkKind, type Given, looksAgainAt, outlook, parcel, scan, situation } from "./make-situation.ts";

const LABEL = scan("pre_transit", "18T08:00");
const MOVING = scan("in_transit", "19T08:00");
const OUT = scan("out_for_delivery", "20T07:00");
const ATTEMPT = scan("delivery_attempted", "20T10:00", { subStatus: "nobody_home" });
const DELIVERED = scan("delivered", "20T11:00");

const of = (...scans: Parameters<typeof parcel>[0]): Given => ({ parcels: [parcel(scans)] });

checkKind("shipped", [
  ["a label alone calls for nothing", of(LABEL), []],
  ["the first movement is told", of(LABEL, MOVING), ["send"]],
  ["a second movement is not another message", of(LABEL, MOVING, scan("in_transit", "19T20:00")), ["send"]],
  ["a problem on the way does not take it back", of(LABEL, MOVING, scan("exception", "19T12:00")), ["send"]],
  ["out for delivery has replaced it", of(LABEL, MOVING, OUT), ["replaced_by_newer"]],
  [
    "an attempt has replaced it, back in the depot too",
    of(MOVING, ATTEMPT, scan("in_transit", "20T11:00")),
    ["replaced_by_newer"],
  ],
  [
    "at fulfillment, where the merchant wants so",
    { ...of(LABEL), events: { shipped: { moment: "fulfillment" } } },
    ["send"],
  ],
  [
    "at fulfillment it is the same message as at the first scan",
    { ...of(LABEL, MOVING), events: { shipped: { moment: "fulfillment" } } },
    ["send"],
  ],
]);

checkKind("out_for_delivery", [
  ["on the vehicle is told with its day", of(MOVING, OUT), ["2026-11-20 send"]],
  ["two scans of one day are one message", of(OUT, scan("out_for_delivery", "20T09:00")), ["2026-11-20 send"]],
  [
    "a new day is a new message, and takes the place of the old one",
    of(scan("out_for_delivery", "19T07:00"), OUT),
    ["2026-11-19 replaced_by_newer", "2026-11-20 send"],
  ],
  ["the day is the place's own", of(scan("out_for_delivery", "19T23:30")), ["2026-11-20 send"]],
  ["not once it was delivered", of(OUT, DELIVERED), ["2026-11-20 replaced_by_newer"]],
  ["not for a parcel that only moves", of(MOVING), []],
]);

checkKind("delivered", [
  ["handed over", of(MOVING, DELIVERED), ["send"]],
  ["a neighbour, a locker, a second scan: one message", of(DELIVERED, scan("delivered", "20T11:10")), ["send"]],
  ["back at the merchant is no delivery", of(MOVING, scan("return_to_sender", "19T12:00"), DELIVERED), []],
  [
    "late has a message of its own",
    { parcels: [parcel([MOVING, DELIVERED], { forecast: outlook({ promisedOn: "2026-11-19" }) })] },
    ["replaced_by_late"],
  ],
  [
    "a first attempt in time is not late, whenever somebody was at home",
    { parcels: [parcel([ATTEMPT, DELIVERED], { forecast: outlook({ promisedOn: "2026-11-20" }) })] },
    ["send"],
  ],
  ["without a promise nothing is late", { parcels: [parcel([DELIVERED], { forecast: null })] }, ["send"]],
  [
    "staff said that it was not delivered",
    { parcels: [parcel([DELIVERED], { status: "in_transit" })] },
    ["no_longer_true"],
  ],
  [
    "the last one of several is told by the message that closes the order",
    {
      parcels: [parcel([scan("delivered", "19T11:00")]), parcel([DELIVERED], { id: "shp_2" })],
      events: { all_parcels_delivered: {} },
    },
    ["shp_1 send", "shp_2 told_by_other_kind"],
  ],
  ["not while one is still on its way", of(MOVING), []],
]);

checkKind("delivered_late", [
  [
    "after the promise",
    { parcels: [parcel([DELIVERED], { forecast: outlook({ promisedOn: "2026-11-19" }) })] },
    ["send"],
  ],
  ["on the promised day", { parcels: [parcel([DELIVERED], { forecast: outlook({ promisedOn: "2026-11-20" }) })] }, []],
  ["without a promise", { parcels: [parcel([DELIVERED], { forecast: null })] }, []],
  ["not before it came", { parcels: [parcel([MOVING], { forecast: outlook({ promisedOn: "2026-11-18" }) })] }, []],
]);

checkKind("delivery_failed", [
  ["nobody was at home", of(OUT, ATTEMPT), ["2026-11-20 send"]],
  ["two scans about one attempt", of(ATTEMPT, scan("delivery_attempted", "20T10:05")), ["2026-11-20 send"]],
  [
    "a second attempt is a second message",
    of(scan("delivery_attempted", "19T10:00"), ATTEMPT),
    ["2026-11-19 replaced_by_newer", "2026-11-20 send"],
  ],
  [
    "an unclear address",
    of(MOVING, scan("exception", "20T10:00", { subStatus: "address_problem" })),
    ["2026-11-20 send"],
  ],
  [
    "the same obstacle day after day is one",
    of(
      scan("exception", "19T10:00", { subStatus: "address_problem" }),
      scan("exception", "20T10:00", { subStatus: "address_problem" }),
    ),
    ["2026-11-19 send"],
  ],
  ["another exception is none", of(MOVING, scan("exception", "20T10:00", { subStatus: "weather" })), []],
  ["a later success is known", of(ATTEMPT, DELIVERED), ["2026-11-20 no_longer_true"]],
  ["it is out again", of(scan("delivery_attempted", "19T10:00"), OUT), ["2026-11-19 no_longer_true"]],
  ["it waits to be picked up", of(ATTEMPT, scan("available_for_pickup", "20T11:00")), ["2026-11-20 send"]],
  [
    "it waits to be picked up, and that is told by itself",
    { ...of(ATTEMPT, scan("available_for_pickup", "20T11:00")), events: { available_for_pickup: {} } },
    ["2026-11-20 told_by_other_kind"],
  ],
]);

const received = (...scans: Parameters<typeof parcel>[0]) => parcel([MOVING, ...scans]);
const TWO_DAYS_AGO = scan("delivered", "18T12:00");

checkKind("feedback_request", [
  ["two days after the delivery", { parcels: [received(TWO_DAYS_AGO)] }, ["send"]],
  ["not earlier", { parcels: [received(scan("delivered", "18T12:01"))] }, []],
  ["when the merchant wants", { ...of(DELIVERED), events: { feedback_request: { threshold: 1 } } }, ["send"]],
  [
    "not while a part has not been sent",
    { parcels: [received(TWO_DAYS_AGO)], order: { completelyFulfilled: false } },
    [],
  ],
  ["not while a parcel is on its way", { parcels: [received(TWO_DAYS_AGO), parcel([MOVING], { id: "shp_2" })] }, []],
  [
    "once for all parcels",
    { parcels: [received(TWO_DAYS_AGO), parcel([scan("delivered", "17T12:00")], { id: "shp_2" })] },
    ["order send"],
  ],
  [
    "not after damage",
    { parcels: [received(scan("exception", "17T12:00", { subStatus: "damaged" }), TWO_DAYS_AGO)] },
    ["problem_on_order"],
  ],
]);

test("feedback is asked for at its hour, though nothing happens then", () => {
  expect(looksAgainAt("feedback_request", of(DELIVERED))).toBe("2026-11-22T11:00:00.000Z");
  expect(looksAgainAt("feedback_request", { parcels: [received(TWO_DAYS_AGO)] })).toBeNull();
});

test("any order and repetition of the same scans calls for the same messages", () => {
  const scans = [LABEL, MOVING, scan("out_for_delivery", "19T09:00"), ATTEMPT, OUT, DELIVERED];
  const keys = [
    "shipped",
    "out_for_delivery",
    "delivered",
    "delivery_failed",
    "delayed_in_transit",
    "feedback_request",
  ];
  const told = (given: Given) => keys.map((key) => [key, kindOf(key)?.triggersIn(situation(given))]);
  const reference = told({ parcels: [parcel(scans)] });
  const shuffled = fc
    .shuffledSubarray(scans, { minLength: scans.length })
    .chain((order) => fc.array(fc.constantFrom(...scans), { maxLength: 6 }).map((again) => [...order, ...again]));
  fc.assert(
    fc.property(shuffled, (order) => {
      expect(told({ parcels: [parcel(order, { status: "delivered" })] })).toEqual(reference);
    }),
  );
});
