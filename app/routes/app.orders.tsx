import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Box, Card, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useTexts } from "#app/components/texts.tsx";
import { UnshippedTable } from "#app/components/unshipped-table.tsx";
import { useCounted } from "#app/components/use-counted.ts";
import { countUnshipped, readUnshipped } from "#app/modules/foresight/read-unshipped.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const cursor = new URL(request.url).searchParams.get("cursor")?.slice(0, 200);
  return services.db.forShop(shopId, async (tx) =>
    json({
      now: services.clock.now(),
      count: await countUnshipped(tx, shopId),
      page: await readUnshipped(tx, { shopId, cursor }),
    }),
  );
}

/** Orders that should have left by now, the longest waiting first. */
export default function UnshippedOrders() {
  const { count, page, now } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const counted = useCounted();
  return (
    <Page
      backAction={{ content: texts("shipments.title"), url: "/app/shipments" }}
      title={texts("unshipped.title")}
      {...(count > 0 ? { titleMetadata: <Badge tone="critical">{counted(count)}</Badge> } : {})}
    >
      <BlockStack gap="300">
        {count > 0 && (
          <Box paddingInline={{ xs: "400", sm: "0" }}>
            <Text as="p" tone="subdued">
              {texts("unshipped.intro")}
            </Text>
          </Box>
        )}
        <Card padding="0">
          <UnshippedTable now={now} page={page} />
        </Card>
      </BlockStack>
    </Page>
  );
}
