import { z } from "zod";
import { LOCALES } from "#app/lib/i18n.ts";

/** Longer texts are refused when they are saved; Liquid is parsed up to 100 kB in all. */
const liquid = z.string().max(10_000);
/** Liquid per language; a language that is missing falls back: pt-BR → pt → the shop's → en. */
const texts = z.partialRecord(z.enum(LOCALES), liquid).default({});
const httpsUrl = z.union([z.literal(""), z.url({ protocol: /^https$/ }).max(500)]).default("");

const base = { id: z.string().regex(/^[a-z0-9_-]{1,40}$/), hidden: z.boolean().default(false) };

/**
 * The pieces of a mail. What a merchant can write is Liquid text in named slots; everything else is ours, so that no
 * template can carry markup of its own.
 */
export const block = z.discriminatedUnion("type", [
  z.object({
    ...base,
    type: z.literal("logo"),
    align: z.enum(["left", "center"]).default("left"),
    width: z.number().int().min(40).max(400).default(160),
  }),
  z.object({ ...base, type: z.literal("hero"), imageUrl: httpsUrl, alt: texts, heading: texts }),
  z.object({ ...base, type: z.literal("heading"), text: texts }),
  z.object({ ...base, type: z.literal("text"), text: texts }),
  z.object({ ...base, type: z.literal("progress") }),
  z.object({ ...base, type: z.literal("window"), label: texts }),
  z.object({
    ...base,
    type: z.literal("facts"),
    show: z
      .array(z.enum(["carrier", "number", "service", "method"]))
      .max(4)
      .default(["carrier", "number"]),
  }),
  z.object({
    ...base,
    type: z.literal("items"),
    pictures: z.boolean().default(true),
    prices: z.boolean().default(false),
  }),
  z.object({ ...base, type: z.literal("route") }),
  z.object({
    ...base,
    type: z.literal("button"),
    label: texts,
    to: z.enum(["tracking", "support", "feedback", "url"]).default("tracking"),
    url: httpsUrl,
  }),
  z.object({ ...base, type: z.literal("apology"), text: texts, next: texts }),
  z.object({
    ...base,
    type: z.literal("promo"),
    heading: texts,
    text: texts,
    code: z.string().max(60).default(""),
    url: httpsUrl,
    imageUrl: httpsUrl,
  }),
  z.object({
    ...base,
    type: z.literal("recommendations"),
    heading: texts,
    count: z.number().int().min(1).max(6).default(3),
  }),
  z.object({ ...base, type: z.literal("parcels") }),
  z.object({ ...base, type: z.literal("divider") }),
  z.object({ ...base, type: z.literal("support"), text: texts }),
  z.object({ ...base, type: z.literal("footer"), text: texts }),
]);
export type Block = z.infer<typeof block>;
export type BlockType = Block["type"];

/** An e-mail template: subject, preheader and blocks from top to bottom. */
export const mailDocument = z.object({
  subject: texts,
  preheader: texts,
  blocks: z.array(block).min(1).max(40),
});
export type MailDocument = z.infer<typeof mailDocument>;

/** An SMS or WhatsApp template. */
export const textDocument = z.object({
  text: z.partialRecord(z.enum(LOCALES), z.string().max(1_600)).default({}),
  /** WhatsApp only: the approved template that carries it, and which variables fill its places. */
  contentSid: z.string().max(60).default(""),
  contentVariables: z.array(z.string().max(200)).max(20).default([]),
});
export type TextDocument = z.infer<typeof textDocument>;
