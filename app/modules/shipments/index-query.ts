import { z } from "zod";
import { INDEX_TABS, PROBLEMS } from "./index-tabs.ts";

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** Everything comes from an address bar: what does not fit is left out rather than answered with an error. */
const schema = z.object({
  tab: z.enum(INDEX_TABS).catch("all"),
  q: optional(z.string().trim().min(1).max(100)),
  carrier: optional(z.string().regex(/^[a-z0-9_-]{1,40}$/)),
  country: optional(z.string().regex(/^[A-Z]{2}$/)),
  /** Civil dates in the shop's zone, both inclusive. */
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
  problem: optional(z.enum(PROBLEMS)),
  /** Only what was delivered on that day; goes with the tab "delivered". */
  day: optional(z.enum(["today", "yesterday"])),
  cursor: optional(z.string().max(200)),
});

export type IndexQuery = z.infer<typeof schema>;

export function readIndexQuery(search: URLSearchParams): IndexQuery {
  return schema.parse({ tab: "all", ...Object.fromEntries(search) });
}
