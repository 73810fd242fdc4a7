import { z } from "zod";
import { list, MAX_EVENTS, text, wholeNumber, withRaw } from "../read-json.ts";

const event = withRaw({ location: text(200), description: text(500), date: text(40) });

const article = {
  article_id: text(60),
  consignment_id: text(60),
  product_type: text(120),
  status: text(120),
  number_of_items: wholeNumber(),
  events: list(event, { max: MAX_EVENTS, keep: "first" }),
};

/** An article, or a consignment that holds its articles one level deeper. */
const item = z.object({ ...article, items: list(z.object(article), { max: 100 }) });

/** Only one answer spells the fields with a prefix: that of too many requests. */
const remark = z.object({
  code: text(40),
  name: text(120),
  message: text(300),
  error_code: text(40),
  error_name: text(120),
});

const result = z.object({
  tracking_id: text(60),
  status: text(120),
  errors: list(remark, { max: 10 }),
  trackable_items: list(item, { max: 100 }),
});

/** Answer of `GET /shipping/v1/track`. */
export const australiaPostAnswer = z.object({
  tracking_results: list(result, { max: 100 }),
  errors: list(remark, { max: 20 }),
});

export type AustraliaPostResult = z.output<typeof result>;
export type AustraliaPostArticle = z.output<typeof item> | z.output<typeof item>["items"][number];
export type AustraliaPostEvent = z.output<typeof event>;
export type AustraliaPostRemark = z.output<typeof remark>;
