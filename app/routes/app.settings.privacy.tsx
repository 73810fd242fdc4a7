import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { PrivacyRequests } from "#app/components/privacy-requests.tsx";
import { SettingsField } from "#app/components/settings-field.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { answerSettingsForm } from "#app/modules/shops/answer-settings-form.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { listPrivacyRequests } from "#app/modules/shops/privacy-requests.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  return services.db.forShop(shopId, async (tx) => {
    const { privacy } = await loadSettings(tx, shopId);
    return json({
      values: { keepBuyerDataDays: String(privacy.keepBuyerDataDays) },
      requests: await listPrivacyRequests(tx, shopId),
    });
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return json(await answerSettingsForm(webServices(), request, "privacy"));
}

export default function Privacy() {
  const { values, requests } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const form = useSettingsForm(values);
  return (
    <SettingsPage form={form} title={texts("settings.privacy")}>
      <BlockStack gap="400">
        <TitledCard gap="300" title={texts("privacy.keep_title")}>
          <SettingsField
            form={form}
            help="privacy.keep_help"
            label="privacy.keep"
            name="keepBuyerDataDays"
            suffix={texts("common.days")}
            type="number"
          />
        </TitledCard>
        <PrivacyRequests requests={requests} />
      </BlockStack>
    </SettingsPage>
  );
}
