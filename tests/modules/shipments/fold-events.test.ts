import { describe, expect, test } from "vitest";
import { foldEvents } from "#app/modules/shipments/fold-events.ts";
import type { LoggedEvent } from "#app/modules/shipments/stored-event.ts";
import { context, hour, scan } from "./stored-events.ts";

function fold(...events: LoggedEvent[]) {
  return foldEvents(events, context);
}

const label = scan({ status: "pre_transit", occurredAt: hour(0) });
const moving = scan({ status: "in_transit", occurredAt: hour(5), subStatus: "departed" });
const out = scan({ status: "out_for_delivery", occurredAt: hour(30) });
const delivered = scan({ status: "delivered", occurredAt: hour(34), subStatus: "mailbox" });

test("nothing heard is unknown since the parcel is known", () => {
  expect(fold()).toMatchObject({
    status: "unknown",
    statusAt: null,
    statusSince: context.createdAt,
    reason: null,
    eventCount: 0,
  });
});

test("the whole way, with the instants and the reason", () => {
  expect(fold(delivered, label, out, moving)).toEqual({
    status: "delivered",
    subStatus: "mailbox",
    statusAt: hour(34),
    statusSince: hour(34),
    reason: { rule: "code:delivered", fingerprint: delivered.fingerprint, source: "poll", at: hour(34).toISOString() },
    firstScanAt: hour(5),
    lastEventAt: hour(34),
    lastEvent: expect.objectContaining({ status: "delivered", code: "delivered" }),
    deliveredAt: hour(34),
    deliveredLocal: "2026-03-03T20:00:00",
    eventCount: 4,
    flags: [],
  });
});

test("a status began with its first scan; detail follows the newest", () => {
  const later = scan({ status: "in_transit", occurredAt: hour(9), subStatus: "arrived_at_facility" });
  expect(fold(moving, later)).toMatchObject({
    subStatus: "arrived_at_facility",
    statusAt: hour(5),
    lastEventAt: hour(9),
  });
});

describe("rule 2: order", () => {
  test("by instant, whatever the order of arrival and the carrier's sequence", () => {
    expect(fold({ ...out, sequence: 0 }, { ...moving, sequence: 9 }).status).toBe("out_for_delivery");
  });

  test("scans without an instant stay beside their neighbour in the carrier's sequence", () => {
    const naive = scan({ status: "in_transit", code: "PU", localTime: "2026-03-09T23:00:00", sequence: 1 });
    // The local text is days later than anything; the carrier put the scan between label and delivery.
    expect(fold({ ...label, sequence: 0 }, naive, { ...out, sequence: 2 }).status).toBe("out_for_delivery");
  });

  test("without any instant, wall clock goes by wall clock", () => {
    const early = scan({ status: "in_transit", localTime: "2026-03-03T08:00:00", sequence: 5 });
    const late = scan({ status: "out_for_delivery", localTime: "2026-03-04T08:00:00", sequence: 1 });
    expect(fold(late, early)).toMatchObject({ status: "out_for_delivery", statusAt: null, deliveredAt: null });
  });
});

describe("rule 3: label data", () => {
  test("never moves a parcel backwards, even when it is newest", () => {
    const late = scan({ status: "pre_transit", occurredAt: hour(20), code: "MP" });
    expect(fold(moving, late).status).toBe("in_transit");
    expect(fold(delivered, { ...late, occurredAt: hour(50) }).status).toBe("delivered");
  });

  test("is no first scan", () => {
    expect(fold(label)).toMatchObject({ status: "pre_transit", firstScanAt: null });
  });
});

describe("rule 4: delivered is sticky", () => {
  const after = (given: Partial<LoggedEvent> & Pick<LoggedEvent, "status">) => scan({ occurredAt: hour(40), ...given });

  test.each([
    ["a later movement", after({ status: "in_transit" }), "delivered", ["postDeliveryScans"]],
    [
      "an exception guessed from words",
      after({ status: "exception", rule: "text:problem" }),
      "delivered",
      ["postDeliveryScans"],
    ],
    ["a mere delay by code", after({ status: "exception", subStatus: "delayed" }), "delivered", ["postDeliveryScans"]],
    ["a coded delivery exception", after({ status: "exception", subStatus: "damaged" }), "exception", []],
    ["a coded failed attempt", after({ status: "delivery_attempted" }), "delivery_attempted", []],
    ["a return", after({ status: "return_to_sender" }), "return_to_sender", []],
    ["a correction by staff", after({ status: "in_transit", source: "staff" }), "in_transit", []],
  ] as const)("%s", (_name, event, status, flags) => {
    expect(fold(out, delivered, event)).toMatchObject({ status, flags });
  });

  test("a second delivered scan keeps the first time and the first detail", () => {
    const again = after({ status: "delivered", code: "POD", subStatus: "signed" });
    expect(fold(delivered, again)).toMatchObject({ deliveredAt: hour(34), subStatus: "mailbox", flags: [] });
  });

  test("delivered again after a reopening has the new time", () => {
    const attempt = after({ status: "delivery_attempted" });
    const again = after({ status: "delivered", code: "D2", occurredAt: hour(60) });
    expect(fold(delivered, attempt, again)).toMatchObject({ status: "delivered", deliveredAt: hour(60) });
  });
});

describe("rule 5: the carrier's published status", () => {
  const top = (status: LoggedEvent["status"], at: Date) =>
    scan({ status, occurredAt: at, rule: `top:${status}`, code: `top-${status}` });

  test("decides as of the newest scan of its answer, and a disagreement is flagged", () => {
    expect(fold(moving, top("exception", hour(5)))).toMatchObject({
      status: "exception",
      flags: ["statusConflict"],
      eventCount: 1,
    });
  });

  test("gives way to newer scans", () => {
    expect(fold(moving, top("exception", hour(5)), out)).toMatchObject({ status: "out_for_delivery", flags: [] });
  });

  test("does not undo a delivery, but may declare a return", () => {
    expect(fold(delivered, top("in_transit", hour(36)))).toMatchObject({ status: "delivered" });
    expect(fold(delivered, top("return_to_sender", hour(36)))).toMatchObject({ status: "return_to_sender" });
  });

  test("only the last one counts", () => {
    expect(fold(moving, top("delivered", hour(6)), top("exception", hour(7))).status).toBe("exception");
  });
});

describe("rule 8 and the margins", () => {
  test("unknown codes change nothing and are flagged", () => {
    const odd = scan({ status: "unknown", occurredAt: hour(6), unknownCode: true, code: "ZZ" });
    expect(fold(moving, odd)).toMatchObject({ status: "in_transit", flags: ["unknownCode"], eventCount: 2 });
  });

  test("scans of an earlier parcel with the same number are left out", () => {
    const old = scan({ status: "delivered", occurredAt: hour(-24 * 3 - 1), code: "OLD" });
    const oldLocal = scan({ status: "delivered", localTime: "2026-02-20T10:00:00", code: "OLDER" });
    expect(fold(old, oldLocal)).toMatchObject({ status: "unknown", eventCount: 0, flags: ["reusedNumber"] });
    expect(fold(scan({ status: "in_transit", occurredAt: hour(-24 * 3 + 1) })).status).toBe("in_transit");
  });

  test("delivered only when every piece is", () => {
    const share = (text: string) => scan({ status: "unknown", rule: `pieces:${text}`, code: text });
    expect(fold(out, delivered, share("1/2"))).toMatchObject({
      status: "in_transit",
      flags: ["partlyDelivered"],
      deliveredAt: null,
    });
    expect(fold(out, delivered, share("1/2"), share("2/2"))).toMatchObject({ status: "delivered", flags: [] });
  });
});

describe("the way back", () => {
  const back = scan({ status: "return_to_sender", occurredAt: hour(36), subStatus: "returning" });

  test("its scans do not read as progress, and its end is no delivery", () => {
    const leg = scan({ status: "in_transit", occurredAt: hour(40), code: "AR" });
    const home = scan({ status: "delivered", occurredAt: hour(50), code: "DL" });
    expect(fold(back, leg)).toMatchObject({
      status: "return_to_sender",
      subStatus: "returning",
      flags: ["movedAfterReturn"],
    });
    expect(fold(back, leg, home)).toMatchObject({
      status: "return_to_sender",
      subStatus: "returned",
      deliveredAt: null,
    });
  });

  test.each(["statusCode:033", "descriptionCode:033", "ice:RTRND", "derived:RS", "words:return to sender"])(
    "%s tells a return as a code does",
    (rule) => {
      const home = scan({ status: "delivered", occurredAt: hour(50), code: "FS" });
      expect(fold({ ...back, rule }, home)).toMatchObject({ status: "return_to_sender", subStatus: "returned" });
    },
  );

  test("a return only guessed from words does not hold the parcel", () => {
    const guess = { ...back, rule: "text:return" };
    expect(fold(guess, scan({ status: "in_transit", occurredAt: hour(40) })).status).toBe("in_transit");
  });
});

describe("Shopify's word", () => {
  const native = (status: LoggedEvent["status"], at: Date) =>
    scan({ status, occurredAt: at, source: "shopify", carrier: "shopify", code: `native-${status}` });

  test("counts while nothing better is known", () => {
    expect(fold(native("out_for_delivery", hour(3)))).toMatchObject({ status: "out_for_delivery", firstScanAt: null });
  });

  test.each([
    ["carries a parcel forward", [moving, native("delivered", hour(40))], "delivered"],
    ["does not carry it backward", [out, native("in_transit", hour(40))], "out_for_delivery"],
    [
      "does not touch a carrier's judgement",
      [scan({ status: "exception", occurredAt: hour(5) }), native("delivered", hour(40))],
      "exception",
    ],
    [
      "is overruled by the carrier's newer scan, a delivery included",
      [native("delivered", hour(2)), moving],
      "in_transit",
    ],
  ] as const)("%s", (_name, events, status) => {
    expect(fold(...events).status).toBe(status);
  });
});

describe("our decision to stop", () => {
  const decision = scan({
    status: "expired",
    source: "system",
    rule: "silent",
    occurredAt: hour(800),
    receivedAt: hour(800),
  });

  test("holds until anything new is heard", () => {
    expect(fold(moving, decision)).toMatchObject({ status: "expired", eventCount: 1, lastEventAt: hour(5) });
    const news = scan({ status: "in_transit", occurredAt: hour(790), code: "AR", receivedAt: hour(801) });
    expect(fold(moving, decision, news).status).toBe("in_transit");
  });

  test("says nothing about a parcel that had arrived", () => {
    expect(fold(delivered, decision).status).toBe("delivered");
  });
});
