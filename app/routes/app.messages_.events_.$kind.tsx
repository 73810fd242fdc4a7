import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { type ShouldRevalidateFunction, useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { TemplateEditor } from "#app/components/template-editor/template-editor.tsx";
import { answerTemplateForm } from "#app/modules/notifications/answer-template-form.server.ts";
import { openTemplateEditor } from "#app/modules/notifications/open-template-editor.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { sendTestText, type TestText } from "#app/modules/notifications/sms/send-test-text.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const kind = params["kind"] ?? "";
  const { data, sending } = await services.db.forShop(shopId, async (tx) => ({
    data: await openTemplateEditor(tx, { shopId, kind }),
    sending: await readSendingState(tx, services, shopId),
  }));
  if (!data) throw new Response(null, { status: 404 });
  return json({ data, sending });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(await request.formData()) as Record<string, string>;
  const sendText = (test: TestText) => sendTestText(services, test);
  const deps = { ...services.rendering, db: services.db, sendText };
  const outcome = await answerTemplateForm(deps, { shopId, actorId, kind: params["kind"] ?? "", fields });
  return json(outcome, { status: outcome.kind === "not_found" ? 404 : 200 });
}

/** A preview changes nothing that the page has read. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) =>
  formAction?.endsWith("/preview") ? false : defaultShouldRevalidate;

/** One message: what it says in every channel and language, and how it looks. */
export default function EventTemplate() {
  const { data, sending } = useLoaderData<typeof loader>();
  return <TemplateEditor key={data.kind} data={data} sending={sending} />;
}
