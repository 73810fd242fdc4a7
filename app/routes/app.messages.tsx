import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Card, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import { MessageTable } from "#app/components/message-table.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { listMessages } from "#app/modules/notifications/read-notifications.server.ts";
import { readOrderNames } from "#app/modules/orders/read-order-names.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

const asked = z.object({
  state: z.enum(["sent", "suppressed", "queued", "failed", "unknown"]).optional().catch(undefined),
  after: z
    .string()
    .regex(/^ntf_[a-z0-9]{1,40}$/)
    .optional()
    .catch(undefined),
});

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const { state, after } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  return services.db.forShop(shopId, async (tx) => {
    const { entries, next } = await listMessages(tx, {
      shopId,
      ...(state ? { state } : {}),
      ...(after ? { after } : {}),
    });
    const orderNames = await readOrderNames(
      tx,
      shopId,
      entries.map(({ orderId }) => orderId),
    );
    const { live } = (await loadSettings(tx, shopId)).messages;
    return json({ entries, next, orderNames, live, state: state ?? "all", paged: after !== undefined });
  });
}

export default function Messages() {
  const { live, ...list } = useLoaderData<typeof loader>();
  const texts = useTexts();
  return (
    <Page fullWidth title={texts("messages.title")}>
      <BlockStack gap="400">
        {!live && (
          <Banner action={{ content: texts("messages.go_live"), url: "/app/messages/events" }} tone="info">
            <p>{texts("messages.not_live")}</p>
          </Banner>
        )}
        <Card padding="0">
          <MessageTable {...list} />
        </Card>
      </BlockStack>
    </Page>
  );
}
