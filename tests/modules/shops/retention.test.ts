import { beforeEach, describe, expect, it } from "vitest";
import { applyRetention } from "#app/modules/shops/apply-retention.server.ts";
import { makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { openEdge } from "./edge-services.ts";

const edge = keepOpen(openEdge);
let shopId: string;

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  ({ shopId } = await makeShop(edge.services.db, edge.clock, { settings: { privacy: { keepBuyerDataDays: 20 } } }));
});

async function order(options: { status?: string; cancelled?: boolean } = {}): Promise<string> {
  return edge.services.db.forShop(shopId, async (tx) => {
    const cancelledAt = options.cancelled ? edge.clock.now() : null;
    const { orderId } = await makeOrder(tx, edge.clock, { shopId, cancelledAt });
    if (options.status) await makeShipment(tx, edge.clock, { shopId, orderId, status: options.status });
    return orderId;
  });
}

const named = async () =>
  (await edge.rows<{ id: string }>("SELECT id FROM orders WHERE email IS NOT NULL ORDER BY id")).map(({ id }) => id);

describe("retention", () => {
  it("takes the buyer out of orders that ended long ago, and out of no other", async () => {
    const delivered = await order({ status: "delivered" });
    const travelling = await order({ status: "in_transit" });
    const cancelled = await order({ cancelled: true });
    const unshipped = await order();
    edge.clock.advance(15 * DAY);
    const recent = await order({ status: "delivered" });
    await applyRetention(edge.services);
    expect(await named()).toHaveLength(5);
    edge.clock.advance(6 * DAY);
    await applyRetention(edge.services);
    expect(await named()).toEqual([travelling, unshipped, recent].sort());
    expect([delivered, cancelled]).toHaveLength(2);
    const figures = await edge.rows("SELECT 1 FROM orders WHERE redacted_at IS NOT NULL AND total_minor = 14800");
    expect(figures).toHaveLength(2);
  });

  it("does not touch what it has redacted before", async () => {
    await order({ status: "delivered" });
    edge.clock.advance(21 * DAY);
    await applyRetention(edge.services);
    const first = await edge.rows("SELECT redacted_at, link_token_hash FROM orders");
    edge.clock.advance(DAY);
    await applyRetention(edge.services);
    expect(await edge.rows("SELECT redacted_at, link_token_hash FROM orders")).toEqual(first);
  });

  it("deletes webhook bodies when the shop's time is up, of every shop", async () => {
    const lenient = await makeShop(edge.services.db, edge.clock, { settings: { privacy: { keepBuyerDataDays: 365 } } });
    for (const owner of [shopId, lenient.shopId]) {
      await edge.services.deliveryWriter.write({
        ...{ owner: { shopId: owner }, source: "shopify", topic: "orders/create", deliveryKey: "1", headers: {} },
        ...{ eventId: null, accountId: null, apiVersion: null, triggeredAt: null, body: Buffer.from("{}") },
        receivedAt: edge.clock.now(),
      });
    }
    edge.clock.advance(21 * DAY);
    await applyRetention(edge.services);
    expect(await edge.rows("SELECT shop_id FROM inbound_delivery")).toEqual([{ shop_id: lenient.shopId }]);
    edge.clock.advance(10 * DAY);
    await applyRetention(edge.services);
    expect(await edge.rows("SELECT shop_id FROM inbound_delivery")).toEqual([]);
  });

  it("deletes counters of past windows and shops that were never opened", async () => {
    const shell = await makeShop(edge.services.db, edge.clock, { status: "pending" });
    await edge.rows("INSERT INTO rate_window (shop_id, key, starts_at, count) VALUES ($1, 'k', $2, 1)", [
      shopId,
      edge.clock.now(),
    ]);
    edge.clock.advance(31 * DAY);
    await applyRetention(edge.services);
    expect(await edge.rows("SELECT 1 FROM rate_window")).toEqual([]);
    expect(await edge.rows("SELECT 1 FROM shop WHERE id = $1", [shell.shopId])).toEqual([]);
    expect(await edge.rows("SELECT 1 FROM shop WHERE id = $1", [shopId])).toHaveLength(1);
  });
});
