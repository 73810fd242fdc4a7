import type { ShopTx } from "#app/lib/db.server.ts";
import type { Channel } from "../channels/channel.ts";

const LONGEST_MS = 23 * 3_600_000;

/** Passes the shop over on this channel for a while, a day at most; its messages stay queued. Times by the database's clock. */
export async function holdTurn(
  tx: ShopTx,
  { shopId, channel }: { shopId: string; channel: Channel },
  { forMs, reason }: { forMs: number; reason: string },
): Promise<void> {
  const seconds = Math.min(forMs, LONGEST_MS) / 1_000;
  await tx.$executeRaw`
    INSERT INTO send_turn AS t (shop_id, channel, served_at, not_before, reason)
    VALUES (${shopId}, ${channel}, clock_timestamp(), clock_timestamp() + make_interval(secs => ${seconds}::float8), ${reason})
    ON CONFLICT (shop_id, channel) DO UPDATE SET not_before = excluded.not_before, reason = excluded.reason`;
}

/** What held the channels up has been mended: the shop is served again at once, not when its time is over. */
export async function endHold(tx: ShopTx, shopId: string, channels: readonly Channel[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE send_turn SET not_before = clock_timestamp(), reason = NULL
    WHERE shop_id = ${shopId} AND channel = ANY(${[...channels]}) AND not_before > clock_timestamp()`;
}
