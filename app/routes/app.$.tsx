import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

/** An address of the admin that no page has: the frame stays, and says so. */
export async function loader({ request }: LoaderFunctionArgs): Promise<never> {
  await openAdminVisit(webServices(), request);
  throw new Response(null, { status: 404 });
}

/** Without a component the answer would leave the frame. */
export default function Nowhere() {
  return null;
}
