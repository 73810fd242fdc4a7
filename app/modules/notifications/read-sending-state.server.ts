import type { ShopTx } from "#app/lib/db.server.ts";

/** Why nothing of a channel goes out for a shop just now. */
export interface HeldChannel {
  /** email | sms | whatsapp */
  channel: string;
  reason: string;
  until: Date;
}

/** The channels that are closed for this shop at the moment: the product's own mail account, and the shop's accounts. */
export async function readHeldChannels(tx: ShopTx, shopId: string, mailProvider: string): Promise<HeldChannel[]> {
  return tx.$queryRaw<HeldChannel[]>`
    SELECT channel, reason, not_before AS until FROM send_turn
    WHERE shop_id = ${shopId} AND not_before > clock_timestamp() AND reason IS NOT NULL
    UNION ALL
    SELECT 'email', held_reason, held_until FROM send_pace
    WHERE key = ${mailProvider} AND held_until > clock_timestamp() AND held_reason IS NOT NULL
    ORDER BY channel`;
}
