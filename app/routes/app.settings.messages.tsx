import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Button, Checkbox, InlineStack, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { DigestCard } from "#app/components/digest-card.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { readDigestWish } from "#app/modules/notifications/preview-digest.server.ts";
import { answerSettingsForm } from "#app/modules/shops/answer-settings-form.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId, timezone } = await openAdminVisit(services, request);
  return services.db.forShop(shopId, async (tx) => {
    const { writeBack } = await loadSettings(tx, shopId);
    return json({ timezone, digest: await readDigestWish(tx, shopId), values: { writeBack: writeBack.enabled } });
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return json(await answerSettingsForm(webServices(), request, "messages"));
}

/** What staff hear, and what goes back to Shopify. Which messages go out, and when, has pages of its own. */
export default function MessageSettings() {
  const { values, digest, timezone } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const form = useSettingsForm(values);
  return (
    <SettingsPage form={form} title={texts("settings.messages")}>
      <BlockStack gap="400">
        <TitledCard gap="300" title={texts("events.title")}>
          <Text as="p">{texts("events.subtitle")}</Text>
          <InlineStack>
            <Button url="/app/messages/events">{texts("events.open")}</Button>
          </InlineStack>
        </TitledCard>
        <DigestCard wish={digest} zone={timezone} />
        <TitledCard gap="200" title={texts("write_back.title")}>
          <Checkbox
            checked={form.values.writeBack}
            helpText={texts("write_back.help")}
            label={texts("write_back.label")}
            onChange={form.set("writeBack")}
          />
        </TitledCard>
      </BlockStack>
    </SettingsPage>
  );
}
