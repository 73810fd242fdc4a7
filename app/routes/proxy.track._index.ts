import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { answerForm, answerLookUp } from "#app/modules/storefront/answer-proxy.server.ts";
import { readLookUpForm } from "#app/modules/storefront/read-look-up-form.server.ts";
import { openProxyVisit, toProxyResponse } from "#app/modules/storefront/proxy-visit.server.ts";
import { webServices } from "#app/services.server.ts";

/** The look-up form of the tracking page, through the app proxy. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const services = webServices();
  const visit = await openProxyVisit(services, request);
  return visit ? toProxyResponse(await answerForm(services, visit)) : new Response(null, { status: 404 });
}

/** The form filled in. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const services = webServices();
  const visit = await openProxyVisit(services, request);
  if (!visit) return new Response(null, { status: 404 });
  const form = await readLookUpForm(request);
  if (!form) return new Response(null, { status: 400 });
  const languages = [form.locale, ...visit.languages];
  return toProxyResponse(await answerLookUp(services, { ...visit, languages }, form));
}
