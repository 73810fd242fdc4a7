import type { LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { previewDigest } from "#app/modules/notifications/preview-digest.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

/** What the daily digest would say now; nothing is sent. */
export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const digest = await services.db.forShop(shopId, (tx) => previewDigest(tx, services, shopId));
  return json({ digest });
}
