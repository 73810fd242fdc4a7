import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type SaveFormOutcome, saveSettingsForm } from "#app/modules/shops/save-settings-form.server.ts";
import { applySettingsForm } from "#app/modules/shops/settings-form.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { readFlagShare, wouldFlood } from "./read-thresholds.server.ts";

/** Saves the settings of the forecasts. A chance of one's own that would flag a flood of parcels is refused. */
export async function saveForecastSettings(
  tx: ShopTx,
  deps: { clock: Clock },
  input: { shopId: string; actorId: string; fields: Readonly<Record<string, string>> },
): Promise<SaveFormOutcome> {
  const { shopId, fields } = input;
  const read = applySettingsForm("forecasts", await loadSettings(tx, shopId), fields);
  const wanted = "changes" in read ? read.changes.foresight?.delayProbability : null;
  if (typeof wanted === "number" && wouldFlood(await readFlagShare(tx, shopId, wanted)))
    return { kind: "invalid", problems: { delayPercent: "flood" } };
  const outcome = await saveSettingsForm(tx, deps, { ...input, form: "forecasts" });
  // The form calls the chance by another name than the settings do: people write percent.
  if (outcome.kind === "invalid" && outcome.problems["delayProbability"])
    return { kind: "invalid", problems: { delayPercent: outcome.problems["delayProbability"] } };
  return outcome;
}
