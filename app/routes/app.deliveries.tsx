import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { DeliveryTable } from "#app/components/delivery-table.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { listFailedDeliveries } from "#app/modules/intake/list-deliveries.server.ts";
import { replayDelivery } from "#app/modules/intake/replay-delivery.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const after = new URL(request.url).searchParams.get("after")?.slice(0, 64) ?? null;
  const page = await services.db.forShop(shopId, (tx) => listFailedDeliveries(tx, { shopId, after }));
  return json({ ...page, now: services.clock.now() });
}

/** Takes one failed delivery up again. Whatever is waiting or done already is not found: a double click does it once. */
export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const deliveryId = String((await request.formData()).get("deliveryId")).slice(0, 64);
  const outcome = await replayDelivery(services, { shopId, deliveryId, actorId });
  return json(outcome, { status: outcome.kind === "not_found" ? 404 : 200 });
}

export default function Deliveries() {
  const { deliveries, nextCursor, now } = useLoaderData<typeof loader>();
  const texts = useTexts();
  return (
    <SettingsPage subtitle={texts("settings.deliveries_text")} title={texts("settings.deliveries")}>
      <Card padding="0">
        <DeliveryTable deliveries={deliveries} next={nextCursor} now={now} />
      </Card>
    </SettingsPage>
  );
}
