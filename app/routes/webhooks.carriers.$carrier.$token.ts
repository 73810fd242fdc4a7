import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import { receiveCarrierWebhook } from "#app/modules/intake/receive-carrier-webhook.server.ts";
import { webServices } from "#app/services.server.ts";

/** Pushes of carriers: the address names the account, its secret signs the bytes. */
export const action = ({ request, params }: ActionFunctionArgs) => receive(request, params);

/** Anything but POST is answered, not rendered. */
export const loader = ({ request, params }: LoaderFunctionArgs) => receive(request, params);

function receive(request: Request, params: ActionFunctionArgs["params"]): Promise<Response> {
  const deps = { ...webServices(), carriers: { find: carrierById } };
  return receiveCarrierWebhook(deps, request, { carrier: params.carrier ?? "", token: params.token ?? "" });
}
