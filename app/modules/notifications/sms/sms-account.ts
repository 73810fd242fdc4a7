import { z } from "zod";
import { billedCountry } from "./sms-prices.ts";

/** What texts come from: a number, a pool of numbers, or a name that cannot be answered. */
const origin = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("number"), number: z.string() }),
  z.object({ kind: z.literal("service"), sid: z.string() }),
  z.object({ kind: z.literal("name"), name: z.string() }),
]);

const count = (max: number) => z.number().int().min(1).max(max);

export const smsCapsSchema = z.object({
  /** Texts to one number in a day. */
  perNumber: count(50).default(6),
  /** Texts to numbers that differ only in their last four digits, in a day: how pumped numbers are told from customers. */
  perPrefix: count(10_000).default(40),
  /** Texts of the shop in a day. */
  perShop: count(200_000).default(2_000),
});
export type SmsCaps = z.infer<typeof smsCapsSchema>;

const consentStatement = z.object({
  /** What the checkout says beside the telephone number, word for word. */
  wording: z.string().max(1_000),
  confirmedAt: z.iso.datetime(),
  confirmedBy: z.string().max(120),
});

const micros = z.record(z.string().regex(/^[A-Z]{2}$/), z.number().int().min(0));

/**
 * What one WhatsApp message costs by ISO country, in millionths of a US dollar, as the merchant typed it. Meta sets the
 * price of a template by country and category, and Twilio adds its own: no list of both that we could vouch for exists.
 */
const whatsappPrices = z.object({
  microsByCountry: micros,
  setAt: z.iso.datetime(),
  setBy: z.string().max(120),
});

export const smsOptionsSchema = z.object({
  origin,
  whatsappFrom: z.string().nullable().default(null),
  /** Null: WhatsApp messages do not go out. They go to these countries, and to no others. */
  whatsappPrices: whatsappPrices.nullable().default(null),
  /** A trial account writes to numbers that were verified by hand, and to no others. */
  trial: z.boolean().default(false),
  /** The number's texts are posted to us; false = to somebody else, and only Twilio's own STOP is heard. */
  hearsReplies: z.boolean().default(false),
  caps: smsCapsSchema.prefault({}),
  consent: consentStatement.nullable().default(null),
});
export type SmsOptions = z.infer<typeof smsOptionsSchema>;

/** Millionths of a US dollar for one segment, by ISO country; what the merchant said yes to. */
export const acceptedPricesSchema = z.object({
  /** Month of the table that was shown. */
  asOf: z.string(),
  microsByCountry: micros,
});
export type AcceptedPrices = z.infer<typeof acceptedPricesSchema>;

/** connected: texts go out. failed: Twilio refuses the account. disabled: switched off, or never switched on. */
export type SmsState = "connected" | "failed" | "disabled";

/** Never a secret. */
export interface SmsAccountView {
  id: string;
  accountSid: string;
  state: SmsState;
  /** Why Twilio refuses it, as kept with the message that found out. */
  problem: { reason: string; at: string } | null;
  options: SmsOptions;
  prices: AcceptedPrices | null;
  pricesAcceptedAt: Date | null;
}

/** Why no text can go out at all. Each is a translation key under `sms.closed.`. */
export type SmsClosedReason =
  "not_connected" | "switched_off" | "price_not_accepted" | "consent_not_confirmed" | "refused";

/** What keeps the channel shut; null when texts may go out. */
export function closedReasonOf(account: SmsAccountView | null): SmsClosedReason | null {
  if (!account) return "not_connected";
  if (!account.prices) return "price_not_accepted";
  if (!account.options.consent) return "consent_not_confirmed";
  if (account.state === "failed") return "refused";
  return account.state === "disabled" ? "switched_off" : null;
}

type WhatsappOptions = Pick<SmsOptions, "whatsappFrom" | "whatsappPrices">;

/** WhatsApp messages may go out as well: they have a sender, and the merchant has said what one costs. */
export function isWhatsappReady({ whatsappFrom, whatsappPrices: prices }: WhatsappOptions): boolean {
  return whatsappFrom !== null && prices !== null;
}

/** Millionths of a US dollar for one WhatsApp message to this country; null where the merchant has not said. */
export function whatsappPriceOf({ whatsappPrices: prices }: WhatsappOptions, country: string): number | null {
  return prices?.microsByCountry[billedCountry(country)] ?? null;
}

/** A person can answer, and so say STOP. */
export function isAnswerable({ origin }: Pick<SmsOptions, "origin">): boolean {
  return origin.kind !== "name";
}
