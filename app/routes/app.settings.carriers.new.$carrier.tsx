import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { CarrierForm } from "#app/components/carrier-form.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { AGGREGATORS, carrierById } from "#app/modules/carriers/registry.server.ts";
import { resumeWatch } from "#app/modules/shipments/retrack.server.ts";
import { connectCarrierAccount } from "#app/modules/shops/connect-carrier-account.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { readCarrierForm, tryCarrierForm } from "#app/modules/shops/carrier-form.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request, params }: LoaderFunctionArgs) {
  await openAdminVisit(webServices(), request);
  const carrier = carrierById(params["carrier"] ?? "");
  if (!carrier) throw new Response(null, { status: 404 });
  const { id, displayName, credentialFields } = carrier;
  return json({ carrier: { id, name: displayName, fields: credentialFields } });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const carrier = carrierById(params["carrier"] ?? "");
  if (!carrier) throw new Response(null, { status: 404 });
  const { intent, label, credentials } = readCarrierForm(await request.formData());
  if (intent === "test") return json(await tryCarrierForm(services, carrier, credentials));
  const outcome = await connectCarrierAccount(services, {
    ...{ shopId, actorId, carrier, credentials, aggregators: AGGREGATORS },
    label: label || carrier.displayName,
  });
  if (outcome.kind !== "connected") return json(outcome);
  await resumeWatch(services.shipments, shopId);
  return redirect("/app/settings/carriers");
}

export default function NewCarrier() {
  const { carrier } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const empty = Object.fromEntries(carrier.fields.map(({ name }) => [name, ""]));
  const form = useSettingsForm<Record<string, string>>({ label: "", ...empty });
  return (
    <SettingsPage
      back="/app/settings/carriers"
      form={form}
      title={texts("carriers.connect_one", { carrier: carrier.name })}
    >
      <CarrierForm carrier={carrier} form={form} />
    </SettingsPage>
  );
}
