import type { LoaderFunctionArgs } from "@remix-run/node";
import { orderStatus } from "#app/modules/storefront/order-status.server.ts";
import { webServices } from "#app/services.server.ts";

/**
 * Live status for the order-status page. The library checks the token's signature and age, not whom it was made for:
 * the audience is compared here.
 */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const services = webServices();
  const { sessionToken, cors } = await services.shopify.authenticate.public.customerAccount(request, {
    corsHeaders: ["accept-language", "authorization", "x-doorstep-order-secret"],
  });
  if (sessionToken.aud !== services.env.SHOPIFY_API_KEY) return cors(new Response(null, { status: 401 }));
  const { searchParams } = new URL(request.url);
  const answer = await orderStatus(services, {
    domain: sessionToken.dest.replace(/^https:\/\//, ""),
    customerId: sessionToken.sub ?? null,
    orderId: searchParams.get("order") ?? "",
    fulfillmentId: searchParams.get("fulfillment") ?? "",
    orderSecret: request.headers.get("x-doorstep-order-secret"),
    languages: [request.headers.get("accept-language")],
    // As the host saw it: a header that the visitor writes would let a guesser start afresh with every guess.
    address: typeof context["address"] === "string" ? context["address"] : "",
  });
  const headers = { "Cache-Control": "private, no-store" };
  return cors(answer ? Response.json(answer, { headers }) : Response.json(null, { status: 404, headers }));
}
