import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CarrierEvent } from "#app/modules/carriers/carrier.ts";
import { buildShipment, orderEvents, reduceEvents, removeDuplicates } from "#app/modules/carriers/reduce-events.ts";

const DAY = "2026-03-10";

function scan(minute: number, status: CarrierEvent["status"], more: Partial<CarrierEvent> = {}): CarrierEvent {
  const clock = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00`;
  return {
    at: { local: `${DAY}T${clock}`, offset: "+00:00", utc: `${DAY}T${clock}Z` },
    status,
    subStatus: null,
    code: status,
    description: `${status} ${minute}`,
    location: null,
    countryCode: null,
    unknownCode: false,
    rule: `code:${status}`,
    sequence: minute,
    raw: null,
    ...more,
  };
}

function withoutInstant(event: CarrierEvent): CarrierEvent {
  return { ...event, at: event.at && { ...event.at, offset: null, utc: null } };
}

const statuses = (events: readonly CarrierEvent[]) => events.map((event) => event.status);

describe("reduceEvents", () => {
  test("the newest scan decides, wherever it stands in the list", () => {
    const events = [scan(3, "out_for_delivery"), scan(1, "pre_transit"), scan(2, "in_transit")];
    expect(reduceEvents(events)).toMatchObject({ status: "out_for_delivery", deliveredAt: null });
  });

  test("label data never moves a parcel back", () => {
    expect(reduceEvents([scan(1, "in_transit"), scan(2, "pre_transit")]).status).toBe("in_transit");
  });

  test("a scan that nobody understands changes nothing", () => {
    expect(reduceEvents([scan(1, "in_transit"), scan(2, "unknown", { unknownCode: true })]).status).toBe("in_transit");
    expect(reduceEvents([]).status).toBe("unknown");
  });

  test("delivered stays delivered through late scans and mere delays", () => {
    const late = [scan(3, "in_transit"), scan(4, "exception", { subStatus: "delayed" }), scan(5, "out_for_delivery")];
    expect(reduceEvents([scan(2, "delivered"), ...late])).toMatchObject({
      status: "delivered",
      deliveredAt: { utc: "2026-03-10T00:02:00Z" },
    });
  });

  test("a return, or a delivery problem told by code, reopens it; one told by words does not", () => {
    const after = (event: CarrierEvent) => reduceEvents([scan(1, "delivered"), event]).status;
    expect(after(scan(2, "return_to_sender", { rule: "text:return to sender" }))).toBe("return_to_sender");
    expect(after(scan(2, "exception", { subStatus: "refused" }))).toBe("exception");
    expect(after(scan(2, "delivery_attempted", { rule: "text:attempt" }))).toBe("delivered");
  });

  test("a parcel that is delivered on its way back is with its sender, unless only words told the return", () => {
    const wayBack = (rule: string) =>
      reduceEvents([
        scan(1, "out_for_delivery"),
        scan(2, "return_to_sender", { subStatus: "returning", rule }),
        scan(3, "in_transit"),
        scan(4, "delivered"),
      ]);
    const returned = { status: "return_to_sender", subStatus: "returned", deliveredAt: null };
    for (const rule of ["code:RS", "statusCode:033", "ice:RTRND", "words:returned"]) {
      expect(wayBack(rule)).toEqual(returned);
    }
    expect(wayBack("text:return to sender").status).toBe("delivered");
  });

  test("any order and any repetition of the same scans gives the same state", () => {
    const events = [
      scan(1, "pre_transit"),
      scan(2, "in_transit"),
      scan(3, "delivery_attempted"),
      scan(4, "delivered"),
      scan(5, "in_transit"),
    ];
    const order = fc.array(fc.constantFrom(...events), { minLength: 5, maxLength: 20 });
    fc.assert(
      fc.property(order, (some) => {
        const all = [...some, ...events];
        expect(reduceEvents(all)).toEqual(reduceEvents(events));
        expect(statuses(orderEvents(removeDuplicates(all)))).toEqual(statuses(events));
      }),
      { numRuns: 200 },
    );
  });
});

describe("orderEvents", () => {
  test("without any instant: by wall clock, then by the carrier's order", () => {
    const events = [scan(2, "in_transit"), scan(1, "pre_transit"), scan(2, "delivered", { sequence: 9 })].map(
      withoutInstant,
    );
    expect(statuses(orderEvents(events))).toEqual(["pre_transit", "in_transit", "delivered"]);
  });

  test("a scan without an instant stays beside its neighbour: local text is never compared with UTC", () => {
    // 09:00 local in Asia is 01:00 UTC; the naive scan says 08:00 and came after it.
    const known = { ...scan(60, "in_transit"), sequence: 1 };
    const naive = { ...withoutInstant(scan(8 * 60, "out_for_delivery")), sequence: 2 };
    const later = { ...scan(120, "delivered"), sequence: 3 };
    expect(statuses(orderEvents([later, naive, known]))).toEqual(["in_transit", "out_for_delivery", "delivered"]);
  });
});

test("removeDuplicates keeps two different scans of one second, and drops the same scan from a reformatted place", () => {
  const first = scan(1, "in_transit", { code: "RZ", description: "Released.", location: "PARIS, FR" });
  const same = { ...first, description: "RELEASED", location: "Paris, France" };
  const other = { ...first, description: "Information received" };
  expect(removeDuplicates([first, same, other])).toEqual([first, other]);
});

test("buildShipment: an authoritative status wins, and a delivery time is never invented", () => {
  const top = { status: "delivered" as const, subStatus: null, code: "delivered" };
  const shipment = buildShipment({ trackingNumber: "1", topLevelStatus: top }, [scan(1, "in_transit")]);
  expect(shipment).toMatchObject({ status: "delivered", deliveredAt: null });
});
