import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { loadSettings, saveSettings } from "./settings.server.ts";

/** What can be put away on the home page; anything else is ignored. */
const CARDS: readonly string[] = ["setup", "import"];

/** Puts a card away for good, for everybody in the shop. Doing it twice changes nothing. */
export async function dismissOnHome(
  tx: ShopTx,
  deps: { clock: Clock },
  { shopId, actorId, card }: { shopId: string; actorId: string; card: string },
): Promise<void> {
  if (!CARDS.includes(card)) return;
  const { dismissed } = await loadSettings(tx, shopId);
  if (dismissed.includes(card)) return;
  await saveSettings(tx, deps, { shopId, actorId, changes: { dismissed: [...dismissed, card] } });
}
