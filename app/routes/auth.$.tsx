import type { LoaderFunctionArgs } from "@remix-run/node";
import { webServices } from "#app/services.server.ts";

/** The library's own pages: the bounce for a fresh session token, and the way out of the frame. */
export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  await webServices().shopify.authenticate.admin(request);
  return null;
}
