import { z } from "zod";
import { messageRulesSchema } from "../message-rules.ts";

/** What was asked for: everything that the answer depends on, besides the history. */
export const rehearsalRequest = z.object({
  /** Which rules are rehearsed. */
  of: z.enum(["draft", "published"]),
  days: z.number().int().min(1).max(90),
  from: z.coerce.date(),
  to: z.coerce.date(),
  rules: messageRulesSchema,
  rulesNumber: z.number().int(),
  /** Beside which the draft is laid; null where the published ones are rehearsed themselves. */
  published: messageRulesSchema.nullable(),
});
export type RehearsalRequest = z.infer<typeof rehearsalRequest>;

/** How much is rehearsed at most; what is left out is said. The newest orders count. */
export const REHEARSAL_LIMITS = { orders: 20_000, messages: 100_000, days: 90 } as const;
