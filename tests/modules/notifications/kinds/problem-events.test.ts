import { expect, test } from "vitest";
import { kindOf } from "#app/modules/notifications/kinds/kinds.ts";
import { checkKind, type Given, looksAgainAt, NOW, outlook, parcel, said, scan, situation } from "./make-situation.ts";

const MOVING = scan("in_transit", "19T08:00");
const OUT = scan("out_for_delivery", "20T07:00");
const ATTEMPT = scan("delivery_attempted", "20T10:00", { subStatus: "nobody_home" });
const DELIVERED = scan("delivered", "20T11:00");
const BACK = scan("return_to_sender", "20T11:30");

const of = (...scans: Parameters<typeof parcel>[0]): Given => ({ parcels: [parcel(scans)] });

const late = (expectedOn: string | null, trouble?: string) =>
  parcel([MOVING], { forecast: outlook({ expectedOn, ...(trouble ? { trouble } : {}) }) });

checkKind("delay_predicted", [
  ["foresight says so", { parcels: [late("2026-11-23", "delay_predicted")] }, ["2026-11-23 send"]],
  ["no trouble", { parcels: [late("2026-11-23")] }, []],
  ["the date shown keeps the promise", { parcels: [late("2026-11-21", "delay_predicted")] }, []],
  ["no date to announce", { parcels: [late(null, "delay_predicted")] }, []],
  [
    "the same date was announced",
    {
      parcels: [late("2026-11-23", "delay_predicted")],
      history: [said("delayed_in_transit", "19T08:00", { evidence: { expectedOn: "2026-11-23" } })],
    },
    ["2026-11-23 delay_said_already"],
  ],
  [
    "the date moved by a day",
    {
      parcels: [late("2026-11-24", "delay_predicted")],
      history: [
        said("delay_predicted", "17T08:00", { occurrence: "2026-11-23", evidence: { expectedOn: "2026-11-23" } }),
      ],
    },
    ["2026-11-24 send"],
  ],
  [
    "the date moved by a day, a day after it was told",
    {
      parcels: [late("2026-11-24", "delay_predicted")],
      history: [
        said("delay_predicted", "19T08:00", { occurrence: "2026-11-23", evidence: { expectedOn: "2026-11-23" } }),
      ],
    },
    ["2026-11-24 delay_said_already"],
  ],
  [
    "it was told three times",
    {
      parcels: [late("2026-11-24", "delay_predicted")],
      history: ["11", "13", "15"].map((day) =>
        said("delay_predicted", `${day}T08:00`, { evidence: { expectedOn: `2026-11-${day}` } }),
      ),
    },
    ["2026-11-24 delay_said_already"],
  ],
  [
    "what was held back was never said",
    {
      parcels: [late("2026-11-23", "delay_predicted")],
      history: [said("delay_predicted", "19T08:00", { state: "suppressed", evidence: { expectedOn: "2026-11-23" } })],
    },
    ["2026-11-23 send"],
  ],
]);

test("a queued delay is untrue once the date has moved again, or the parcel has come", () => {
  const kind = kindOf("delay_predicted");
  const before = situation({ parcels: [late("2026-11-23", "delay_predicted")] });
  const [trigger] = kind?.triggersIn(before) ?? [];
  if (!kind || !trigger) throw new Error("nothing was foreseen");
  const still = (now: ReturnType<typeof parcel>) =>
    kind.isStillTrue({ parcel: now, order: before.order, trigger, now: NOW });
  expect(still(late("2026-11-23", "delay_predicted"))).toBe(true);
  expect(still(late("2026-11-24", "delay_predicted"))).toBe(false);
  expect(still(late("2026-11-23"))).toBe(false);
  expect(still(parcel([DELIVERED]))).toBe(false);
});

checkKind("delayed_in_transit", [
  ["the promise has passed", { parcels: [late("2026-11-23", "delayed")] }, ["send"]],
  ["the carrier names a reason", of(MOVING, scan("exception", "20T08:00", { subStatus: "weather" })), ["send"]],
  ["Shopify says that it is delayed", of(scan("in_transit", "20T08:00", { subStatus: "delayed" })), ["send"]],
  ["all is well", of(MOVING), []],
  ["another exception", of(MOVING, scan("exception", "20T08:00", { subStatus: "damaged" })), []],
  [
    "customs have a message of their own, where it is on",
    { ...of(scan("exception", "20T08:00", { subStatus: "customs_hold" })), events: { held_customs: {} } },
    [],
  ],
  [
    "it is out for delivery by now",
    { parcels: [parcel([OUT], { forecast: outlook({ trouble: "delayed" }) })] },
    ["replaced_by_newer"],
  ],
  [
    "it was delivered",
    { parcels: [parcel([DELIVERED], { forecast: outlook({ trouble: "delayed" }) })] },
    ["replaced_by_newer"],
  ],
  [
    "the same date was foretold less than a day ago",
    {
      parcels: [late("2026-11-23", "delayed")],
      history: [said("delay_predicted", "19T12:01", { evidence: { expectedOn: "2026-11-23" } })],
    },
    ["delay_said_already"],
  ],
  [
    "it was foretold a day ago",
    {
      parcels: [late("2026-11-23", "delayed")],
      history: [said("delay_predicted", "19T12:00", { evidence: { expectedOn: "2026-11-23" } })],
    },
    ["send"],
  ],
  [
    "another date was foretold",
    {
      parcels: [late("2026-11-24", "delayed")],
      history: [said("delay_predicted", "20T08:00", { evidence: { expectedOn: "2026-11-23" } })],
    },
    ["send"],
  ],
]);

const silent = (events: Given["events"] = {}, forecast = outlook({ trouble: "delayed" })): Given => ({
  parcels: [parcel([scan("in_transit", "13T12:00")], { forecast })],
  events,
});

checkKind("suspected_lost", [
  ["foresight says so", silent({}, outlook({ trouble: "suspected_lost" })), ["send"]],
  ["foresight says nothing", silent(), []],
  ["a fixed number of days", silent({ suspected_lost: { threshold: 7 } }), ["send"]],
  ["not before they are over", silent({ suspected_lost: { threshold: 8 } }), []],
  ["not before the promise has passed", silent({ suspected_lost: { threshold: 7 } }, outlook()), []],
  [
    "it was seen again",
    { parcels: [parcel([scan("in_transit", "20T09:00")], { forecast: outlook({ trouble: "suspected_lost" }) })] },
    ["untrue"],
  ],
  [
    "it comes back",
    { parcels: [parcel([BACK], { forecast: outlook({ trouble: "suspected_lost" }) })] },
    ["no_longer_true"],
  ],
]);

test("a fixed number of days is looked at again when they are over", () => {
  const given = silent({ suspected_lost: { threshold: 8 } });
  expect(looksAgainAt("suspected_lost", given)).toBe("2026-11-21T12:00:00.000Z");
  expect(looksAgainAt("suspected_lost", silent())).toBeNull();
});

checkKind("lost_or_damaged", [
  ["lost", of(MOVING, scan("exception", "20T08:00", { subStatus: "lost" })), ["send"]],
  ["damaged", of(MOVING, scan("exception", "20T08:00", { subStatus: "damaged" })), ["send"]],
  ["only weather", of(MOVING, scan("exception", "20T08:00", { subStatus: "weather" })), []],
  ["found and delivered after all", of(scan("exception", "19T08:00", { subStatus: "lost" }), DELIVERED), ["untrue"]],
]);

checkKind("returned_to_sender", [
  ["it turns round", of(ATTEMPT, BACK), ["send"]],
  ["every further scan is the same return", of(BACK, scan("return_to_sender", "20T12:00")), ["send"]],
  ["it does not", of(ATTEMPT), []],
]);
