import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { AccountBadge } from "#app/components/account-badge.tsx";
import { EmptyNote } from "#app/components/empty-note.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { CARRIERS } from "#app/modules/carriers/registry.server.ts";
import { listCarrierAccounts } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const accounts = await services.db.forShop(shopId, (tx) => listCarrierAccounts(tx, shopId));
  const carriers = Object.values(CARRIERS).map(({ id, displayName, kind }) => ({ id, name: displayName, kind }));
  return json({ accounts, carriers });
}

export default function Carriers() {
  const { accounts, carriers } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const textOf = useTextOf();
  const nameOf = (id: string) => carriers.find((carrier) => carrier.id === id)?.name ?? id;
  return (
    <SettingsPage title={texts("settings.carriers")}>
      <BlockStack gap="400">
        <Card padding="0">
          {accounts.length === 0 && <EmptyNote heading={texts("carriers.empty")} text={texts("carriers.empty_text")} />}
          {accounts.map((account) => (
            <Box borderBlockEndWidth="025" borderColor="border" key={account.id} padding="400">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <BlockStack gap="050">
                  <Text as="h2" variant="headingSm">
                    <Link url={`/app/settings/carriers/${account.id}`}>{account.label || nameOf(account.carrier)}</Link>
                  </Text>
                  <Text as="p" tone="subdued">
                    {account.statusReason ?? nameOf(account.carrier)}
                  </Text>
                </BlockStack>
                <AccountBadge status={account.status} />
              </InlineStack>
            </Box>
          ))}
        </Card>
        <Card padding="0">
          <Box padding="400">
            <Text as="h2" variant="headingMd">
              {texts("carriers.connect_title")}
            </Text>
          </Box>
          {carriers.map(({ id, name, kind }) => (
            <Box borderBlockStartWidth="025" borderColor="border" key={id} padding="400">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <BlockStack gap="050">
                  <Text as="h3" fontWeight="semibold">
                    {name}
                  </Text>
                  <Text as="p" tone="subdued">
                    {textOf("carriers.kind", kind)}
                  </Text>
                </BlockStack>
                <Button
                  accessibilityLabel={texts("carriers.connect_one", { carrier: name })}
                  url={`/app/settings/carriers/new/${id}`}
                >
                  {texts("carriers.connect")}
                </Button>
              </InlineStack>
            </Box>
          ))}
        </Card>
      </BlockStack>
    </SettingsPage>
  );
}
