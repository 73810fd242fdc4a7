import { describe, expect, test } from "vitest";
import { decideMessages } from "#app/modules/notifications/decide-messages.ts";
import { plainBook } from "./plain-kinds.ts";
import {
  type Changes,
  DELIVERED,
  LABEL,
  MOVING,
  NOW,
  OUT,
  parcel,
  recipient,
  scan,
  situation,
  told,
} from "./situations.ts";

const decide = (changes: Changes = {}) => decideMessages(situation(changes), plainBook);
/** A line of the table: what holds the message back, and the nearest case in which it does not. */
type Line = [rule: string, held: Changes, heldAs: string[], free: Changes, freeAs: string[]];

const SENT = ["shipped email: send"];
const on = (scans: Parameters<typeof parcel>[0], changes: Parameters<typeof parcel>[1] = {}) => ({
  parcels: [parcel(scans, changes)],
});
const LOST = scan("exception", "2026-11-20T09:00:00Z", { subStatus: "lost" });
const BACK = scan("return_to_sender", "2026-11-20T09:30:00Z");
const YESTERDAY = scan("out_for_delivery", "2026-11-19T10:00:00Z");
const at = (time: string) => new Date(`2026-11-${time}Z`);
const sms = { shipped: { channels: ["sms" as const] } };
const old = scan("in_transit", "2026-11-13T11:59:59Z");
const weekOld = scan("in_transit", "2026-11-13T12:00:00Z");

describe("each rule, with a case that it holds back and one that it does not", () => {
  test.each<Line>([
    [
      "imported: what happened before the import is never told",
      { order: { importedAt: at("20T08:00:01") } },
      ["shipped email: imported"],
      { order: { importedAt: at("20T08:00:00") } },
      SENT,
    ],
    ["not live", { shop: { closed: "not_live" } }, ["shipped email: not_live"], { shop: { closed: null } }, SENT],
    [
      "before going live",
      { shop: { liveSince: at("20T08:00:01") } },
      ["shipped email: before_live"],
      { shop: { liveSince: at("20T08:00:00") } },
      SENT,
    ],
    ["paused", { shop: { closed: "paused" } }, ["shipped email: paused"], {}, SENT],
    ["uninstalled", { shop: { closed: "uninstalled" } }, ["shipped email: uninstalled"], {}, SENT],
    [
      "switched off",
      { events: { shipped: { on: false } } },
      ["shipped email: kind_disabled"],
      { events: { shipped: { on: true } } },
      SENT,
    ],
    [
      "happened before the event was switched on",
      { events: { shipped: { onSince: "2026-11-20T08:00:01Z" } } },
      ["shipped email: before_switched_on"],
      { events: { shipped: { onSince: "2026-11-20T08:00:00Z" } } },
      SENT,
    ],
    [
      "the order is cancelled, but loss is told",
      { order: { cancelledAt: at("20T08:30:00") } },
      ["shipped email: order_cancelled"],
      { order: { cancelledAt: at("20T08:30:00") }, ...on([LABEL, LOST]) },
      ["lost_or_damaged email: send"],
    ],
    [
      "the number was edited away",
      on([LABEL, MOVING], { active: false }),
      ["shipped email: parcel_inactive"],
      on([LABEL, MOVING]),
      SENT,
    ],
    ["the order is muted", { order: { muted: true } }, ["shipped email: muted"], { order: { muted: false } }, SENT],
    [
      "the parcel is muted, another one is not",
      on([LABEL, MOVING], { muted: true }),
      ["shipped email: muted"],
      {
        parcels: [parcel([LABEL, MOVING]), parcel([LABEL], { id: "shp_2", muted: true })],
        rules: { bundleMinutes: 0 },
      },
      SENT,
    ],
    [
      "on its way back only that is told, and what was lost",
      on([LABEL, MOVING, BACK]),
      ["shipped email: returned_to_sender", "returned_to_sender email: send"],
      on([LABEL, LOST, BACK]),
      ["lost_or_damaged email: send", "returned_to_sender email: send"],
    ],
    [
      "first seen as delivered",
      on([MOVING, DELIVERED].map((one) => ({ ...one, receivedAt: NOW }))),
      ["shipped email: first_seen_delivered", "delivered email: first_seen_delivered"],
      on([
        { ...MOVING, receivedAt: at("20T11:59:59") },
        { ...DELIVERED, receivedAt: NOW },
      ]),
      ["shipped email: replaced_by_newer", "delivered email: send"],
    ],
    ["older than seven days", on([old]), ["shipped email: event_too_old"], on([weekOld]), SENT],
    [
      "explained by the merchant a day after it came",
      on([LABEL, { ...MOVING, mapped: true, receivedAt: at("19T11:59:59") }]),
      ["shipped email: event_too_old"],
      on([LABEL, { ...MOVING, mapped: true, receivedAt: at("19T12:00:00") }]),
      SENT,
    ],
    [
      "no longer true when it is heard",
      on([LABEL, MOVING, OUT]),
      ["shipped email: replaced_by_newer", "out_for_delivery email: send"],
      on([LABEL, MOVING]),
      SENT,
    ],
    [
      "about a day that is over",
      on([LABEL, YESTERDAY]),
      ["out_for_delivery email: day_is_over"],
      on([LABEL, OUT]),
      ["out_for_delivery email: send"],
    ],
    [
      "Shopify tells it",
      { events: { shipped: { voice: "shopify" } } },
      ["shipped email: shopify_tells"],
      // Shopify has no mail for this one.
      {
        events: { delivery_failed: { voice: "shopify" } },
        ...on([LABEL, scan("delivery_attempted", "2026-11-20T09:00:00Z")]),
      },
      ["delivery_failed email: send"],
    ],
    [
      "a channel that is not set up",
      { events: sms, shop: { channels: ["email"] } },
      ["shipped sms: channel_off"],
      { events: sms },
      ["shipped sms: send"],
    ],
    [
      "no channel at all",
      { events: { shipped: { channels: [] } } },
      ["shipped email: channel_off"],
      { events: { shipped: { channels: ["email", "sms"] } } },
      ["shipped email: send", "shipped sms: send"],
    ],
    [
      "nobody to write to, but somebody to text",
      { order: recipient("email", { personKey: null }) },
      ["shipped email: no_recipient"],
      { order: recipient("email", { personKey: null }), events: sms },
      ["shipped sms: send"],
    ],
    [
      "a bounced address, but a working number",
      { order: recipient("email", { blocked: "bounced" }) },
      ["shipped email: blocked"],
      { order: recipient("email", { blocked: "bounced" }), events: sms },
      ["shipped sms: send"],
    ],
    [
      "no consent to what serves the order, by this channel",
      { order: recipient("sms", { service: false }), events: sms },
      ["shipped sms: no_consent"],
      { order: recipient("sms", { service: true }), events: sms },
      ["shipped sms: send"],
    ],
    [
      "no consent to advertising",
      { events: { feedback_request: {} }, ...on([LABEL, DELIVERED]) },
      ["delivered email: send", "feedback_request email: no_consent"],
      { events: { feedback_request: {} }, ...on([LABEL, DELIVERED]), order: recipient("email", { marketing: true }) },
      ["delivered email: send", "feedback_request email: send"],
    ],
    [
      "the merchant's rule says no",
      { events: { shipped: { rules: [ruleFor("TX-only", [])] } } },
      ["shipped email: rule_says_no"],
      { events: { shipped: { rules: [ruleFor("TX-only", ["sms"])] } } },
      ["shipped sms: send"],
    ],
    [
      "an SMS outside of its hours waits for the morning",
      { events: sms, now: at("20T21:00:00") },
      ["shipped sms: send +1d 09:00 quiet_hours"],
      { events: sms, now: at("20T19:59:00") },
      ["shipped sms: send"],
    ],
    [
      "what is about a day is dropped instead of put off past it",
      { events: { out_for_delivery: { channels: ["sms"] } }, now: at("20T20:30:00"), ...on([LABEL, OUT]) },
      ["out_for_delivery sms: quiet_hours"],
      { events: { out_for_delivery: { channels: ["sms"] } }, now: at("20T19:30:00"), ...on([LABEL, OUT]) },
      ["out_for_delivery sms: send"],
    ],
    [
      "urgent mail waits for no hours of the day, other mail does",
      { rules: hours(14, 18) },
      ["shipped email: send 14:00 quiet_hours"],
      { rules: hours(14, 18), ...on([LABEL, LOST]) },
      ["lost_or_damaged email: send"],
    ],
    [
      "a delay is waited for",
      { events: { shipped: { delayHours: 6 } } },
      ["shipped email: send 14:00 delay"],
      { events: { shipped: { delayHours: 4 } } },
      SENT,
    ],
    [
      "a delay into the night ends in the morning",
      { events: { shipped: { channels: ["sms"], delayHours: 13 } } },
      ["shipped sms: send +1d 09:00 quiet_hours"],
      { events: { shipped: { channels: ["sms"], delayHours: 11 } } },
      ["shipped sms: send 19:00 delay"],
    ],
    [
      "a delay past its own day",
      { events: { out_for_delivery: { delayHours: 15 } }, ...on([LABEL, OUT]) },
      ["out_for_delivery email: day_is_over"],
      { events: { out_for_delivery: { delayHours: 3 } }, ...on([LABEL, OUT]) },
      ["out_for_delivery email: send 13:00 delay"],
    ],
  ])("%s", (...[, held, heldAs, free, freeAs]) => {
    expect(told(decide(held))).toEqual(heldAs);
    expect(told(decide(free))).toEqual(freeAs);
  });

  test("a rule of a kind's own is asked last, and named", () => {
    const [shipped] = plainBook.kinds;
    if (!shipped) throw new Error("no kind");
    const book = { ...plainBook, kinds: [{ ...shipped, heldBackBy: () => "problem_on_order" as const }] };
    expect(told(decideMessages(situation(), book))).toEqual(["shipped email: problem_on_order"]);
    expect(told(decideMessages(situation({ shop: { closed: "paused" } }), book))).toEqual(["shipped email: paused"]);
  });

  test("a kind can be exempt from a rule for all", () => {
    const kinds = plainBook.kinds.map((kind) => ({ ...kind, exemptFrom: ["order_cancelled" as const] }));
    const cancelled = situation({ order: { cancelledAt: NOW } });
    expect(told(decideMessages(cancelled, { ...plainBook, kinds }))).toEqual(SENT);
  });

  test("what is asked days after it happened is fresh on that day", () => {
    const [shipped] = plainBook.kinds;
    const late = { shipmentId: "shp_1", occurrence: "", happenedAt: at("01T08:00:00"), agesFrom: at("20T08:00:00") };
    const kind = { ...shipped, triggersIn: () => [{ ...late, evidence: {} }] } as (typeof plainBook.kinds)[number];
    expect(told(decideMessages(situation(), { ...plainBook, kinds: [kind] }))).toEqual(SENT);
  });
});

function ruleFor(name: string, channels: ("email" | "sms")[]) {
  const when = [{ field: "destination" as const, is: "any_of" as const, values: ["US"] }];
  return { id: name.toLowerCase(), name, on: true, when, then: { channels, delayHours: 0 } };
}

function hours(from: number, to: number) {
  return { hours: { email: { from, to }, sms: { from: 9, to: 20 } } };
}
