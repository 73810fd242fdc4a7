import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { receiveTwilioWebhook } from "#app/modules/intake/receive-twilio-webhook.server.ts";
import { isSignedByTwilio } from "#app/modules/notifications/channels/twilio-signature.server.ts";
import { answerOf } from "#app/modules/notifications/sms/answer-text.server.ts";
import { findHookedSmsAccount } from "#app/modules/notifications/sms/sms-account-store.server.ts";
import { eventKeyOf, readTwilioForm } from "#app/modules/notifications/sms/twilio-form.ts";
import { webServices } from "#app/services.server.ts";

/** How texts fare, and what people answer: the address names the account. */
export const action = ({ request, params }: ActionFunctionArgs) => receive(request, params["token"]);

/** Anything but POST is answered, not rendered. */
export const loader = ({ request, params }: LoaderFunctionArgs) => receive(request, params["token"]);

function receive(request: Request, token = ""): Promise<Response> {
  const services = webServices();
  const deps = {
    ...services,
    isSigned: isSignedByTwilio,
    accountOf: (asked: string) => findHookedSmsAccount(services, asked),
    answerOf: (heard: { shopId: string; fields: URLSearchParams }) => answerOf(services, heard),
    describe: (fields: URLSearchParams) => {
      const read = readTwilioForm(fields);
      return read && { topic: read.kind, key: eventKeyOf(read) };
    },
  };
  return receiveTwilioWebhook(deps, request, token);
}
