import {
  requireScope,
  text,
  type AdminContext,
  type Arguments,
  type View,
} from "#tests/sandbox/shopify/graphql-context.ts";
import type { OrderRecord } from "#tests/sandbox/shopify/store-records.ts";
import { orderView } from "#tests/sandbox/shopify/views/order-view.ts";

const MAX_TAG_LENGTH = 40;

function changeTags(
  context: AdminContext,
  args: Arguments,
  change: (order: OrderRecord, tags: string[]) => string[],
): View {
  const order = context.store.order(text(args, "id"));
  if (!order) return { node: null, userErrors: [{ field: ["id"], message: "Order does not exist" }] };
  const tags = Array.isArray(args["tags"]) ? args["tags"].map((tag) => String(tag).trim()) : [];
  if (tags.some((tag) => tag.length > MAX_TAG_LENGTH)) {
    return {
      node: null,
      userErrors: [{ field: ["tags"], message: `Tags must be at most ${MAX_TAG_LENGTH} characters` }],
    };
  }
  const before = order.tags.join(",");
  order.tags = change(order, tags);
  if (order.tags.join(",") !== before) context.actions.orderUpdated(order);
  return { node: orderView(context, order), userErrors: [] };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export function tagMutations(context: AdminContext): View {
  return {
    tagsAdd: (args: Arguments) => {
      requireScope(context, "tagsAdd", "write_orders");
      return changeTags(context, args, (order, tags) => [
        ...order.tags,
        ...tags.filter((tag) => tag !== "" && !order.tags.some((held) => same(held, tag))),
      ]);
    },
    tagsRemove: (args: Arguments) => {
      requireScope(context, "tagsRemove", "write_orders");
      return changeTags(context, args, (order, tags) =>
        order.tags.filter((held) => !tags.some((tag) => same(tag, held))),
      );
    },
  };
}
