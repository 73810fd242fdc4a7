import type { InstallDeps } from "./install-shop.server.ts";
import { type AdminAuthenticator, openAdminVisit } from "./open-admin-visit.server.ts";
import { type SaveFormOutcome, saveSettingsForm } from "./save-settings-form.server.ts";
import type { SettingsForm } from "./settings-form.ts";

/** What a page of the settings does with its form: checks who sends it, then saves it or says what is wrong. */
export async function answerSettingsForm(
  services: InstallDeps & { shopify: AdminAuthenticator },
  request: Request,
  form: SettingsForm,
): Promise<SaveFormOutcome> {
  const { shopId, actorId } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(await request.formData()) as Record<string, string>;
  return services.db.forShop(shopId, (tx) => saveSettingsForm(tx, services, { shopId, actorId, form, fields }));
}
