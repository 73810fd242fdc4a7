import type { LoaderFunctionArgs } from "@remix-run/node";
import { followLink, looksLikeAPerson } from "#app/modules/notifications/follow-link.server.ts";
import { answerLink } from "#app/modules/storefront/answer-proxy.server.ts";
import { openProxyVisit, toProxyResponse } from "#app/modules/storefront/proxy-visit.server.ts";
import { webServices } from "#app/services.server.ts";

/** A link of a message: counted, and on to where the message pointed. One that is not ours leads to the look-up page. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const services = webServices();
  const visit = await openProxyVisit(services, request);
  if (!visit) return new Response(null, { status: 404 });
  const { shopId } = visit;
  const storefrontTemplate = services.env.STOREFRONT_URL_TEMPLATE;
  const asked = { shopId, token: params["token"] ?? "", counts: looksLikeAPerson(request) };
  const location = await followLink({ ...services, storefrontTemplate }, asked);
  if (!location) return toProxyResponse(await answerLink(services, visit, ""));
  const headers = { location, "cache-control": "private, no-store", "x-robots-tag": "noindex, nofollow" };
  return new Response(null, { status: 302, headers: { ...headers, "referrer-policy": "no-referrer" } });
}
