import type { ActionFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { answerPreviewForm } from "#app/modules/notifications/answer-template-form.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

/** What stands in the editor, as its reader would see it; nothing is saved. */
export async function action({ request, params }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(await request.formData()) as Record<string, string>;
  const deps = { ...services.rendering, db: services.db };
  const outcome = await answerPreviewForm(deps, { shopId, kind: params["kind"] ?? "", fields });
  return json(outcome, { status: outcome.kind === "not_found" ? 404 : 200 });
}
