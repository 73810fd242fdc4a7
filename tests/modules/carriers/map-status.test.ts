import { describe, expect, test } from "vitest";
import { byText, isCodedRule } from "#app/modules/carriers/map-status.ts";

describe("byText", () => {
  test.each([
    "Delivered",
    "DELIVERED, FRONT DOOR/PORCH",
    "Package has been delivered to the recipient",
    "Item delivered, signed for by J. DOE",
    "Delivered to a neighbour",
    "Delivered, parcel locker",
  ])("takes %s for a delivery", (words) => {
    expect(byText(words)).toMatchObject({ status: "delivered", rule: "text:delivered", unknownCode: false });
  });

  test.each([
    "Delivered to original sender",
    "Delivered to shipper",
    "Delivered back to the merchant",
    "Delivered to returns department",
    "Delivered to local carrier",
    "Delivered to courier partner",
    "Delivered to delivery agent for final delivery",
    "Delivered to sorting center",
    "Delivered to destination hub",
    "Delivered to airline",
    "Delivered to customs",
    "Delivered to parcel shop",
    "Delivered to pick-up point, awaiting collection",
    "Delivered to collection point",
    "Delivered to post office",
    "Delivered to UPS Access Point",
    "Delivered partially",
    "Delivered: attempt failed",
    "Delivered tomorrow",
    "Not delivered",
    "Undelivered",
    "Will be delivered today",
    "To be delivered",
    "Could not be delivered",
    "Nicht zugestellt",
    "Non livré",
    "No entregado",
    "Niet bezorgd",
  ])("does not take %s for one", (words) => {
    expect(byText(words).status).not.toBe("delivered");
  });
});

test("isCodedRule: whatever field a code stood in, and never a guess from words", () => {
  const coded = ["code:DL", "type:D", "statusCode:033", "ice:RTRND", "words:returned", "mapped:X1", "top:delivered"];
  expect(coded.filter((rule) => !isCodedRule(rule))).toEqual([]);
  expect(["none", "text:delivered"].filter(isCodedRule)).toEqual([]);
});
