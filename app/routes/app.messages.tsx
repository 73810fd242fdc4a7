import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, Card } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { MessageFilters } from "#app/components/message-filters.tsx";
import { MessageTable } from "#app/components/message-table.tsx";
import { MessagesPage } from "#app/components/sending-banners.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { useExport } from "#app/components/use-export.ts";
import { kindKeys } from "#app/modules/notifications/kind-keys.ts";
import { readLogQuery } from "#app/modules/notifications/log-query.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { searchMessages } from "#app/modules/notifications/search-messages.server.ts";
import { readOrderNames } from "#app/modules/orders/read-order-names.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId, timezone: zone } = await openAdminVisit(services, request);
  const query = readLogQuery(request.url);
  return services.db.forShop(shopId, async (tx) => {
    const { entries, next } = await searchMessages(tx, services.keys, { shopId, query, zone });
    const orderIds = entries.map(({ orderId }) => orderId);
    const orderNames = await readOrderNames(tx, shopId, orderIds);
    const sending = await readSendingState(tx, services, shopId);
    return json({ entries, next, orderNames, sending, query, kinds: kindKeys() });
  });
}

export default function Messages() {
  const { sending, query, kinds, ...list } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const download = useExport("/app/messages/export", "messages.csv");
  const { after, ...filters } = query;
  return (
    <MessagesPage
      fullWidth
      secondaryActions={[
        { content: texts("messages.performance"), url: "/app/messages/performance" },
        { content: texts("messages.export"), onAction: () => download.start(filters), loading: download.busy },
      ]}
      sending={sending}
      title={texts("messages.title")}
    >
      {!sending.live && (
        <Banner action={{ content: texts("messages.go_live"), url: "/app/messages/events" }} tone="info">
          <p>{texts("messages.not_live")}</p>
        </Banner>
      )}
      {download.failed && (
        <Banner tone="critical">
          <p>{texts("messages.export_failed")}</p>
        </Banner>
      )}
      <Card padding="0">
        <MessageFilters kinds={kinds} query={query} />
        <MessageTable {...list} filtered={Object.keys(filters).length > 0} paged={after !== undefined} />
      </Card>
    </MessagesPage>
  );
}
