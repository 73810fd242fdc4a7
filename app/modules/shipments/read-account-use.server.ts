import type { ShopTx } from "#app/lib/db.server.ts";
import type { CarrierDirectory, ConnectedAccount } from "./carrier-access.ts";
import { chooseAccount } from "./choose-account.ts";

/** What the accounts of a shop are used for, by account id. */
export interface AccountUse {
  /** Questions asked today (UTC, as the carriers count), where the carrier has a daily limit. */
  askedToday: Readonly<Record<string, number>>;
  /** Parcels being followed by it now. */
  following: Readonly<Record<string, number>>;
  /** The shop follows more parcels than were counted: each number is one that is reached at least. */
  more: boolean;
}

/** Followed parcels that are counted. */
const MAX_FOLLOWED = 5_000;
const NEWEST = 2_000;
const DAY = 86_400_000;

/** Cheap in any shop: today's counters by their key, and the narrow table of parcels that are being followed. */
export async function readAccountUse(
  tx: ShopTx,
  { shopId, accounts, directory, now }: AccountUseInput,
): Promise<AccountUse> {
  const today = new Date(Math.floor(now.getTime() / DAY) * DAY);
  const windows = await tx.rateWindow.findMany({
    where: { shopId, startsAt: today, key: { in: accounts.map(({ id }) => dayKey(id)) } },
    select: { key: true, count: true },
  });
  const counts = new Map(windows.map(({ key, count }) => [key, count]));
  return {
    askedToday: Object.fromEntries(accounts.map(({ id }) => [id, counts.get(dayKey(id)) ?? 0])),
    ...(await countFollowed(tx, { shopId, accounts, directory })),
  };
}

interface AccountUseInput {
  shopId: string;
  accounts: readonly ConnectedAccount[];
  directory: CarrierDirectory;
  now: Date;
}

/** As the budget writes it (carrier-budget). */
function dayKey(accountId: string): string {
  return `carrier:${accountId}:d`;
}

async function countFollowed(
  tx: ShopTx,
  { shopId, accounts, directory }: Omit<AccountUseInput, "now">,
): Promise<Pick<AccountUse, "following" | "more">> {
  const rows = await tx.$queryRaw<{ carrier: string | null; parcels: number }[]>`
    SELECT s.carrier, count(*)::int AS parcels FROM (
      SELECT w.shipment_id FROM shipment_watch w WHERE w.shop_id = ${shopId} LIMIT ${MAX_FOLLOWED}
    ) watched JOIN shipment s ON s.shop_id = ${shopId} AND s.id = watched.shipment_id
    GROUP BY s.carrier`;
  const following: Record<string, number> = {};
  for (const { carrier, parcels } of rows) {
    const choice = chooseAccount({ carrier }, accounts, directory);
    if (choice.kind === "ask") following[choice.account.id] = (following[choice.account.id] ?? 0) + parcels;
  }
  return { following, more: rows.reduce((sum, { parcels }) => sum + parcels, 0) >= MAX_FOLLOWED };
}

/** How many of the shop's newest parcels ship with each carrier, by our id; null stands for carriers we do not know. */
export async function readCarrierShares(tx: ShopTx, shopId: string): Promise<Map<string | null, number>> {
  const rows = await tx.$queryRaw<{ carrier: string | null; parcels: number }[]>`
    SELECT n.carrier, count(*)::int AS parcels FROM (
      SELECT s.carrier FROM shipment s WHERE s.shop_id = ${shopId} ORDER BY s.created_at DESC, s.id DESC LIMIT ${NEWEST}
    ) n GROUP BY n.carrier ORDER BY parcels DESC`;
  return new Map(rows.map(({ carrier, parcels }) => [carrier, parcels]));
}
