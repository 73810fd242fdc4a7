import { applyOrder } from "./apply-order.server.ts";
import type { WebhookDeps, WebhookOutcome } from "./orders-deps.ts";
import { readOrderWebhook } from "./read-order-webhook.ts";
import { reportProblems } from "./report-problems.server.ts";

export interface WebhookInput {
  shopId: string;
  /** "orders/create", as in the header. */
  topic: string;
  /** The parsed body; integers beyond 2^53 arrive as text. */
  body: unknown;
  triggeredAt: Date | null;
}

/**
 * `orders/create`, `orders/updated`, `orders/cancelled`.
 * @throws InvalidInputError when the body is not an order: trying again cannot help.
 */
export async function handleOrderWebhook(deps: WebhookDeps, input: WebhookInput): Promise<WebhookOutcome> {
  const { value: snapshot, problems } = readOrderWebhook(input.body);
  reportProblems(deps.log, input, problems);
  const result = await deps.db.forShop(input.shopId, (tx) =>
    applyOrder(tx, deps, {
      shopId: input.shopId,
      snapshot,
      origin: "live",
      onlyIfNewer: input.topic === "orders/create",
    }),
  );
  return result.stale > 0 && result.changes === 0
    ? { kind: "ignored", reason: "older than what is stored" }
    : { kind: "applied" };
}
