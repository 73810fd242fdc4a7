import { AppError } from "#app/lib/errors.ts";
import type { AdminResult } from "#app/modules/shops/admin-api.ts";
import { applyOrder } from "./apply-order.server.ts";
import { askForOrders } from "./ask-for-orders.server.ts";
import { ORDER_LINES_PAGE, ORDER_REFRESH } from "./order-refresh.graphql.ts";
import type { OrdersDeps } from "./orders-deps.ts";
import { claimOwnEvent } from "./own-events.server.ts";
import { Fields, flag, text } from "./read-fields.ts";
import { readHistory } from "./read-history.server.ts";
import { readLineNodes, readOrderNode } from "./read-order-node.ts";
import { reportProblems } from "./report-problems.server.ts";
import type { OrderLineSnapshot, OrderSnapshot } from "./snapshot.ts";

const MAX_LINE_PAGES = 4;
const MAX_HISTORIES = 10;

/** Shopify gave no answer this time. */
export class ShopifyUnavailableError extends AppError {
  readonly code = "shopify_unavailable";
  readonly retryable = true;
}

/** Shopify refuses our question: a mistake of ours, or a missing scope. */
export class ShopifyRefusedError extends AppError {
  readonly code = "shopify_refused";
  readonly retryable = false;
}

export type RefreshOutcome = { kind: "applied" } | { kind: "gone" } | { kind: "unauthorised" };

/**
 * Fetches one order whole, with its delivery histories: for what a webhook said too little about, or said before the
 * order was known.
 * @throws ShopifyUnavailableError, ShopifyRefusedError
 */
export async function refreshOrder(
  deps: OrdersDeps,
  { shopId, orderId }: { shopId: string; orderId: string },
): Promise<RefreshOutcome> {
  const answer = await askForOrders(deps, shopId, { document: ORDER_REFRESH, variables: { id: orderId } });
  if (answer.kind === "unauthorised") return { kind: "unauthorised" };
  const order = Fields.of(dataOf(answer), "data").object("order");
  if (order === null) return { kind: "gone" };
  const { value, problems } = readOrderNode(order.source);
  reportProblems(deps.log, { shopId, topic: "orders.refresh" }, problems);
  const lines = value.snapshot.lines ?? (await readAllLines(deps, shopId, order));
  const snapshot = { ...value.snapshot, lines };
  await deps.db.forShop(shopId, (tx) => applyOrder(tx, deps, { shopId, snapshot, origin: "live" }));
  await recordHistories(deps, shopId, snapshot);
  return { kind: "applied" };
}

/** The first page's lines and all that follow; null when there are more than we would keep. */
async function readAllLines(deps: OrdersDeps, shopId: string, order: Fields): Promise<OrderLineSnapshot[] | null> {
  const id = order.source["id"];
  let page = order.object("lineItems");
  const lines = readLineNodes(page) ?? [];
  for (let count = 0; count < MAX_LINE_PAGES; count += 1) {
    const pageInfo = page?.object("pageInfo");
    if (!pageInfo?.optional("hasNextPage", flag)) return lines;
    const after = pageInfo.optional("endCursor", text(1_000));
    const answer = await askForOrders(deps, shopId, { document: ORDER_LINES_PAGE, variables: { id, after } });
    page = Fields.of(dataOf(answer), "data").object("order")?.object("lineItems") ?? null;
    lines.push(...(readLineNodes(page) ?? []));
  }
  return lines;
}

/** Events that were written before we knew the fulfillment, or whose webhook never came. */
async function recordHistories(deps: OrdersDeps, shopId: string, order: OrderSnapshot): Promise<void> {
  const told = (order.fulfillments ?? []).filter((one) => one.nativeStatus !== null).slice(0, MAX_HISTORIES);
  for (const { id: fulfillmentId } of told) {
    const read = await readHistory(deps.admin, { shopId, fulfillmentId });
    if (read.kind === "gone" || read.kind === "unauthorised") continue;
    if (read.kind !== "ok") {
      dataOf(read);
      continue;
    }
    reportProblems(deps.log, { shopId, topic: "orders.refresh" }, read.problems);
    await deps.db.forShop(shopId, async (tx) => {
      for (const event of read.history.events.toReversed()) {
        const own = await claimOwnEvent(tx, { shopId, fulfillmentId, event, now: deps.clock.now() });
        if (!own) await deps.nativeEvents.record(tx, { shopId, fulfillmentId, event });
      }
    });
  }
}

function dataOf(answer: AdminResult<unknown>): unknown {
  switch (answer.kind) {
    case "ok":
      return answer.data;
    case "throttled":
      throw new ShopifyUnavailableError("throttled", { details: { retryAfterSeconds: answer.retryAfterSeconds } });
    case "unavailable":
      throw new ShopifyUnavailableError(answer.message);
    case "refused":
      throw new ShopifyRefusedError(answer.message);
    case "unauthorised":
      throw new ShopifyRefusedError("the shop has withdrawn its permission");
  }
}
