import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Box, Card, InlineStack, Link, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { type AdminKey, useTexts } from "#app/components/texts.tsx";
import { countFailedDeliveries } from "#app/modules/intake/list-deliveries.server.ts";
import { listCarrierAccounts } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { closedReasonOf, type SmsClosedReason } from "#app/modules/notifications/sms/sms-account.ts";
import { readSmsAccount } from "#app/modules/notifications/sms/sms-account-store.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  return services.db.forShop(shopId, async (tx) => {
    const accounts = await listCarrierAccounts(tx, shopId);
    const settings = await loadSettings(tx, shopId);
    return json({
      live: settings.messages.live,
      connected: accounts.filter(({ status }) => status === "active").length,
      refused: accounts.filter(({ status }) => status === "auth_failed").length,
      failed: await countFailedDeliveries(tx, shopId),
      smsClosed: closedReasonOf(await readSmsAccount(tx, shopId)),
    });
  });
}

export default function Settings() {
  const { live, connected, refused, failed, smsClosed } = useLoaderData<typeof loader>();
  const texts = useTexts();
  return (
    <Page title={texts("settings.title")}>
      <Card padding="0">
        <Section name="brand" to="/app/settings/brand" />
        <Section name="sender" to="/app/settings/sender" />
        <Section
          badge={
            <Badge {...(live ? { tone: "success" as const } : {})}>
              {texts(live ? "messages.on" : "messages.off")}
            </Badge>
          }
          name="messages"
          to="/app/settings/messages"
        />
        <Section
          badge={
            refused > 0 ? (
              <Badge tone="critical">{texts("settings.refused", { count: refused })}</Badge>
            ) : (
              <Badge>{texts("settings.connected", { count: connected })}</Badge>
            )
          }
          name="carriers"
          to="/app/settings/carriers"
        />
        <Section name="sms" to="/app/settings/sms" badge={<SmsBadge closed={smsClosed} />} />
        <Section name="promise" to="/app/settings/promise" />
        <Section name="forecasts" to="/app/settings/forecasts" />
        <Section name="privacy" to="/app/settings/privacy" />
        <Section
          badge={failed > 0 && <Badge tone="critical">{texts("settings.failed", { count: failed })}</Badge>}
          name="deliveries"
          to="/app/deliveries"
        />
      </Card>
    </Page>
  );
}

function SmsBadge({ closed }: { closed: SmsClosedReason | null }) {
  const texts = useTexts();
  if (closed === "refused") return <Badge tone="critical">{texts("settings.refused", { count: 1 })}</Badge>;
  return (
    <Badge {...(closed === null ? { tone: "success" as const } : {})}>
      {texts(closed === null ? "messages.on" : "messages.off")}
    </Badge>
  );
}

interface SectionProps {
  name: "brand" | "sender" | "messages" | "sms" | "carriers" | "promise" | "forecasts" | "privacy" | "deliveries";
  to: string;
  badge?: React.ReactNode;
}

function Section({ name, to, badge }: SectionProps) {
  const texts = useTexts();
  const title: AdminKey = `settings.${name}`;
  const text: AdminKey = `settings.${name}_text`;
  return (
    <Box borderBlockEndWidth="025" borderColor="border" padding="400">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <BlockStack gap="050">
          <Text as="h2" variant="headingSm">
            <Link url={to}>{texts(title)}</Link>
          </Text>
          <Text as="p" tone="subdued">
            {texts(text)}
          </Text>
        </BlockStack>
        {badge}
      </InlineStack>
    </Box>
  );
}
