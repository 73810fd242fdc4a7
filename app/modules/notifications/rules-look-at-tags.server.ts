import type { ShopTx } from "#app/lib/db.server.ts";
import type { Condition } from "./message-rules.ts";
import { readPublished } from "./rule-sets.server.ts";

/** What a condition may look at that only a question to Shopify tells of a new order. */
const TAGS: ReadonlySet<Condition["field"]> = new Set(["product_tag", "customer_tag"]);

/** Whether a rule of the shop that messages are decided by, and that is on, looks at the tags of products or customers. */
export async function rulesLookAtTags(tx: ShopTx, shopId: string): Promise<boolean> {
  const { rules } = await readPublished(tx, shopId);
  return Object.values(rules.events).some((event) =>
    event.rules.some(({ on, when }) => on && when.some(({ field }) => TAGS.has(field))),
  );
}
