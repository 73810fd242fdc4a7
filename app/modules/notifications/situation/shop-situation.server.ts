import type { ShopTx } from "#app/lib/db.server.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import type { ShopSituation } from "../situation.ts";

/** The shop as decisions see it. */
export async function readShopSituation(tx: ShopTx, shopId: string): Promise<ShopSituation> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { live, paused, liveSince } = readSettings(shop.settings).messages;
  const account = await tx.smsAccount.findFirst({
    where: { shopId, state: "connected", priceAcceptedAt: { not: null } },
    select: { options: true },
  });
  const { whatsappFrom } = (account?.options ?? {}) as { whatsappFrom?: unknown };
  return {
    ...{ id: shopId, zone: shop.timezone, countryCode: shop.countryCode },
    closed: shop.status === "uninstalled" ? "uninstalled" : !live ? "not_live" : paused ? "paused" : null,
    liveSince: liveSince === null ? null : new Date(liveSince),
    channels: account ? (whatsappFrom ? ["email", "sms", "whatsapp"] : ["email", "sms"]) : ["email"],
  };
}
