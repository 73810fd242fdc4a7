import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { WRITE_BACK } from "#app/modules/orders/write-back-intent.ts";
import { action } from "#app/routes/webhooks.shopify.ts";
import { orderBody, signedWebhook } from "#tests/modules/intake/signed-webhook.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";

const ORDER = "6900000000001";
const FULFILLMENT = "5900000000001";
const EVENT = "4900000000001";

const edge = keepOpen(openRouteEdge);
let shopId: string;
let domain: string;

beforeAll(async () => {
  ({ shopId, domain } = await makeShop(edge.services.db, edge.clock));
  await send("orders/create", orderBody({ id: ORDER }));
});

/** Sends a signed webhook, runs its job, and tells what became of it. */
async function send(topic: string, body: object | string): Promise<Record<string, unknown> | undefined> {
  const webhookId = randomUUID();
  const request = signedWebhook({ topic, domain, body, webhookId });
  expect((await action({ request, params: {}, context: {} })).status).toBe(200);
  await edge.drain();
  const sql = "SELECT status, outcome FROM inbound_delivery WHERE delivery_key = $1";
  return (await edge.rows<Record<string, unknown>>(sql, [webhookId]))[0];
}

function fulfillment(numbers: string[], updatedAt: string): object {
  return {
    ...{ id: Number(FULFILLMENT), admin_graphql_api_id: `gid://shopify/Fulfillment/${FULFILLMENT}` },
    ...{ order_id: Number(ORDER), name: "#1042.1", status: "success", shipment_status: null, line_items: [] },
    ...{ created_at: "2026-11-20T06:00:00-06:00", updated_at: updatedAt },
    ...{ tracking_company: "UPS", tracking_number: numbers[0] ?? null, tracking_numbers: numbers, tracking_urls: [] },
  };
}

const parcels = async () =>
  edge.rows("SELECT tracking_number, lifecycle FROM shipment WHERE shop_id = $1 ORDER BY tracking_number", [shopId]);

it("follows the numbers of a fulfillment as they are edited, whatever order the messages come in", async () => {
  const both = ["1Z999AA10123456784", "1Z999AA10123456785"];
  expect(await send("fulfillments/update", fulfillment(both, "2026-11-20T06:02:00-06:00"))).toMatchObject({
    status: "processed",
  });
  expect(await send("fulfillments/create", fulfillment([], "2026-11-20T06:00:00-06:00"))).toMatchObject({
    status: "ignored",
  });
  expect(await parcels()).toEqual(both.map((number) => ({ tracking_number: number, lifecycle: "active" })));
  await send("fulfillments/update", fulfillment(both.slice(0, 1), "2026-11-20T06:03:00-06:00"));
  expect(await parcels()).toEqual([
    { tracking_number: both[0], lifecycle: "active" },
    { tracking_number: both[1], lifecycle: "removed" },
  ]);
});

it("knows its own event when it comes back", async () => {
  const now = edge.clock.now();
  await edge.services.db.forShop(shopId, (tx) =>
    tx.effect.create({
      data: {
        ...{
          shopId,
          id: "eff_own",
          kind: WRITE_BACK,
          businessKey: "own",
          subjectId: `gid://shopify/Fulfillment/${FULFILLMENT}`,
        },
        ...{
          state: "done",
          payload: {},
          providerId: `gid://shopify/FulfillmentEvent/${EVENT}`,
          createdAt: now,
          updatedAt: now,
        },
      },
    }),
  );
  const event = (id: string) => ({
    ...{ id: Number(id), admin_graphql_api_id: `gid://shopify/FulfillmentEvent/${id}` },
    ...{
      fulfillment_id: Number(FULFILLMENT),
      order_id: Number(ORDER),
      shop_id: 1,
      status: "in_transit",
      message: null,
    },
    ...{ happened_at: "2026-11-20T06:10:00-06:00", created_at: "2026-11-20T06:10:00-06:00" },
    ...{ updated_at: "2026-11-20T06:10:00-06:00", city: null, province: null, country: null, zip: null },
  });
  const own = await send("fulfillment_events/create", event(EVENT));
  expect(own).toEqual({ status: "ignored", outcome: "our own event came back" });
  const foreign = await send("fulfillment_events/create", event("4900000000002"));
  expect(foreign).toMatchObject({ status: "processed" });
});
