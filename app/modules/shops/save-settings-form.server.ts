import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { applySettingsForm, type FormProblems, type SettingsForm } from "./settings-form.ts";
import { loadSettings, saveSettings } from "./settings.server.ts";

export interface SaveFormInput {
  shopId: string;
  actorId: string;
  form: SettingsForm;
  fields: Readonly<Record<string, string>>;
}

export type SaveFormOutcome = { kind: "saved" } | { kind: "invalid"; problems: FormProblems };

/** Checks one form of the settings and saves it. The same form sent twice changes nothing the second time. */
export async function saveSettingsForm(
  tx: ShopTx,
  deps: { clock: Clock },
  { shopId, actorId, form, fields }: SaveFormInput,
): Promise<SaveFormOutcome> {
  const read = applySettingsForm(form, await loadSettings(tx, shopId), fields);
  if ("problems" in read) return { kind: "invalid", problems: read.problems };
  await saveSettings(tx, deps, { shopId, actorId, changes: read.changes });
  return { kind: "saved" };
}
