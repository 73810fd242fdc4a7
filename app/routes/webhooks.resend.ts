import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { receiveResendWebhook } from "#app/modules/intake/receive-resend-webhook.server.ts";
import { findEventOwner } from "#app/modules/notifications/find-event-owner.server.ts";
import { webServices } from "#app/services.server.ts";

/** What Resend tells about mails and sender domains. */
export const action = ({ request }: ActionFunctionArgs) => receive(request);

/** Anything but POST is answered, not rendered. */
export const loader = ({ request }: LoaderFunctionArgs) => receive(request);

function receive(request: Request): Promise<Response> {
  const services = webServices();
  return receiveResendWebhook({ ...services, ownerOf: (body) => findEventOwner(services.db, body) }, request);
}
