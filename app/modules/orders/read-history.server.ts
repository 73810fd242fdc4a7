import { z } from "zod";
import type { AdminApi, AdminResult } from "#app/modules/shops/admin-api.ts";
import { FULFILLMENT_HISTORY } from "./fulfillment-events.graphql.ts";
import type { NativeEvent } from "./native-events.ts";
import { Fields, someText } from "./read-fields.ts";
import { readFulfillmentEventNode } from "./read-fulfillment-event.ts";

/** A fulfillment and its delivery events as Shopify has them at this moment. */
export interface FulfillmentHistory {
  /** Lower case */
  status: string;
  orderCancelled: boolean;
  events: NativeEvent[];
}

export type HistoryResult =
  | { kind: "ok"; history: FulfillmentHistory; problems: string[] }
  | { kind: "gone" }
  | Exclude<AdminResult<never>, { kind: "ok" }>;

/** Reads Shopify's delivery history of one fulfillment. */
export async function readHistory(
  admin: AdminApi,
  { shopId, fulfillmentId }: { shopId: string; fulfillmentId: string },
): Promise<HistoryResult> {
  const answer = await admin.query<{ fulfillment: unknown }>(shopId, {
    document: FULFILLMENT_HISTORY,
    variables: { id: fulfillmentId },
    urgency: "background",
  });
  if (answer.kind !== "ok") return answer;
  const problems: string[] = [];
  const fields = Fields.of(answer.data, "data", problems).object("fulfillment");
  if (fields === null) return { kind: "gone" };
  const history = {
    status: fields.required("status", someText(40)).toLowerCase(),
    orderCancelled: fields.object("order")?.has("cancelledAt") ?? false,
    events: fields.object("events")?.list("nodes", readFulfillmentEventNode) ?? [],
  };
  return { kind: "ok", history, problems };
}

const added = z.object({
  fulfillmentEventCreate: z
    .object({
      fulfillmentEvent: z.object({ id: z.string() }).nullable(),
      userErrors: z.array(z.object({ message: z.string() })).default([]),
    })
    .nullable(),
});

/** What Shopify said to a new event: its id, or why not. */
export function readAddedEvent(data: unknown): { kind: "added"; id: string } | { kind: "refused"; message: string } {
  const answer = added.parse(data).fulfillmentEventCreate;
  if (answer?.fulfillmentEvent) return { kind: "added", id: answer.fulfillmentEvent.id };
  return { kind: "refused", message: answer?.userErrors.map((one) => one.message).join("; ") || "no event came back" };
}
