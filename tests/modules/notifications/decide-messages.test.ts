import { describe, expect, test } from "vitest";
import { decideMessages } from "#app/modules/notifications/decide-messages.ts";
import { plainBook } from "./plain-kinds.ts";
import {
  type Changes,
  DELIVERED,
  LABEL,
  MOVING,
  NOW,
  parcel,
  recipient,
  remembered,
  scan,
  situation,
  told,
} from "./situations.ts";

const decide = (changes: Changes = {}) => decideMessages(situation(changes), plainBook);

const SENT = ["shipped email: send"];
const on = (scans: Parameters<typeof parcel>[0], changes: Parameters<typeof parcel>[1] = {}) => ({
  parcels: [parcel(scans, changes)],
});
const LOST = scan("exception", "2026-11-20T09:00:00Z", { subStatus: "lost" });

describe("what was decided", () => {
  test("stays decided, and is not said on another channel either", () => {
    const history = decide({ shop: { closed: "not_live" } }).map((one) => remembered(one));
    expect(decide({ history })).toEqual([]);
    expect(decide({ history, events: { shipped: { channels: ["email", "sms"] } } })).toEqual([]);
  });

  test("once per parcel, once per day, once per date", () => {
    const forecast = (expectedOn: string) => {
      const troubles = [{ kind: "delay_predicted", since: NOW }];
      return { promisedOn: "2026-11-20", expectedOn, expectedFrom: null, troubles };
    };
    const first = decide(on([LABEL, MOVING], { forecast: forecast("2026-11-23") }));
    expect(first.map(({ businessKey }) => businessKey)).toEqual([
      "shipped:shp_1:email",
      "delay_predicted:shp_1:2026-11-23:email",
    ]);
    const history = first.map((one) => remembered(one));
    expect(decide({ ...on([LABEL, MOVING], { forecast: forecast("2026-11-23") }), history })).toEqual([]);
    const moved = decide({ ...on([LABEL, MOVING], { forecast: forecast("2026-11-24") }), history });
    expect(moved.map(({ businessKey }) => businessKey)).toEqual(["delay_predicted:shp_1:2026-11-24:email"]);
  });

  test("of a kind that nobody asked for there is no line, of one that was switched off there is", () => {
    expect(told(decide({ ...on([LABEL, DELIVERED]), events: { delivered: { on: false } } }))).toEqual([
      "delivered email: kind_disabled",
    ]);
    expect(told(decide({ ...on([LABEL, DELIVERED]), events: { feedback_request: { on: false } } }))).toEqual([
      "delivered email: send",
    ]);
  });
});

describe("the control group", () => {
  const withheld = (person: string, controlShare: number) =>
    told(decide({ order: recipient("email", { personKey: person }), events: { shipped: { controlShare } } }))[0] ===
    "shipped email: control_group";
  const people = Array.from({ length: 4_000 }, (_, index) => `person-${index}`);

  test("is as large as it should be, and a larger one holds the smaller one", () => {
    const tenth = people.filter((person) => withheld(person, 0.1));
    expect(Math.abs(tenth.length / people.length - 0.1)).toBeLessThan(0.02);
    expect(tenth.every((person) => withheld(person, 0.2))).toBe(true);
    expect(people.some((person) => withheld(person, 0))).toBe(false);
  });

  test("is the same for one person on every channel, and another for another event", () => {
    const events = { shipped: { controlShare: 0.5, channels: ["email" as const, "sms" as const] } };
    const rules = people.map((person) =>
      told(decide({ order: recipient("email", { personKey: person }), events })).map((line) => line.split(": ")[1]),
    );
    expect(rules.every(([mail, text]) => mail === text)).toBe(true);
    const both = people.filter((person) => {
      const order = recipient("email", { personKey: person });
      const other = decide({ order, events: { delivered: { controlShare: 0.5 } }, ...on([LABEL, DELIVERED]) });
      return withheld(person, 0.5) && told(other)[0] === "delivered email: control_group";
    });
    expect(Math.abs(both.length / people.length - 0.25)).toBeLessThan(0.05);
  });

  test("never misses loss and damage", () => {
    const lost = decide({ ...on([LABEL, LOST]), events: { lost_or_damaged: { controlShare: 0.5 } } });
    expect(told(lost)).toEqual(["lost_or_damaged email: send"]);
  });
});

describe("copies for staff", () => {
  const staff = { addresses: ["ops@northpeak.example", "care@northpeak.example"], dailyDigest: false, digestHour: 8 };
  const copies = (changes: Changes) =>
    decide({ ...changes, rules: { staff }, events: { shipped: { staffCopy: true, ...changes.events?.["shipped"] } } });

  test("go to each address, whatever the shopper hears", () => {
    expect(copies({}).map(({ businessKey }) => businessKey)).toEqual([
      "shipped:shp_1:email",
      "shipped:shp_1:email:staff:0",
      "shipped:shp_1:email:staff:1",
    ]);
    const blocked = told(copies({ order: recipient("email", { blocked: "bounced" }) }));
    expect(blocked).toEqual(["shipped email: blocked", "shipped staff: send", "shipped staff: send"]);
    expect(told(copies({ events: { shipped: { voice: "shopify" } } }))).toEqual([
      "shipped email: shopify_tells",
      "shipped staff: send",
      "shipped staff: send",
    ]);
  });

  test("are not made of what is no news", () => {
    expect(told(copies({ shop: { closed: "paused" } }))).toEqual(["shipped email: paused"]);
    expect(told(decide({ rules: { staff } }))).toEqual(SENT);
  });
});
