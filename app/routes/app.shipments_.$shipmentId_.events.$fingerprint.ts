import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { readRawEvent } from "#app/modules/shipments/read-parcel-page.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

/** What the carrier sent for one scan; fetched when somebody wants to see it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const shipmentId = params["shipmentId"] ?? "";
  const fingerprint = params["fingerprint"] ?? "";
  const found = await services.db.forShop(shopId, (tx) => readRawEvent(tx, { shopId, shipmentId, fingerprint }));
  if (!found) throw new Response(null, { status: 404 });
  return json({ ...found, raw: JSON.stringify(found.raw, null, 2) });
}
