import { describe, expect, test } from "vitest";
import { readOrderNode } from "#app/modules/orders/read-order-node.ts";
import { readOrderWebhook } from "#app/modules/orders/read-order-webhook.ts";
import { orderBody, orderNode } from "#tests/fixtures/shopify/store-order.ts";
import { storeFulfillment, storeOrder } from "./orders-world.ts";

describe("an order by GraphQL", () => {
  test("is the same as by webhook", () => {
    const order = storeOrder({
      addressPhone: "(503) 555-0142",
      tags: ["b", "a"],
      fulfillments: [
        storeFulfillment({ nativeStatus: "out_for_delivery", numbers: ["1ZA", "1ZB"] }),
        storeFulfillment({ status: "cancelled", nativeStatus: "in_transit" }),
        storeFulfillment({ numbers: [] }),
      ],
    });
    const node = readOrderNode(orderNode(order));
    expect(node.problems).toEqual([]);
    expect(node.value.truncated).toBe(false);
    const byWebhook = readOrderWebhook(orderBody(order)).value;
    expect(byWebhook.emailMarketing).toBe(true);
    expect(byWebhook.shipTo?.phone).toBe("(503) 555-0142");
    // Only the customer's own record has tags and the consent to texts, and only the product's its tags.
    expect(byWebhook.customer).toBeNull();
    expect(byWebhook.lines?.map((line) => line.productTags)).toEqual([null]);
    expect(node.value.snapshot).toEqual({
      ...byWebhook,
      customer: { tags: ["b2b", "vip"], smsMarketing: true },
      lines: byWebhook.lines?.map((line) => ({ ...line, productTags: [] })),
    });
  });

  test.each([
    ["nobody agreed to anything", { defaultPhoneNumber: null }, { tags: [], smsMarketing: false }],
    [
      "an opt-in that is not confirmed",
      { tags: [], defaultPhoneNumber: { smsMarketingConsent: { state: "PENDING" } } },
      { tags: [], smsMarketing: false },
    ],
  ])("reads the customer: %s", (_name, customer, expected) => {
    const node = { ...orderNode(storeOrder()), customer: { id: "gid://shopify/Customer/777", ...customer } };
    expect(readOrderNode(node).value.snapshot.customer).toEqual(expected);
  });

  test("that does not fit its page says so, and does not pass half of its lines off as all of them", () => {
    const lines = Array.from({ length: 31 }, (_, index) => ({
      id: `${index + 1}`,
      title: "T",
      quantity: 1,
      price: "1",
    }));
    const { value } = readOrderNode(orderNode(storeOrder({ lines })));
    expect(value.truncated).toBe(true);
    expect(value.snapshot.lines).toBeNull();
  });

  test("names the path of what it cannot do without", () => {
    expect(() => readOrderNode({ ...orderNode(storeOrder()), updatedAt: 5 }, "orders.nodes[3]")).toThrow(
      /^orders\.nodes\[3\]\.updatedAt: /,
    );
  });
});
