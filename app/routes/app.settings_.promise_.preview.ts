import type { LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { listExamplePlaces, previewPromise } from "#app/modules/foresight/preview-promise.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { applySettingsForm } from "#app/modules/shops/settings-form.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

/** What the rules as they stand in the form would promise now; nothing is saved. */
export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(new URL(request.url).searchParams);
  return services.db.forShop(shopId, async (tx) => {
    const read = applySettingsForm("promise", await loadSettings(tx, shopId), fields);
    const { promise } = "changes" in read ? read.changes : {};
    const places = await listExamplePlaces(tx, shopId);
    const place = places.find(({ country }) => country === fields["place"]) ?? places[0];
    if (!promise) return json({ kind: "invalid" as const });
    if (!place) return json({ kind: "no_place" as const });
    return json(await previewPromise(tx, services, { shopId, promise, place }));
  });
}
