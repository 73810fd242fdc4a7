import { z } from "zod";

const hexColour = z.string().regex(/^#[0-9a-fA-F]{6}$/);
const text = (max: number) => z.string().trim().max(max);
const httpsUrl = z.union([z.literal(""), z.url({ protocol: /^https$/ }).max(500)]);

/** Whether messages go out; which ones, the shop's rules say. */
const messages = z.object({
  /** Nothing is sent before the merchant says so. */
  live: z.boolean().default(false),
  /** Everything is held back, and what happens in the meantime is not told later. */
  paused: z.boolean().default(false),
  /** When the merchant went live last: nothing that happened before is told. Null for shops that were live before this was kept. */
  liveSince: z.iso.datetime().nullable().default(null),
  /** The version of each message, by event and channel, that somebody has looked at last as shoppers will get it. */
  previewed: z.record(z.string().max(60), z.number().int().min(0)).default({}),
});

const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** How long a parcel may take from the hand-over, in working days at the destination; the first line that fits counts. */
const transitRule = z.object({
  /** ISO country of the destination, or "*" for every one. */
  country: z.string().regex(/^([A-Z]{2}|\*)$/),
  /** A part of the shipping option's name, in any case; empty = whatever was bought. */
  option: text(80).default(""),
  days: z.number().int().min(0).max(60),
});

/** The promise that is made when an order is placed: when it ships, and how long it takes. */
const promise = z.object({
  /** Orders before this hour of the shop's clock count as of the same day. */
  cutOffHour: z.number().min(0).max(24).default(14),
  /** Shipping days between the order and the hand-over, at most. */
  processingDays: z.number().int().min(0).max(30).default(1),
  /** Weekdays on which parcels leave; 0 = Sunday. */
  shipsOn: z.array(z.number().int().min(0).max(6)).max(7).default([1, 2, 3, 4, 5]),
  /** The merchant's own closing days. */
  closedOn: z.array(civilDate).max(100).default([]),
  /** The hour at which the carrier collects. */
  collectionHour: z.number().min(0).max(24).default(17),
  transit: z.array(transitRule).max(100).default([]),
  /** Where no line fits: within the shop's own country, and abroad. */
  domesticDays: z.number().int().min(0).max(60).default(5),
  foreignDays: z.number().int().min(0).max(60).default(10),
  /** What shoppers are shown: the likely day, the 80 % window, the day by which 8 of 10 come, or 9 of 10 for gifts. */
  dateStyle: z.enum(["likely", "range", "by", "by_for_gifts"]).default("likely"),
});

/**
 * What a merchant can set, in one document per shop. Every part has a default, so an empty document is a valid one, and
 * a stored document from an older version is completed when it is read.
 */
export const shopSettingsSchema = z.object({
  brand: z
    .object({
      /** Shown to shoppers instead of the shop's name when set. */
      displayName: text(80).default(""),
      logoUrl: httpsUrl.default(""),
      primaryColour: hexColour.default("#1f5199"),
      supportUrl: httpsUrl.default(""),
      supportEmail: z.union([z.literal(""), z.email().max(254)]).default(""),
      /** At the foot of mails instead of the address that Shopify has. */
      postalAddress: text(300).default(""),
    })
    .prefault({}),
  sender: z
    .object({
      fromName: text(80).default(""),
      /** An address on a domain that the merchant has verified; empty = the product's own sender. */
      fromAddress: z.union([z.literal(""), z.email().max(254)]).default(""),
      replyTo: z.union([z.literal(""), z.email().max(254)]).default(""),
    })
    .prefault({}),
  messages: messages.prefault({}),
  writeBack: z
    .object({
      /** Off by default: our events can trigger Shopify's own mails. */
      enabled: z.boolean().default(false),
    })
    .prefault({}),
  storefront: z
    .object({
      /** Path of the app proxy on this shop's storefront; merchants may change it, we learn it from requests. */
      proxyPath: z
        .string()
        .regex(/^\/[a-z0-9/_-]{1,60}$/i)
        .default("/apps/doorstep"),
      showItems: z.boolean().default(true),
    })
    .prefault({}),
  privacy: z
    .object({
      /** Days after the last parcel of an order has ended until the buyer's data are removed. */
      keepBuyerDataDays: z.number().int().min(7).max(730).default(60),
    })
    .prefault({}),
  promise: promise.prefault({}),
  foresight: z
    .object({
      /** Counts of how long carriers take, without places or options of the shop, join those of other shops. */
      pool: z.boolean().default(false),
      /** From this chance of being late on a delay is predicted; null = as the shop's own history says. */
      delayProbability: z.number().min(0.1).max(0.95).nullable().default(null),
    })
    .prefault({}),
  /** What the merchant has put away on the home page. */
  dismissed: z.array(z.string().max(60)).max(50).default([]),
});

export type ShopSettings = z.infer<typeof shopSettingsSchema>;

/** Reads stored settings; parts that no longer fit fall back to their defaults instead of locking the merchant out. */
export function readSettings(stored: unknown): ShopSettings {
  const whole = shopSettingsSchema.safeParse(stored ?? {});
  if (whole.success) return whole.data;
  const parts = typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  const kept: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(parts)) {
    if (shopSettingsSchema.partial().safeParse({ [name]: part }).success) kept[name] = part;
  }
  return shopSettingsSchema.parse(kept);
}
