import { describe, expect, test } from "vitest";
import { readOrderNode } from "#app/modules/orders/read-order-node.ts";
import { readOrderWebhook } from "#app/modules/orders/read-order-webhook.ts";
import { orderBody, orderNode } from "#tests/fixtures/shopify/store-order.ts";
import { storeFulfillment, storeOrder } from "./orders-world.ts";

describe("an order by GraphQL", () => {
  test("is the same as by webhook", () => {
    const order = storeOrder({
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
    expect(node.value.snapshot).toEqual(readOrderWebhook(orderBody(order)).value);
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
