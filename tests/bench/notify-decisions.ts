import { decideMessages } from "#app/modules/notifications/decide-messages.ts";
import { messageBook } from "#app/modules/notifications/message-book.ts";
import type { EventRules } from "#app/modules/notifications/message-rules.ts";
import type { Situation } from "#app/modules/notifications/situation.ts";
import { LABEL, MOVING, OUT, parcel, recipient, scan, situation } from "#tests/modules/notifications/situations.ts";
import type { BenchResult } from "./bench.ts";
import { callsPerSecond } from "./figures.ts";

/** Looks at an order, each with all that it calls for, per second and core. */
const REQUIRED = 5_000;

const REACHED = recipient("email", { marketing: true });
const RULE: EventRules["rules"][number] = {
  ...{ id: "vip", name: "Texts for good customers", on: true },
  when: [
    { field: "customer_tag", is: "any_of", values: ["vip", "gold"] },
    { field: "order_value", is: "at_least", value: 10_000 },
  ],
  then: { channels: ["email", "sms"], delayHours: 0 },
};

/** Every kind is on, by mail and text, with a rule of its own and a control group. */
const events = Object.fromEntries(
  messageBook.kinds.map(({ key }) => [
    key,
    { channels: ["email" as const, "sms" as const], rules: [RULE], controlShare: 0.1 },
  ]),
);

const steps = Array.from({ length: 12 }, (_, hour) =>
  scan("in_transit", `2026-11-19T${String(hour).padStart(2, "0")}:00:00Z`, { subStatus: "arrived_at_facility" }),
);

/**
 * One parcel that just left, two of one order of which one is out, the same where nobody knows by which of a country's
 * clocks the shopper lives, and one that has been decided about already.
 */
function situations(): Situation[] {
  const one = situation({ events, order: { ...REACHED, customerTags: ["VIP"] } });
  const parcels = [parcel([LABEL, ...steps, MOVING, OUT]), parcel([LABEL, ...steps], { id: "shp_2" })];
  const two = situation({ events, order: { ...REACHED, customerTags: ["VIP"] }, parcels });
  const history = decideMessages(two, messageBook).map((decision) => ({
    ...decision,
    ...{ id: decision.businessKey, state: "sent", rule: null, decidedAt: two.now, dueAt: two.now },
  }));
  return [one, two, { ...two, order: { ...two.order, provinceCode: null } }, { ...two, history }];
}

/** What deciding about the messages of an order costs, by all kinds, rules and hours. */
export function measureDecisions(): BenchResult {
  const given = situations();
  const rates = given.map((one) => callsPerSecond(() => decideMessages(one, messageBook)));
  const [fresh = 0, split = 0, nowhere = 0, again = 0] = rates;
  const made = given.map((one) => decideMessages(one, messageBook).length);
  const rows = [
    { label: `one parcel, ${made[0]} decisions`, value: fresh, unit: "orders/s" },
    { label: `two parcels, ${made[1]} decisions`, value: split, unit: "orders/s" },
    { label: `two parcels, somewhere in a country, ${made[2]} decisions`, value: nowhere, unit: "orders/s" },
    { label: `decided before, ${made[3]} decisions`, value: again, unit: "orders/s" },
    { label: "decisions written down, two parcels", value: split * (made[1] ?? 0), unit: "decisions/s" },
  ];
  const limit = { label: "slowest of the four, orders/s", limit: REQUIRED, better: "higher" as const };
  return { name: "notify: decisions", rows, ratio: { ...limit, value: Math.min(...rates) } };
}
