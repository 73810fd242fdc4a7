import { z } from "zod";
import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { Http } from "#app/lib/http.server.ts";
import { callTwilio } from "../channels/twilio-api.server.ts";
import { type SmsAccountView, whatsappPriceOf } from "./sms-account.ts";
import { apiKeyOf, openSmsAccount } from "./sms-account-store.server.ts";
import { PRICE_CURRENCY } from "./sms-prices.ts";

export interface TextPriceDeps {
  db: Database;
  clock: Clock;
  keys: KeyRing;
  http: Http;
  env: { TWILIO_BASE_URL?: string | undefined };
}

/** Twilio does not know the price yet, or does not answer. */
export class PriceNotKnownError extends AppError {
  readonly code = "price_not_known";
  readonly retryable = true;
}

const message = z.object({
  num_segments: z.coerce.number().int().min(1),
  price: z
    .string()
    .regex(/^-?\d{1,9}(\.\d{1,8})?$/)
    .nullable(),
  price_unit: z
    .string()
    .regex(/^[A-Za-z]{3}$/)
    .nullable()
    .catch(null),
});

/**
 * Reads once what a text has cost, and writes it down in millionths: by Twilio's count of parts, not by ours.
 * @throws PriceNotKnownError so that the job comes back
 */
export async function fetchTextPrice(
  deps: TextPriceDeps,
  { shopId, notificationId }: { shopId: string; notificationId: string },
): Promise<"written" | "known" | "gone"> {
  const found = await deps.db.forShop(shopId, async (tx) => {
    const row = await tx.notification.findUnique({
      where: { shopId_id: { shopId, id: notificationId } },
      select: { providerId: true, costMicros: true, channel: true, countryCode: true },
    });
    return { row, account: await openSmsAccount(tx, deps.keys, shopId) };
  });
  const { row, account } = found;
  if (!row?.providerId || !account) return "gone";
  if (row.costMicros !== null) return "known";
  if (row.channel === "whatsapp") return writeWhatsappCost(deps, { shopId, notificationId }, account.view, row);
  const key = apiKeyOf(account.view.accountSid, account.secrets);
  const path = `Messages/${encodeURIComponent(row.providerId)}.json`;
  const answer = await callTwilio({ ...deps, baseUrl: deps.env.TWILIO_BASE_URL }, key, { method: "GET", path });
  if (answer.kind === "answer" && answer.status === 404) return "gone";
  const read = message.safeParse(answer.kind === "answer" && answer.status === 200 ? answer.body : null);
  if (!read.success || read.data.price === null) throw new PriceNotKnownError("no price yet");
  const { num_segments: segments, price, price_unit: unit } = read.data;
  const cost = { segments, costMicros: toMicros(price), costCurrency: unit?.toUpperCase() ?? PRICE_CURRENCY };
  return writeCost(deps, { shopId, notificationId }, cost);
}

interface Priced {
  shopId: string;
  notificationId: string;
}

/** Twilio's price of a WhatsApp message need not hold Meta's: what the merchant pays for one is what the merchant has said. */
async function writeWhatsappCost(
  deps: TextPriceDeps,
  priced: Priced,
  { options }: SmsAccountView,
  { countryCode }: { countryCode: string | null },
): Promise<"written" | "gone"> {
  const micros = countryCode === null ? null : whatsappPriceOf(options, countryCode);
  if (micros === null) return "gone";
  return writeCost(deps, priced, { costMicros: BigInt(micros), costCurrency: PRICE_CURRENCY });
}

async function writeCost(
  { db, clock }: TextPriceDeps,
  { shopId, notificationId: id }: Priced,
  cost: { segments?: number; costMicros: bigint; costCurrency: string },
): Promise<"written"> {
  const data = { ...cost, updatedAt: clock.now() };
  await db.forShop(shopId, (tx) => tx.notification.update({ where: { shopId_id: { shopId, id } }, data }));
  return "written";
}

/** "-0.00830" → 8300n: what was paid, as a positive number of millionths. */
export function toMicros(price: string): bigint {
  const [whole = "0", fraction = ""] = price.replace(/^-/, "").split(".");
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0").slice(0, 6));
}
