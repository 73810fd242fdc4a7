import { describe, expect, test } from "vitest";
import { decideMessages } from "#app/modules/notifications/decide-messages.ts";
import { plainBook } from "./plain-kinds.ts";
import { type Changes, LABEL, MOVING, NOW, OUT, parcel, remembered, scan, situation, told } from "./situations.ts";

const decide = (changes: Changes = {}) => decideMessages(situation(changes), plainBook);

const SENT = ["shipped email: send"];
const LOST = scan("exception", "2026-11-20T09:00:00Z", { subStatus: "lost" });

describe("news that comes together", () => {
  const together = (...statuses: Parameters<typeof scan>[0][]) =>
    statuses.map((status, step) => scan(status, `2026-11-20T0${step + 1}:00:00Z`, { receivedAt: NOW }));
  const failed = scan("delivery_attempted", "2026-11-20T09:00:00Z");

  test("of scans of one answer only the latest is told, although the others are still true", () => {
    const kinds = plainBook.kinds.map((kind) => ({ ...kind, isStillTrue: () => true }));
    const batch = { parcels: [parcel([LABEL, ...together("in_transit", "delivery_attempted", "out_for_delivery")])] };
    expect(told(decideMessages(situation(batch), { ...plainBook, kinds }))).toEqual([
      "shipped email: replaced_by_newer",
      "out_for_delivery email: send",
      "delivery_failed email: replaced_by_newer",
    ]);
    const apart = { parcels: [parcel([LABEL, MOVING, failed])] };
    expect(told(decideMessages(situation(apart), { ...plainBook, kinds }))).toEqual([
      "shipped email: send",
      "delivery_failed email: send",
    ]);
  });

  test("what may not be told does not silence what may", () => {
    const kinds = plainBook.kinds.map((kind) => ({ ...kind, isStillTrue: () => true }));
    const batch = {
      parcels: [parcel([LABEL, ...together("in_transit", "out_for_delivery")])],
      events: { out_for_delivery: { on: false } },
    };
    expect(told(decideMessages(situation(batch), { ...plainBook, kinds }))).toEqual([
      "shipped email: send",
      "out_for_delivery email: kind_disabled",
    ]);
  });

  test("a loss is told whatever came after it in the same answer", () => {
    const batch = [LABEL, ...together("in_transit"), { ...LOST, receivedAt: NOW }];
    const after = scan("out_for_delivery", "2026-11-20T11:30:00Z", { receivedAt: NOW });
    expect(told(decide({ parcels: [parcel([...batch, after])] }))).toEqual([
      "shipped email: replaced_by_newer",
      "out_for_delivery email: send",
      "lost_or_damaged email: send",
    ]);
  });
});

describe("parcels of one order", () => {
  const second = (scans = [LABEL, MOVING]) => parcel(scans, { id: "shp_2" });
  const two = [parcel([LABEL, MOVING]), second()];

  test("whose news comes together share a message", () => {
    const decisions = decide({ parcels: two });
    expect(told(decisions)).toEqual(["shipped email: send", "shipped shp_2 email: bundled"]);
    expect(decisions.map(({ businessKey, parcelIds }) => [businessKey, parcelIds])).toEqual([
      ["shipped:shp_1:email", ["shp_1", "shp_2"]],
      ["shipped:shp_2:email", ["shp_2"]],
    ]);
    expect(decisions[1]?.evidence).toMatchObject({ bundledInto: "shipped:shp_1:email" });
  });

  test("wait for the others, and take in what comes while they wait", () => {
    const first = decide({ parcels: [parcel([LABEL, MOVING]), second([LABEL])] });
    expect(told(first)).toEqual(["shipped email: send 12:30 bundle"]);
    const history = first.map((decision) => remembered(decision));
    expect(told(decide({ parcels: two, history }))).toEqual(["shipped shp_2 email: bundled"]);
  });

  test("that come after the message was written have one of their own, at once", () => {
    const history = decide({ parcels: [parcel([LABEL, MOVING])] }).map((one) => remembered(one, { state: "sending" }));
    expect(told(decide({ parcels: two, history }))).toEqual(["shipped shp_2 email: send"]);
  });

  test("do not wait where the merchant wants one message each, nor for what has ended", () => {
    const each = { rules: { bundleMinutes: 0 } };
    expect(told(decide({ parcels: two, ...each }))).toEqual(["shipped email: send", "shipped shp_2 email: send"]);
    expect(told(decide({ parcels: [parcel([LABEL, MOVING]), second([LABEL])], ...each }))).toEqual(SENT);
    const ended = [parcel([LABEL, MOVING]), parcel([LABEL], { id: "shp_2", status: "cancelled" })];
    expect(told(decide({ parcels: ended }))).toEqual(SENT);
  });

  test("urgent news is bundled with nothing", () => {
    const lost = [parcel([LABEL, LOST]), second([LABEL, LOST])];
    expect(told(decide({ parcels: lost }))).toEqual([
      "lost_or_damaged email: send",
      "lost_or_damaged shp_2 email: send",
    ]);
  });

  test("are summed up only when they are less than a day old", () => {
    const yesterday = scan("in_transit", "2026-11-19T12:00:00Z");
    const newer = scan("in_transit", "2026-11-19T12:00:01Z");
    expect(told(decide({ parcels: [parcel([LABEL, yesterday]), second()] }))).toEqual([
      "shipped email: event_too_old",
      "shipped shp_2 email: send",
    ]);
    expect(told(decide({ parcels: [parcel([LABEL, newer]), second()] }))).toEqual([
      "shipped email: send",
      "shipped shp_2 email: bundled",
    ]);
    // Alone it follows the rule for all.
    expect(told(decide({ parcels: [parcel([LABEL, yesterday])] }))).toEqual(SENT);
  });

  test("fall silent together when their message may not go out on its day", () => {
    const out = { parcels: [parcel([LABEL, OUT]), second([LABEL, OUT])], now: new Date("2026-11-20T20:30:00Z") };
    expect(told(decide({ ...out, events: { out_for_delivery: { channels: ["sms"] } } }))).toEqual([
      "out_for_delivery sms: quiet_hours",
      "out_for_delivery shp_2 sms: quiet_hours",
    ]);
  });
});
