import type { Database } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { answerTo } from "./opt-out-texts.ts";
import { isAnsweredByTwilio, readKeyword } from "./opt-out-words.ts";
import { readTwilioForm } from "./twilio-form.ts";

/**
 * What goes back to somebody who has written STOP, START or HELP in a way that Twilio does not answer itself: in another
 * language, with punctuation, or over WhatsApp. Null where no answer is due.
 */
export async function answerOf(
  { db }: { db: Database },
  { shopId, fields }: { shopId: string; fields: URLSearchParams },
): Promise<string | null> {
  const read = readTwilioForm(fields);
  if (read?.kind !== "inbound") return null;
  const { Body: body, From: from, OptOutType: optOutType = null } = read.form;
  const heard = readKeyword(body);
  if (!heard || isAnsweredByTwilio(body, { whatsapp: from.startsWith("whatsapp:"), optOutType })) return null;
  const { brand, contact } = await db.forShop(shopId, async (tx) => {
    const settings = await loadSettings(tx, shopId);
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { name: true, domain: true } });
    const name = settings.brand.displayName || (shop.name ?? shop.domain);
    return { brand: name, contact: settings.brand.supportEmail || settings.brand.supportUrl };
  });
  return answerTo(heard.keyword, { brand, contact, locale: heard.locale });
}
