import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Card, Checkbox, List, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { answerSettingsForm } from "#app/modules/shops/answer-settings-form.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const settings = await services.db.forShop(shopId, (tx) => loadSettings(tx, shopId));
  const { live } = settings.messages;
  return json({ values: { live, writeBack: settings.writeBack.enabled } });
}

export async function action({ request }: ActionFunctionArgs) {
  return json(await answerSettingsForm(webServices(), request, "messages"));
}

export default function MessageSettings() {
  const { values } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const form = useSettingsForm(values);
  const { live } = values;
  return (
    <SettingsPage
      form={form}
      title={texts("settings.messages")}
      titleMetadata={
        <Badge {...(live ? { tone: "success" } : {})}>{texts(live ? "messages.on" : "messages.off")}</Badge>
      }
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {texts("live.title")}
            </Text>
            <List>
              <List.Item>{texts("live.never_past")}</List.Item>
              <List.Item>{texts("live.once")}</List.Item>
              <List.Item>{texts("live.shopify_mails")}</List.Item>
            </List>
            <Checkbox
              checked={form.values.live}
              helpText={texts("live.help")}
              label={texts("live.label")}
              onChange={form.set("live")}
            />
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              {texts("write_back.title")}
            </Text>
            <Checkbox
              checked={form.values.writeBack}
              helpText={texts("write_back.help")}
              label={texts("write_back.label")}
              onChange={form.set("writeBack")}
            />
          </BlockStack>
        </Card>
      </BlockStack>
    </SettingsPage>
  );
}
