import type { ShopTx } from "#app/lib/db.server.ts";
import type { Locale } from "#app/lib/i18n.ts";
import { dressText } from "./opt-out-texts.ts";
import { isAnswerable } from "./sms-account.ts";
import { readSmsAccount } from "./sms-account-store.server.ts";

export interface TextToDress {
  shopId: string;
  notificationId: string;
  personKey: string | null;
  body: string;
  brand: string;
  locale: Locale;
  /** Makes the link by which somebody opts out who cannot answer: asked for only where the text has one. */
  optOutUrl(): string;
}

/**
 * Adds to the first text of a person what it has to carry: the shop's name, and how to stop. Of texts that are being sent
 * at the same time, the one with the lowest id is the first.
 */
export async function dressFirstText(tx: ShopTx, text: TextToDress): Promise<string> {
  const { shopId, notificationId, personKey, body, brand, locale } = text;
  const account = await readSmsAccount(tx, shopId);
  const earlier = await tx.notification.findFirst({
    where: {
      ...{ shopId, personKey, id: { not: notificationId }, channel: { in: ["sms", "whatsapp"] } },
      OR: [{ state: { in: ["sent", "unknown"] } }, { state: "sending", id: { lt: notificationId } }],
    },
    select: { id: true },
  });
  const first = personKey === null || earlier === null;
  const answerable = account !== null && isAnswerable(account.options);
  const optOutUrl = first && !answerable ? text.optOutUrl() : null;
  return dressText(body, { brand, locale, first, answerable, optOutUrl });
}
