import { enqueue } from "#app/jobs/define-job.ts";
import type { WebhookInput } from "./handle-order-webhook.server.ts";
import type { WebhookDeps, WebhookOutcome } from "./orders-deps.ts";
import { claimOwnEvent } from "./own-events.server.ts";
import { readFulfillmentEvent } from "./read-fulfillment-event.ts";
import { reportProblems } from "./report-problems.server.ts";

/**
 * `fulfillment_events/create`: a delivery event in Shopify's own history. What we wrote there ourselves comes back here
 * and is dropped. An event of an unknown fulfillment is not lost: its order is fetched, and its history with it.
 * @throws InvalidInputError when the body is not an event: trying again cannot help.
 */
export async function handleFulfillmentEvent(deps: WebhookDeps, input: WebhookInput): Promise<WebhookOutcome> {
  const { shopId } = input;
  const { value, problems } = readFulfillmentEvent(input.body);
  const { fulfillmentId, orderId, event } = value;
  reportProblems(deps.log, input, problems);
  return deps.db.forShop(shopId, async (tx) => {
    if (await claimOwnEvent(tx, { shopId, fulfillmentId, event, now: deps.clock.now() })) {
      return { kind: "ignored", reason: "our own event came back" };
    }
    const known = await tx.fulfillment.findUnique({
      where: { shopId_id: { shopId, id: fulfillmentId } },
      select: { id: true },
    });
    if (!known) {
      await enqueue({ queue: deps.queue, tx }, "orders.refresh", { shopId, orderId });
      return { kind: "ignored", reason: "its fulfillment is not known yet and is being fetched" };
    }
    await deps.nativeEvents.record(tx, { shopId, fulfillmentId, event });
    return { kind: "applied" };
  });
}
