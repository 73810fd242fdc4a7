import { describe, expect, test } from "vitest";
import { editEvent, editGeneral } from "#app/modules/notifications/edit-rules.ts";
import { eventViews } from "#app/modules/notifications/events-view.ts";
import { messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { changesBetween } from "#app/modules/notifications/rule-changes.ts";

const EMPTY = messageRulesSchema.parse({});
const CORE_RETURNS = ["return_requested", "return_approved", "label_ready", "return_received", "refund_issued"];
const ON = { on: true, channels: ["email"] };

function edited(key: string, change: object, rules = EMPTY) {
  const outcome = editEvent(rules, key, change);
  if (outcome.kind !== "edited") throw new Error(JSON.stringify(outcome.problems));
  return outcome.rules;
}

describe("an event", () => {
  test.each([
    ["that does not exist", "gone", ON, { key: "unknown_event" }],
    ["that nothing calls for yet", "refund_issued", ON, { key: "not_set_up" }],
    ["with a number that floods", "fulfillment_delayed", { ...ON, threshold: 23 }, { threshold: "too_small" }],
    ["with a number that comes too late", "pickup_reminder", { ...ON, threshold: 7 }, { threshold: "too_large" }],
    ["with a number that it does not have", "shipped", { ...ON, threshold: 3 }, { threshold: "not_offered" }],
    ["on without a channel", "shipped", { on: true, channels: [] }, { channels: "no_channel" }],
    ["with a share of more than a half", "shipped", { ...ON, controlShare: 0.6 }, { controlShare: "invalid" }],
    [
      "with a condition that says nothing",
      "shipped",
      {
        ...ON,
        rules: [
          {
            ...{ id: "r1", name: "R" },
            when: [{ field: "order_tag", is: "any_of", values: [] }],
            then: { channels: [] },
          },
        ],
      },
      { "rules.0.when.0.values": "invalid" },
    ],
  ])("%s is refused", (_name, key, change, problems) => {
    expect(editEvent(EMPTY, key, change)).toEqual({ kind: "refused", problems });
  });

  test("that Shopify tells needs no channel", () => {
    const rules = edited("shipped", { on: true, channels: [], voice: "shopify" });
    expect(rules.events["shipped"]).toMatchObject({ voice: "shopify" });
  });

  test("about a loss is withheld from nobody", () => {
    expect(edited("lost_or_damaged", { ...ON, controlShare: 0.2 }).events["lost_or_damaged"]?.controlShare).toBe(0);
    expect(edited("shipped", { ...ON, controlShare: 0.2 }).events["shipped"]?.controlShare).toBe(0.2);
  });
});

test("what holds for all events leaves the events as they are", () => {
  const before = edited("shipped", { ...ON, delayHours: 2 });
  const outcome = editGeneral(before, { bundleMinutes: 60 });
  expect(outcome).toMatchObject({ kind: "edited", rules: { bundleMinutes: 60, events: before.events } });
  expect(editGeneral(before, { staff: { addresses: ["nobody"] } })).toEqual({
    kind: "refused",
    problems: { "staff.addresses.0": "invalid" },
  });
});

describe("the difference between two sets of rules", () => {
  test("is empty for what only writes the defaults down", () => {
    expect(changesBetween(EMPTY, edited("shipped", ON))).toEqual([]);
  });

  test("names event, field and both values", () => {
    const after = edited("feedback_request", { on: true, channels: ["email", "sms"], threshold: 72 });
    const event = "feedback_request";
    expect(changesBetween(EMPTY, after)).toEqual([
      { event, field: "on", before: "false", after: "true" },
      { event, field: "channels", before: "email", after: "email, sms" },
      { event, field: "threshold", before: "", after: "72" },
    ]);
  });

  test("tells rules by their names and order, and changed contents under the same names", () => {
    const rule = (name: string, tag: string) => ({
      ...{ id: name.toLowerCase(), name },
      when: [{ field: "order_tag", is: "any_of", values: [tag] }],
      then: { channels: ["sms"] },
    });
    const before = edited("shipped", { ...ON, rules: [rule("A", "x"), rule("B", "y")] });
    const turned = edited("shipped", { ...ON, rules: [rule("B", "y"), { ...rule("A", "x"), on: false }] });
    const other = edited("shipped", { ...ON, rules: [rule("A", "z"), rule("B", "y")] });
    expect(changesBetween(before, turned)).toMatchObject([{ field: "rules", before: "A → B", after: "B → (A)" }]);
    expect(changesBetween(before, other)).toMatchObject([{ event: "shipped", field: "ruleContents" }]);
  });
});

test("the page lists every event once, by section, and marks what differs from what is published", () => {
  const views = eventViews(EMPTY, edited("held_customs", ON));
  expect(new Set(views.map(({ key }) => key)).size).toBe(views.length);
  expect([...new Set(views.map(({ group }) => group))]).toEqual(["status", "predicted", "problem", "returns", "order"]);
  expect(views.filter(({ changed }) => changed).map(({ key }) => key)).toEqual(["held_customs"]);
  const recommended = views.filter(({ onByDefault }) => onByDefault);
  expect(recommended.filter(({ dormant }) => !dormant)).toHaveLength(10);
  expect(recommended.filter(({ dormant }) => dormant).map(({ key }) => key)).toEqual(CORE_RETURNS);
});
