import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { changePreferences, readPreferences } from "#app/modules/notifications/change-preferences.server.ts";
import { readChoice } from "#app/modules/notifications/read-choice.server.ts";
import { answerPreferences } from "#app/modules/storefront/answer-preferences.server.ts";
import { openProxyVisit, toProxyResponse } from "#app/modules/storefront/proxy-visit.server.ts";
import { webServices } from "#app/services.server.ts";

const managing = (request: Request) => new URL(request.url).searchParams.get("manage") === "1";

/** Shows what the reader is sent. Changes nothing: scanners open every link of a mail. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const services = webServices();
  const visit = await openProxyVisit(services, request);
  if (!visit) return new Response(null, { status: 404 });
  const token = params["token"] ?? "";
  const preferences = await readPreferences(services, { shopId: visit.shopId, token });
  const view = { preferences, token, manage: managing(request), saved: false };
  return toProxyResponse(await answerPreferences(services, visit, view));
}

/** One click of a mail program (RFC 8058), or the form of the page above. No cookie, no redirect. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const services = webServices();
  const visit = await openProxyVisit(services, request);
  if (!visit) return new Response(null, { status: 404 });
  const token = params["token"] ?? "";
  const choice = await readChoice(request);
  if (!choice) return new Response(null, { status: 400 });
  const preferences = await changePreferences(services, { shopId: visit.shopId, token }, choice);
  const view = { preferences, token, manage: managing(request), saved: preferences !== null };
  return toProxyResponse(await answerPreferences(services, visit, view));
}
