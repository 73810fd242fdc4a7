import { describe, expect, test } from "vitest";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import { type HistoryEvent, lacks } from "#app/modules/orders/native-history.ts";
import type { NativeStatus } from "#app/modules/orders/write-back-intent.ts";
import {
  decideWriteBack,
  nativeWordFor,
  type WriteBackFacts,
  type WriteBackParcel,
} from "#app/modules/orders/write-back-rules.ts";

const NOW = new Date("2026-11-20T12:00:00Z");
const at = (hoursAgo: number) => new Date(NOW.getTime() - hoursAgo * 3_600_000);

function parcel(status: ShipmentStatus, changes: Partial<WriteBackParcel> = {}): WriteBackParcel {
  return {
    ...{ id: "shp_1", status, subStatus: null, statusAt: at(2), statusSince: at(1) },
    ...{ estimatedDeliveryAt: null, message: null },
    ...changes,
  };
}

function facts(parcels: WriteBackParcel[], changes: Partial<WriteBackFacts> = {}): WriteBackFacts {
  return {
    ...{ enabled: true, now: NOW, orderCancelled: false, fulfillmentId: "gid://shopify/Fulfillment/1" },
    ...{ fulfillmentStatus: "success", nativeStatus: null, parcels },
    ...changes,
  };
}

/** "IN_TRANSIT", or why nothing is written. */
function told(given: WriteBackFacts): string {
  const decision = decideWriteBack(given);
  return decision.kind === "write" ? decision.intent.status : decision.reason;
}

describe("the word for a parcel's state", () => {
  test.each<[ShipmentStatus, SubStatus | null, NativeStatus | null]>([
    ["unknown", null, null],
    ["pre_transit", "label_created", null],
    ["in_transit", null, "IN_TRANSIT"],
    ["in_transit", "picked_up", "CARRIER_PICKED_UP"],
    ["out_for_delivery", null, "OUT_FOR_DELIVERY"],
    ["available_for_pickup", "locker", "READY_FOR_PICKUP"],
    ["delivery_attempted", "nobody_home", "ATTEMPTED_DELIVERY"],
    ["delivered", "signed", "DELIVERED"],
    ["exception", "weather", "DELAYED"],
    ["exception", "customs_hold", "DELAYED"],
    ["exception", "lost", "FAILURE"],
    ["return_to_sender", "returning", "FAILURE"],
    ["cancelled", null, null],
    ["expired", null, null],
  ])("%s, %s: %s", (status, subStatus, expected) => {
    expect(nativeWordFor({ status, subStatus })).toBe(expected);
  });
});

describe("what Shopify is told", () => {
  const moving = parcel("in_transit", { id: "shp_2" });
  test.each<[string, WriteBackFacts, string]>([
    ["nothing while switched off", facts([moving], { enabled: false }), "switched_off"],
    ["nothing about a cancelled order", facts([moving], { orderCancelled: true }), "cancelled"],
    ["nothing about a cancelled fulfillment", facts([moving], { fulfillmentStatus: "cancelled" }), "cancelled"],
    ["nothing after delivered", facts([moving], { nativeStatus: "delivered" }), "already_delivered"],
    ["nothing without parcels", facts([]), "no_parcels"],
    ["nothing about a voided label alone", facts([parcel("cancelled")]), "no_parcels"],
    ["the one parcel's state", facts([moving]), "IN_TRANSIT"],
    ["the least advanced of several", facts([parcel("delivered"), moving]), "IN_TRANSIT"],
    ["nothing while one has not moved", facts([parcel("delivered"), parcel("pre_transit")]), "nothing_to_tell"],
    ["delivered when all are", facts([parcel("delivered"), parcel("delivered")]), "DELIVERED"],
    ["delivered when the rest were voided", facts([parcel("delivered"), parcel("cancelled")]), "DELIVERED"],
    ["failure rather than a false delivered", facts([parcel("delivered"), parcel("return_to_sender")]), "FAILURE"],
    ["fresh news without a time", facts([parcel("in_transit", { statusAt: null })]), "IN_TRANSIT"],
    [
      "no old news without a time",
      facts([parcel("in_transit", { statusAt: null, statusSince: at(7) })]),
      "time_unknown_and_old",
    ],
  ])("%s", (_name, given, expected) => {
    expect(told(given)).toBe(expected);
  });

  test("is dated when the last parcel got there, and never with a guess", () => {
    const [early, late] = [
      parcel("delivered", { statusAt: at(9) }),
      parcel("delivered", { statusAt: at(3), id: "shp_9" }),
    ];
    expect(decideWriteBack(facts([early, late]))).toMatchObject({
      intent: { happenedAt: at(3).toISOString(), shipmentId: "shp_9" },
    });
    expect(decideWriteBack(facts([early, parcel("delivered", { statusAt: null })]))).toMatchObject({
      intent: { happenedAt: null },
    });
  });

  test("carries an estimate only while it lies ahead", () => {
    const estimates = [at(-20), at(5)].map((estimatedDeliveryAt) => {
      const decision = decideWriteBack(facts([parcel("in_transit", { estimatedDeliveryAt })]));
      return decision.kind === "write" ? decision.intent.estimatedDeliveryAt : "skipped";
    });
    expect(estimates).toEqual([at(-20).toISOString(), null]);
  });
});

describe("what Shopify lacks", () => {
  type News = { status: NativeStatus; happenedAt: Date | null };
  const event = (status: string, hoursAgo: number): HistoryEvent => ({ status, happenedAt: at(hoursAgo) });
  test.each<[string, News, HistoryEvent[], string]>([
    ["an empty history lacks everything", { status: "IN_TRANSIT", happenedAt: at(1) }, [], "lacks"],
    [
      "what is there is not repeated",
      { status: "IN_TRANSIT", happenedAt: at(1) },
      [event("in_transit", 5)],
      "already_there",
    ],
    ["progress goes on", { status: "OUT_FOR_DELIVERY", happenedAt: at(1) }, [event("in_transit", 5)], "lacks"],
    ["progress never goes back", { status: "IN_TRANSIT", happenedAt: at(1) }, [event("out_for_delivery", 5)], "behind"],
    [
      "nothing follows delivered",
      { status: "FAILURE", happenedAt: at(1) },
      [event("delivered", 5)],
      "already_delivered",
    ],
    ["bad news may follow progress", { status: "DELAYED", happenedAt: at(1) }, [event("out_for_delivery", 5)], "lacks"],
    [
      "the same bad news is told once",
      { status: "DELAYED", happenedAt: at(1) },
      [event("delayed", 5)],
      "already_there",
    ],
    [
      "the same bad news is told again after progress",
      { status: "ATTEMPTED_DELIVERY", happenedAt: at(1) },
      [event("attempted_delivery", 30), event("out_for_delivery", 5)],
      "lacks",
    ],
    [
      "the same progress is told again after bad news",
      { status: "OUT_FOR_DELIVERY", happenedAt: at(1) },
      [event("attempted_delivery", 20), event("out_for_delivery", 24)],
      "lacks",
    ],
    [
      "but not when it happened before the bad news",
      { status: "OUT_FOR_DELIVERY", happenedAt: at(22) },
      [event("attempted_delivery", 20), event("out_for_delivery", 24)],
      "already_there",
    ],
    [
      "nor without a time",
      { status: "OUT_FOR_DELIVERY", happenedAt: null },
      [event("attempted_delivery", 20), event("out_for_delivery", 24)],
      "already_there",
    ],
    [
      "a later state after bad news",
      { status: "DELIVERED", happenedAt: at(1) },
      [event("failure", 5), event("in_transit", 9)],
      "lacks",
    ],
  ])("%s", (_name, news, history, expected) => {
    const verdict = lacks(news, history);
    expect(verdict.kind === "lacks" ? "lacks" : verdict.reason).toBe(expected);
  });
});
