import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerLink } from "#app/modules/storefront/answer-proxy.server.ts";
import { openProxyVisit, toProxyResponse } from "#app/modules/storefront/proxy-visit.server.ts";
import { webServices } from "#app/services.server.ts";

/** One order, by the link of a mail. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const services = webServices();
  const visit = await openProxyVisit(services, request);
  if (!visit) return new Response(null, { status: 404 });
  return toProxyResponse(await answerLink(services, visit, params["token"] ?? ""));
}
