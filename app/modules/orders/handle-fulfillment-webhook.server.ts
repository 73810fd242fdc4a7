import { enqueue } from "#app/jobs/define-job.ts";
import { applyFulfillments } from "./apply-fulfillments.server.ts";
import { originRule, readShop } from "./apply-order.server.ts";
import type { WebhookInput } from "./handle-order-webhook.server.ts";
import type { WebhookDeps, WebhookOutcome } from "./orders-deps.ts";
import { readFulfillmentWebhook } from "./read-fulfillment-webhook.ts";
import { reportProblems } from "./report-problems.server.ts";
import { lockOrders } from "./store-orders.server.ts";

/**
 * `fulfillments/create`, `fulfillments/update`. A fulfillment that arrives before its order is not lost: the order is
 * fetched, and brings it along.
 * @throws InvalidInputError when the body is not a fulfillment: trying again cannot help.
 */
export async function handleFulfillmentWebhook(deps: WebhookDeps, input: WebhookInput): Promise<WebhookOutcome> {
  const { shopId } = input;
  const { value: fulfillment, problems } = readFulfillmentWebhook(input.body);
  reportProblems(deps.log, input, problems);
  return deps.db.forShop(shopId, async (tx) => {
    const orders = await lockOrders(tx, shopId, [fulfillment.orderId]);
    if (orders.size === 0) {
      await enqueue({ queue: deps.queue, tx }, "orders.refresh", { shopId, orderId: fulfillment.orderId });
      return { kind: "ignored", reason: "its order is not known yet and is being fetched" };
    }
    const result = await applyFulfillments(tx, deps, {
      shopId,
      fulfillments: [fulfillment],
      orders,
      rule: originRule(deps, { origin: "live" }, (await readShop(tx, shopId)).installedAt),
      onlyIfNewer: input.topic === "fulfillments/create",
    });
    return result.current.length === 0 ? { kind: "ignored", reason: "older than what is stored" } : { kind: "applied" };
  });
}
