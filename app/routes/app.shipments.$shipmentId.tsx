import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Layout, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { ActivityCard } from "#app/components/activity-card.tsx";
import { ArrivalCard } from "#app/components/arrival-card.tsx";
import { ItemsCard } from "#app/components/items-card.tsx";
import { ParcelMessagesCard } from "#app/components/parcel-messages-card.tsx";
import { parcelActions, ParcelSummary } from "#app/components/parcel-summary.tsx";
import { StatusBadge } from "#app/components/status-badge.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { TimelineCard } from "#app/components/timeline-card.tsx";
import { WatchCard } from "#app/components/watch-card.tsx";
import { WhyCard } from "#app/components/why-card.tsx";
import { legacyId } from "#app/lib/ids.ts";
import { readActivity } from "#app/modules/activity/read-activity.server.ts";
import { arrivalShares } from "#app/modules/foresight/arrival-shares.ts";
import { readForecast } from "#app/modules/foresight/read-forecast.server.ts";
import { messagesOfShipment } from "#app/modules/notifications/read-notifications.server.ts";
import { openLinkToken } from "#app/modules/orders/link-token.server.ts";
import { shopDay } from "#app/modules/shipments/civil-days.ts";
import { expectedText, shownText } from "#app/modules/shipments/expected-text.ts";
import { readParcelPage } from "#app/modules/shipments/read-parcel-page.server.ts";
import { retrack } from "#app/modules/shipments/retrack.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { trackingPageUrl } from "#app/modules/shops/storefront-address.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId, timezone, domain } = await openAdminVisit(services, request);
  const shipmentId = params["shipmentId"] ?? "";
  const now = services.clock.now();
  return services.db.forShop(shopId, async (tx) => {
    const found = await readParcelPage(tx, shopId, shipmentId);
    if (!found) throw new Response(null, { status: 404 });
    const { linkTokenSealed, linkExpiresAt, ...order } = found.order;
    const { proxyPath } = (await loadSettings(tx, shopId)).storefront;
    const address = { domain, proxyPath, template: services.env.STOREFRONT_URL_TEMPLATE };
    const token = linkExpiresAt > now ? openLinkToken(services.keys, { shopId, linkTokenSealed }) : undefined;
    const { carrier, companyName } = found.parcel;
    const forecast = await readForecast(tx, shopId, shipmentId);
    return json({
      ...found,
      order,
      forecast,
      shares: forecast && arrivalShares(forecast),
      now,
      today: shopDay(timezone, now).today,
      carrierName: services.carrierName(carrier, companyName),
      givenUp: found.parcel.givenUp.map((id) => services.carrierName(id, null) ?? id),
      orderUrl: `shopify://admin/orders/${legacyId(order.id)}`,
      shopperUrl: trackingPageUrl(address, token),
      messages: await messagesOfShipment(tx, shipmentId),
      activity: await readActivity(tx, { shopId, subjectType: "shipment", subjectId: shipmentId }),
    });
  });
}

/** "Check now": asks the carrier at once, as far as its terms allow. A second click finds the first one's question. */
export async function action({ request, params }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const outcome = await retrack(services.shipments, { shopId, shipmentId: params["shipmentId"] ?? "" });
  return json(outcome, { status: outcome.kind === "gone" ? 404 : 200 });
}

export default function Parcel() {
  const data = useLoaderData<typeof loader>();
  const texts = useTexts();
  const { parcel, order, now } = data;
  const carrierDate = expectedText(parcel.estimatedDelivery, texts.locale, data.today);
  return (
    <Page
      {...parcelActions(texts, data)}
      backAction={{ content: texts("shipments.title"), url: "/app/shipments" }}
      title={texts("parcel.title", { order: order.name })}
      titleMetadata={<StatusBadge status={parcel.status} />}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <ParcelSummary
              carrierName={data.carrierName}
              expected={shownText(data.forecast, texts.locale, data.today) ?? carrierDate}
              parcel={parcel}
            />
            <ArrivalCard {...data} carrierDate={carrierDate} lifecycle={parcel.lifecycle} />
            <TimelineCard shipmentId={parcel.id} timeline={data.timeline} />
            <ActivityCard entries={data.activity} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <WhyCard decidedBy={data.decidedBy} parcel={parcel} />
            <WatchCard now={now} parcel={parcel} givenUp={data.givenUp} />
            <ParcelMessagesCard messages={data.messages} />
            <ItemsCard items={data.items} order={order} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
