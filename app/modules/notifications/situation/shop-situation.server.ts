import type { ShopTx } from "#app/lib/db.server.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import type { Channel } from "../channels/channel.ts";
import { closedReasonOf, isWhatsappReady } from "../sms/sms-account.ts";
import { readSmsAccount } from "../sms/sms-account-store.server.ts";
import type { ShopSituation } from "../situation.ts";

/** The shop as decisions see it. */
export async function readShopSituation(tx: ShopTx, shopId: string): Promise<ShopSituation> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { live, paused, liveSince } = readSettings(shop.settings).messages;
  const account = await readSmsAccount(tx, shopId);
  const texts: Channel[] = account && isWhatsappReady(account.options) ? ["sms", "whatsapp"] : ["sms"];
  return {
    ...{ id: shopId, zone: shop.timezone, countryCode: shop.countryCode },
    closed: shop.status === "uninstalled" ? "uninstalled" : !live ? "not_live" : paused ? "paused" : null,
    liveSince: liveSince === null ? null : new Date(liveSince),
    channels: closedReasonOf(account) === null ? ["email", ...texts] : ["email"],
  };
}
