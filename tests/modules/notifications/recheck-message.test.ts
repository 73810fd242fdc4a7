import { describe, expect, test } from "vitest";
import { decideMessages } from "#app/modules/notifications/decide-messages.ts";
import { recheckMessage } from "#app/modules/notifications/recheck-message.ts";
import type { DecidedMessage } from "#app/modules/notifications/situation.ts";
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
  remembered,
  scan,
  situation,
} from "./situations.ts";

const RETURNING = scan("return_to_sender", "2026-11-20T11:30:00Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

/** The message that was decided at noon, looked at again in another situation. */
function recheck(then: Changes, now: Changes, message: Partial<DecidedMessage> = {}): string {
  const [decided] = decideMessages(situation(then), plainBook).filter(({ outcome }) => outcome.action === "send");
  if (!decided) throw new Error("nothing was decided");
  const found = recheckMessage({ situation: situation(now), message: remembered(decided, message) }, plainBook);
  switch (found.action) {
    case "send":
      return "send";
    case "wait":
      return `wait ${found.dueAt.toISOString()} ${found.reason}`;
    case "drop":
      return found.rule;
  }
}

const sms = { shipped: { channels: ["sms" as const] } };
const outBySms: Changes = {
  events: { out_for_delivery: { channels: ["sms"] } },
  parcels: [parcel([LABEL, OUT])],
};
const delayed: Changes = { events: { shipped: { delayHours: 12 } } };

describe("at the moment of sending", () => {
  test.each<[string, Changes, Changes, string]>([
    ["what is still true goes out", {}, { now: later(1) }, "send"],
    ["what was overtaken does not", {}, { parcels: [parcel([LABEL, MOVING, DELIVERED])] }, "no_longer_true"],
    [
      "nor of a parcel that was taken back",
      {},
      { parcels: [parcel([LABEL, MOVING], { active: false })] },
      "parcel_inactive",
    ],
    ["or is gone", {}, { parcels: [] }, "parcel_inactive"],
    ["or goes back", {}, { parcels: [parcel([LABEL, MOVING, RETURNING])] }, "returned_to_sender"],
    ["or of an order that was cancelled", {}, { order: { cancelledAt: NOW } }, "order_cancelled"],
    ["or muted", {}, { order: { muted: true } }, "muted"],
    ["nor while the shop is paused", {}, { shop: { closed: "paused" } }, "paused"],
    ["or gone", {}, { shop: { closed: "uninstalled" } }, "uninstalled"],
    ["nor what was switched off since", {}, { events: { shipped: { on: false } } }, "kind_disabled"],
    ["nor by a channel that was closed since", { events: sms }, { shop: { channels: ["email"] } }, "channel_off"],
    ["nor to somebody who complained", {}, { order: recipient("email", { blocked: "complained" }) }, "blocked"],
    ["or cannot be reached any more", {}, { order: recipient("email", { personKey: null }) }, "no_recipient"],
    ["or takes back the consent", { events: sms }, { order: recipient("sms", { service: false }) }, "no_consent"],
    ["what is a week old is dropped", {}, { now: later(7 * 24 + 0.1) }, "event_too_old"],
    ["what is a little younger is not", {}, { now: later(7 * 24 - 0.1) }, "send"],
    ["a text in the night waits", { events: sms }, { now: later(9) }, "wait 2026-11-21T09:00:00.000Z quiet_hours"],
    ["one about today does not", outBySms, { ...outBySms, now: later(8.5) }, "quiet_hours"],
    ["nor is it sent tomorrow", outBySms, { ...outBySms, now: later(22) }, "day_is_over"],
    ["what is woken too early waits on", delayed, { ...delayed, now: later(1) }, "wait 2026-11-20T20:00:00.000Z delay"],
    ["a delay does not count as age", delayed, { ...delayed, now: later(7 * 24 + 7) }, "send"],
    ["but it ends, too", delayed, { ...delayed, now: later(7 * 24 + 9) }, "event_too_old"],
  ])("%s", (_name, then, now, expected) => {
    expect(recheck(then, now)).toBe(expected);
  });

  test("a message about several parcels goes out as long as it is true of one", () => {
    const two = [parcel([LABEL, MOVING]), parcel([LABEL, MOVING], { id: "shp_2" })];
    const overtaken = parcel([LABEL, MOVING, DELIVERED]);
    expect(recheck({ parcels: two }, { parcels: [overtaken, parcel([LABEL, MOVING], { id: "shp_2" })] })).toBe("send");
    expect(recheck({ parcels: two }, { parcels: [overtaken, { ...overtaken, id: "shp_2" }] })).toBe("no_longer_true");
  });

  test("a control group that grew since takes back nothing", () => {
    expect(
      recheck({}, { events: { shipped: { controlShare: 0.5 } }, order: recipient("email", { personKey: "x" }) }),
    ).toBe("send");
    expect(
      recheck({}, { events: { shipped: { controlShare: 0.5 } }, order: recipient("email", { personKey: "y" }) }),
    ).toBe("send");
  });

  test("copies for staff ask nobody's consent, and are dropped all the same when they are untrue", () => {
    const staff = { addresses: ["ops@northpeak.example"], dailyDigest: false, digestHour: 8 };
    const copied = {
      rules: { staff, events: situation({ events: { shipped: { staffCopy: true, channels: [] } } }).rules.events },
    };
    expect(recheck(copied, { ...copied, order: recipient("email", { blocked: "bounced" }) })).toBe("send");
    expect(recheck(copied, { ...copied, parcels: [parcel([LABEL, MOVING, DELIVERED])] })).toBe("no_longer_true");
  });

  test("loss is told after the order was cancelled, and of a parcel on its way back", () => {
    const lost = scan("exception", "2026-11-20T09:00:00Z", { subStatus: "lost" });
    const then = { parcels: [parcel([LABEL, lost])] };
    expect(recheck(then, { parcels: [parcel([LABEL, lost, RETURNING])], order: { cancelledAt: NOW } })).toBe("send");
  });

  test("a kind that no longer exists is not sent", () => {
    expect(recheck({}, {}, { kind: "gone" })).toBe("kind_disabled");
  });
});
