import type { LoaderFunctionArgs } from "@remix-run/node";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { readPrivacyExport } from "#app/modules/shops/privacy-requests.server.ts";
import { webServices } from "#app/services.server.ts";

/** The collected data of one request as a file, for the merchant to hand on to the buyer. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const id = params["requestId"] ?? "";
  const document = await services.db.forShop(shopId, (tx) => readPrivacyExport(tx, services.keys, { shopId, id }));
  if (document === null) throw new Response(null, { status: 404 });
  return new Response(document, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="buyer-data.json"',
      "Cache-Control": "private, no-store",
    },
  });
}
