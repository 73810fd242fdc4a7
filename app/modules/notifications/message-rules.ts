import { z } from "zod";
import { CHANNELS } from "./channels/channel.ts";

const channel = z.enum(CHANNELS);
const words = z.array(z.string().trim().min(1).max(80)).min(1).max(50);
const country = z.string().regex(/^[A-Z]{2}$/);

/** One thing that must hold for a rule to apply. Lists mean "one of these". */
export const condition = z.discriminatedUnion("field", [
  z.object({ field: z.literal("carrier"), is: z.enum(["any_of", "none_of"]), values: words }),
  z.object({ field: z.literal("service"), is: z.enum(["contains", "contains_not"]), values: words }),
  z.object({
    field: z.literal("destination"),
    is: z.enum(["any_of", "none_of"]),
    values: z.array(country).min(1).max(250),
  }),
  z.object({ field: z.literal("international"), is: z.boolean() }),
  z.object({ field: z.literal("shipping_option"), is: z.enum(["contains", "contains_not"]), values: words }),
  z.object({ field: z.literal("order_tag"), is: z.enum(["any_of", "none_of"]), values: words }),
  z.object({ field: z.literal("customer_tag"), is: z.enum(["any_of", "none_of"]), values: words }),
  z.object({ field: z.literal("product_tag"), is: z.enum(["any_of", "none_of"]), values: words }),
  /** Minor units of the shop's currency. */
  z.object({
    field: z.literal("order_value"),
    is: z.enum(["at_least", "below"]),
    value: z.number().int().min(0).max(1e12),
  }),
  z.object({
    field: z.literal("days_late"),
    is: z.enum(["at_least", "below"]),
    value: z.number().int().min(0).max(365),
  }),
  z.object({
    field: z.literal("days_in_transit"),
    is: z.enum(["at_least", "below"]),
    value: z.number().int().min(0).max(365),
  }),
  z.object({
    field: z.literal("days_silent"),
    is: z.enum(["at_least", "below"]),
    value: z.number().int().min(0).max(365),
  }),
  z.object({ field: z.literal("sub_status"), is: z.enum(["any_of", "none_of"]), values: words }),
  z.object({ field: z.literal("first_parcel"), is: z.boolean() }),
  z.object({ field: z.literal("split_order"), is: z.boolean() }),
  z.object({ field: z.literal("first_order"), is: z.boolean() }),
]);
export type Condition = z.infer<typeof condition>;

/** The first rule whose conditions all hold decides instead of the event's own settings; the order is the priority. */
const rule = z.object({
  id: z.string().regex(/^[a-z0-9_-]{1,40}$/),
  name: z.string().trim().min(1).max(80),
  on: z.boolean().default(true),
  when: z.array(condition).min(1).max(10),
  then: z.object({
    /** Empty = send nothing. */
    channels: z.array(channel).max(3),
    delayHours: z.number().int().min(0).max(336).default(0),
  }),
});
export type MessageRule = z.infer<typeof rule>;

export const eventRulesSchema = z.object({
  on: z.boolean(),
  /** When it was switched on: what happened before is never told. Written by publishing; null = it was on from the start. */
  onSince: z.iso.datetime().nullable().default(null),
  channels: z.array(channel).max(3),
  /** Wait so long, and send only if it is still so. */
  delayHours: z.number().int().min(0).max(336).default(0),
  /** Who tells the shopper: this app, Shopify's own mail, or nobody. Never both. */
  voice: z.enum(["doorstep", "shopify"]).default("doorstep"),
  /** Share of shoppers who get no such message, so that its effect can be measured. */
  controlShare: z.number().min(0).max(0.5).default(0),
  /** A number that belongs to the kind: days until `awaiting_pickup`, hours until `feedback_request` … */
  threshold: z.number().min(0).max(2_000).nullable().default(null),
  /** `shipped` only: at the carrier's first scan, or as soon as there is a number. */
  moment: z.enum(["scan", "fulfillment"]).default("scan"),
  rules: z.array(rule).max(30).default([]),
  staffCopy: z.boolean().default(false),
});
export type EventRules = z.infer<typeof eventRulesSchema>;

const hour = z.number().min(0).max(24);

/** Everything the merchant decides about when messages go out: one document, drafted, rehearsed and published as a whole. */
export const messageRulesSchema = z.object({
  /** By kind; a kind that is missing has its defaults. */
  events: z.record(z.string().max(40), eventRulesSchema).default({}),
  /** Hours of the recipient's day in which messages may go out. SMS is bound by the law of the place as well. */
  hours: z
    .object({
      email: z.object({ from: hour, to: hour }).nullable().default(null),
      sms: z.object({ from: hour, to: hour }).default({ from: 9, to: 20 }),
    })
    .prefault({}),
  /** Parcels of one order whose news come within so many minutes share one message; 0 = one for each. */
  bundleMinutes: z.number().int().min(0).max(1_440).default(30),
  staff: z
    .object({
      /** Copies of problems and the daily digest go there. */
      addresses: z.array(z.email().max(254)).max(10).default([]),
      dailyDigest: z.boolean().default(false),
      /** Hour of the shop's day. */
      digestHour: z.number().int().min(0).max(23).default(8),
    })
    .prefault({}),
});
export type MessageRules = z.infer<typeof messageRulesSchema>;
