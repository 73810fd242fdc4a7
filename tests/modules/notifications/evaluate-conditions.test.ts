import { describe, expect, test } from "vitest";
import { chooseRule, holds } from "#app/modules/notifications/evaluate-conditions.ts";
import { type Condition, eventRulesSchema, type MessageRule } from "#app/modules/notifications/message-rules.ts";
import type { ParcelSituation } from "#app/modules/notifications/situation.ts";
import { type Changes, DELIVERED, LABEL, MOVING, NOW, parcel, scan, situation } from "./situations.ts";

const first = (changes: Changes): ParcelSituation | null => situation(changes).parcels[0] ?? null;
const check = (condition: Condition, changes: Changes = {}) =>
  holds(condition, { situation: situation(changes), parcel: first(changes) });

/** Condition, where it holds, where it does not. */
type Line = [string, Condition, Changes, Changes];

const moving = (changes: Partial<ParcelSituation>): Changes => ({ parcels: [parcel([LABEL, MOVING], changes)] });
const promised = (promisedOn: string | null) =>
  moving({ forecast: { promisedOn, expectedOn: null, expectedFrom: null, troubles: [] } });
const two: Changes = { parcels: [parcel([LABEL]), parcel([LABEL], { id: "shp_2" })] };
const goneSince = (at: string): Changes => ({ parcels: [parcel([LABEL, scan("in_transit", at)])] });

describe("conditions", () => {
  test.each<Line>([
    ["carrier", { field: "carrier", is: "any_of", values: ["dhl", "UPS"] }, {}, moving({ carrier: "fedex" })],
    ["not a carrier", { field: "carrier", is: "none_of", values: ["ups"] }, moving({ carrier: null }), {}],
    [
      "an unknown carrier is none of them",
      { field: "carrier", is: "any_of", values: ["ups"] },
      {},
      moving({ carrier: null }),
    ],
    ["service", { field: "service", is: "contains", values: ["ground"] }, {}, moving({ service: "Next Day Air" })],
    ["not a service", { field: "service", is: "contains_not", values: ["ground"] }, moving({ service: null }), {}],
    ["destination", { field: "destination", is: "any_of", values: ["US"] }, {}, { order: { countryCode: "CA" } }],
    [
      "not a destination",
      { field: "destination", is: "none_of", values: ["US"] },
      { order: { countryCode: null } },
      {},
    ],
    ["abroad", { field: "international", is: true }, { order: { countryCode: "CA" } }, {}],
    ["at home", { field: "international", is: false }, {}, { order: { countryCode: null } }],
    [
      "shipping option",
      { field: "shipping_option", is: "contains", values: ["express", "standard"] },
      {},
      { order: { shippingOption: "Same day" } },
    ],
    ["order tag", { field: "order_tag", is: "any_of", values: ["VIP"] }, { order: { tags: ["b2b", " vip "] } }, {}],
    [
      "customer tag",
      { field: "customer_tag", is: "any_of", values: ["gold"] },
      { order: { customerTags: ["Gold"] } },
      {},
    ],
    [
      "product tag",
      { field: "product_tag", is: "any_of", values: ["Fragile"] },
      { order: { productTags: ["camping", "fragile"] } },
      { order: { productTags: [] } },
    ],
    [
      "not a product tag",
      { field: "product_tag", is: "none_of", values: ["gift"] },
      {},
      { order: { productTags: ["gift"] } },
    ],
    ["value from", { field: "order_value", is: "at_least", value: 14_800 }, {}, { order: { totalMinor: 14_799 } }],
    ["value below", { field: "order_value", is: "below", value: 14_800 }, { order: { totalMinor: 14_799 } }, {}],
    ["days late", { field: "days_late", is: "at_least", value: 2 }, promised("2026-11-18"), promised("2026-11-19")],
    ["not known to be late", { field: "days_late", is: "below", value: 2 }, promised("2026-11-20"), promised(null)],
    [
      "days in transit",
      { field: "days_in_transit", is: "at_least", value: 3 },
      goneSince("2026-11-17T12:00:00Z"),
      goneSince("2026-11-17T12:00:01Z"),
    ],
    ["not in transit at all", { field: "days_in_transit", is: "below", value: 3 }, {}, { parcels: [parcel([LABEL])] }],
    [
      "days of silence",
      { field: "days_silent", is: "at_least", value: 2 },
      { parcels: [parcel([LABEL])] },
      { parcels: [parcel([LABEL, MOVING])] },
    ],
    [
      "detail",
      { field: "sub_status", is: "any_of", values: ["customs_hold"] },
      moving({ subStatus: "customs_hold" }),
      {},
    ],
    ["the first parcel", { field: "first_parcel", is: true }, two, { parcels: [...(two.parcels ?? [])].reverse() }],
    ["several parcels", { field: "split_order", is: true }, two, moving({})],
    ["a first order", { field: "first_order", is: true }, {}, { order: { firstOrder: false } }],
  ])("%s", (_name, condition, holding, failing) => {
    // Of the order's parcels the one with the first number is asked about.
    const parcelOne = (changes: Changes) => situation(changes).parcels.find(({ id }) => id === "shp_1") ?? null;
    expect(holds(condition, { situation: situation(holding), parcel: parcelOne(holding) })).toBe(true);
    expect(holds(condition, { situation: situation(failing), parcel: parcelOne(failing) })).toBe(false);
  });

  test("lateness stops counting with the first attempt", () => {
    const late: Condition = { field: "days_late", is: "at_least", value: 1 };
    const forecast = { promisedOn: "2026-11-20", expectedOn: null, expectedFrom: null, troubles: [] };
    const now = new Date("2026-11-25T12:00:00Z");
    expect(check(late, { now, parcels: [parcel([LABEL, DELIVERED], { forecast })] })).toBe(false);
    expect(check(late, { now, parcels: [parcel([LABEL, MOVING], { forecast })] })).toBe(true);
  });

  test("of a message about the order one parcel is enough", () => {
    const late: Condition = { field: "carrier", is: "any_of", values: ["dhl"] };
    const parcels = [parcel([LABEL]), parcel([LABEL], { id: "shp_2", carrier: "dhl" })];
    expect(holds(late, { situation: situation({ parcels }), parcel: null })).toBe(true);
    expect(holds(late, { situation: situation({ parcels: parcels.slice(0, 1) }), parcel: null })).toBe(false);
    expect(holds(late, { situation: situation({ parcels: [] }), parcel: null })).toBe(false);
  });
});

describe("the merchant's rules", () => {
  const ruleOf = (id: string, changes: Partial<MessageRule> = {}): MessageRule => {
    const when: Condition[] = [{ field: "carrier", is: "any_of", values: ["ups"] }];
    return { id, name: id, on: true, when, then: { channels: [], delayHours: 0 }, ...changes };
  };
  const chosen = (rules: MessageRule[]) =>
    chooseRule(eventRulesSchema.parse({ on: true, channels: ["email"], rules }), {
      situation: situation({ now: NOW }),
      parcel: first({}),
    })?.id ?? null;

  test("the first that is on and holds decides", () => {
    const fails = ruleOf("fails", { when: [{ field: "carrier", is: "none_of", values: ["ups"] }] });
    expect(chosen([fails, ruleOf("off", { on: false }), ruleOf("a"), ruleOf("b")])).toBe("a");
    expect(chosen([ruleOf("b"), ruleOf("a")])).toBe("b");
    expect(chosen([fails])).toBeNull();
  });

  test("all of its conditions must hold", () => {
    const both = ruleOf("both").when.concat({ field: "split_order", is: true });
    expect(chosen([ruleOf("both", { when: both })])).toBeNull();
  });
});
