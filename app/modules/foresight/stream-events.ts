import { z } from "zod";

const At = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/);
const Id = z.string().min(1).max(100);
const Text = z.string().max(100).nullable().catch(null);
const Amount = z.number().nonnegative().nullable().catch(null);

const HandedOver = z.object({
  t: z.literal("handed"),
  id: Id,
  at: At,
  promised_on: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  origin_zip5: Text,
  origin_state: Text,
  dest_zip5: Text,
  dest_state: Text,
  distance_km: Amount,
  seller: Text,
  n_items: Amount,
  freight_value: Amount,
  standard_days: Amount,
});
export type HandedOver = z.infer<typeof HandedOver>;

/** What the predictor reads, one JSON object to a line. Times are local, without an offset. Other fields are ignored. */
export const StreamEvent = z.discriminatedUnion("t", [
  HandedOver,
  z.object({ t: z.literal("delivered"), id: Id, at: At }),
  z.object({ t: z.literal("predict"), id: Id, at: At, d: z.number().int().nonnegative() }),
]);
export type StreamEvent = z.infer<typeof StreamEvent>;
