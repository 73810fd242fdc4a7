import { InvalidInputError } from "#app/lib/errors.ts";
import type { AdminResult } from "#app/modules/shops/admin-api.ts";
import { askForOrders } from "./ask-for-orders.server.ts";
import type { OrdersDeps } from "./orders-deps.ts";
import { ORDERS_PAGE } from "./orders-page.graphql.ts";
import { Fields, flag, someText } from "./read-fields.ts";
import { readOrderNode } from "./read-order-node.ts";
import type { OrderSnapshot } from "./snapshot.ts";

/** One query: about 400 points by Shopify's rule, of 1,000 that a query and 2,000 that the bucket may hold. */
const ORDERS_PER_PAGE = 50;

export interface OrdersPage {
  snapshots: OrderSnapshot[];
  /** Orders that this page could not hold completely. */
  truncatedIds: string[];
  /** Where the next page starts; null after the last one. */
  nextCursor: string | null;
  problems: string[];
}

export type OrdersPageResult = { kind: "ok"; page: OrdersPage } | Exclude<AdminResult<never>, { kind: "ok" }>;

export interface OrdersPageRequest {
  shopId: string;
  query: string;
  cursor: string | null;
  /** Oldest change first (reconciliation), or newest order first (import: what is on its way comes first). */
  walk: "by_change" | "newest_first";
}

/** One page of a walk over the shop's orders. An order that cannot be read is noted; the others are not lost. */
export async function readOrdersPage(
  deps: Pick<OrdersDeps, "db" | "admin">,
  request: OrdersPageRequest,
): Promise<OrdersPageResult> {
  const answer = await askForOrders(deps, request.shopId, {
    document: ORDERS_PAGE,
    variables: {
      first: ORDERS_PER_PAGE,
      after: request.cursor,
      query: request.query,
      sortKey: request.walk === "by_change" ? "UPDATED_AT" : "CREATED_AT",
      reverse: request.walk === "newest_first",
    },
    urgency: "background",
  });
  return answer.kind === "ok" ? { kind: "ok", page: readPage(answer.data) } : answer;
}

/** @throws InvalidInputError when the answer is not a page of orders at all. */
function readPage(data: unknown): OrdersPage {
  const problems: string[] = [];
  const orders = Fields.of(data, "data", problems).object("orders");
  const pageInfo = orders?.object("pageInfo");
  if (!orders || !pageInfo) throw new InvalidInputError("data.orders: expected a page of orders");
  const nodes = orders.list("nodes", (node) => readOrderNode(node.source, node.path)) ?? [];
  problems.push(...nodes.flatMap((node) => node.problems));
  const more = pageInfo.required("hasNextPage", flag);
  return {
    snapshots: nodes.map((node) => node.value.snapshot),
    truncatedIds: nodes.flatMap(({ value }) => (value.truncated ? [value.snapshot.id] : [])),
    nextCursor: more ? pageInfo.required("endCursor", someText(2_000)) : null,
    problems,
  };
}
