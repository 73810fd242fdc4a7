import { z } from "zod";
import { CHANNELS } from "./channels/channel.ts";
import { DELIVERY_STATES } from "./provider-events/fold-delivery.ts";

/** Where a message of the ledger stands with us. */
export const MESSAGE_STATES = ["queued", "sending", "sent", "failed", "unknown", "dropped", "suppressed"] as const;

const civil = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const messageId = z.string().regex(/^ntf_[a-z0-9]{1,40}$/);
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** What a merchant looks for in the log, as it stands in the page's address; what makes no sense is left out. */
export const logQuery = z.object({
  state: optional(z.enum(MESSAGE_STATES)),
  kind: optional(z.string().regex(/^[a-z_]{1,40}$/)),
  channel: optional(z.enum(CHANNELS)),
  delivery: optional(z.enum(DELIVERY_STATES)),
  /** Days of the shop's calendar, both included. */
  from: optional(civil),
  to: optional(civil),
  /** Order name, tracking number, e-mail address or telephone number. */
  q: optional(z.string().trim().min(1).max(200)),
  /** Everything to the person that this message went to. */
  person: optional(messageId),
  /** Gid of an order. */
  order: optional(z.string().regex(/^gid:\/\/shopify\/Order\/\d{1,25}$/)),
  after: optional(messageId),
});
export type LogQuery = z.infer<typeof logQuery>;

/** The question of a page's address. */
export function readLogQuery(url: string): LogQuery {
  return logQuery.parse(Object.fromEntries(new URL(url).searchParams));
}
