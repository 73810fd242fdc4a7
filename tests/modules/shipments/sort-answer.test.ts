import { expect, test } from "vitest";
import { sortAnswer } from "#app/modules/shipments/sort-answer.ts";
import { carrierEvent, carrierShipment, hour } from "./stored-events.ts";

const moving = (number: string, at = hour(5)) => carrierShipment(number, [carrierEvent({ status: "in_transit" }, at)]);
const arrived = (number: string, at = hour(9)) => carrierShipment(number, [carrierEvent({ status: "delivered" }, at)]);
const rateLimited = { kind: "rate_limited" as const, retryable: true, message: "Slow down." };

test("each number gets its own answer, however the carrier spells it", () => {
  const refused = { kind: "invalid_number" as const, retryable: false, message: "No.", trackingNumber: "N1002" };
  const { byNumber, general } = sortAnswer({ shipments: [moving("n 1001")], errors: [refused] }, [
    "N1001",
    "N1002",
    "N1003",
  ]);
  expect(general).toBeNull();
  expect(byNumber.get("N1001")).toMatchObject({ kind: "shipment", pieces: null });
  expect(byNumber.get("N1002")).toEqual({ kind: "error", error: refused });
  expect(byNumber.get("N1003")).toMatchObject({ kind: "error", error: { kind: "not_found" } });
});

test("an error about the whole call is the answer for every number that has none of its own", () => {
  const { byNumber, general } = sortAnswer({ shipments: [moving("N1001")], errors: [rateLimited] }, ["N1001", "N1002"]);
  expect(general).toEqual(rateLimited);
  expect(byNumber.get("N1001")).toMatchObject({ kind: "shipment" });
  expect(byNumber.get("N1002")).toEqual({ kind: "error", error: rateLimited });
});

test("of two parcels with one number, the one scanned last is ours", () => {
  const { byNumber } = sortAnswer({ shipments: [arrived("N1001", hour(-900)), moving("N1001")], errors: [] }, [
    "N1001",
  ]);
  expect(byNumber.get("N1001")).toMatchObject({ shipment: { status: "in_transit" }, pieces: null });
});

test("a parcel whose pieces are all listed is taken together", () => {
  const pieces = [
    { ...arrived("N1001"), pieceCount: 2 },
    { ...moving("N1001"), pieceCount: 2 },
  ];
  const answer = sortAnswer({ shipments: pieces, errors: [] }, ["N1001"]).byNumber.get("N1001");
  expect(answer).toMatchObject({ pieces: { delivered: 1, total: 2 }, shipment: { topLevelStatus: null } });
  expect(answer?.kind === "shipment" && answer.shipment.events).toHaveLength(2);
});

test("a consignment is answered by its pieces, which name it beside numbers of their own", () => {
  const pieces = [
    { ...arrived("N1001"), alternateNumbers: ["C1"], pieceCount: 2 },
    { ...moving("N1002"), alternateNumbers: ["C1"], pieceCount: 2 },
  ];
  const { byNumber } = sortAnswer({ shipments: pieces, errors: [] }, ["C1", "N1001", "C2"]);
  expect(byNumber.get("C1")).toMatchObject({ kind: "shipment", pieces: { delivered: 1, total: 2 } });
  expect(byNumber.get("N1001")).toMatchObject({ kind: "shipment", pieces: null });
  expect(byNumber.get("C2")).toMatchObject({ kind: "error" });
});

test("what the carrier refuses by its number is not answered with another parcel", () => {
  const refused = { kind: "not_found" as const, retryable: true, message: "No.", trackingNumber: "C1" };
  const answer = { shipments: [{ ...moving("N1001"), alternateNumbers: ["C1"] }], errors: [refused] };
  expect(sortAnswer(answer, ["C1"]).byNumber.get("C1")).toEqual({ kind: "error", error: refused });
});
