import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { SettingsField } from "#app/components/settings-field.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import { colourHint, TrackingPreview } from "#app/components/tracking-preview.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { answerSettingsForm } from "#app/modules/shops/answer-settings-form.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId, name, domain } = await openAdminVisit(services, request);
  const { brand, shopAddress } = await services.db.forShop(shopId, async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { postalAddress: true } });
    return { brand: (await loadSettings(tx, shopId)).brand, shopAddress: shop.postalAddress };
  });
  return json({ brand, shopName: name ?? domain, shopAddress });
}

export async function action({ request }: ActionFunctionArgs) {
  return json(await answerSettingsForm(webServices(), request, "brand"));
}

export default function Brand() {
  const { brand, shopName, shopAddress } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const form = useSettingsForm(brand);
  const { displayName, logoUrl, primaryColour, supportUrl, supportEmail } = form.values;
  const hint = colourHint(primaryColour);
  return (
    <SettingsPage form={form} title={texts("settings.brand")}>
      <InlineGrid alignItems="start" columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400">
        <BlockStack gap="400">
          <Card>
            <BlockStack gap="400">
              <SettingsField
                form={form}
                help="brand.name_help"
                label="brand.name"
                maxLength={80}
                name="displayName"
                placeholder={shopName}
              />
              <SettingsField
                form={form}
                help="brand.logo_help"
                label="brand.logo"
                name="logoUrl"
                placeholder="https://"
                type="url"
              />
              <SettingsField
                form={form}
                label="brand.colour"
                maxLength={7}
                name="primaryColour"
                placeholder="#1f5199"
              />
              {hint && (
                <Text as="p" tone={hint === "preview.low_contrast" ? "caution" : "subdued"} variant="bodySm">
                  {texts(hint)}
                </Text>
              )}
            </BlockStack>
          </Card>
          <TitledCard title={texts("brand.support")}>
            <SettingsField form={form} label="brand.support_url" name="supportUrl" placeholder="https://" type="url" />
            <SettingsField form={form} label="brand.support_email" name="supportEmail" type="email" />
            <SettingsField
              form={form}
              help="brand.address_help"
              label="brand.address"
              maxLength={300}
              name="postalAddress"
              placeholder={shopAddress ?? ""}
            />
          </TitledCard>
        </BlockStack>
        <TrackingPreview
          colour={primaryColour}
          logoUrl={logoUrl}
          name={displayName || shopName}
          support={supportEmail || supportUrl}
        />
      </InlineGrid>
    </SettingsPage>
  );
}
