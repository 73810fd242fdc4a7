import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { SettingsField } from "#app/components/settings-field.tsx";
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
  const { shopId, name, domain } = await openAdminVisit(services, request);
  const { sender, brand, email } = await services.db.forShop(shopId, async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { email: true } });
    return { ...(await loadSettings(tx, shopId)), ...shop };
  });
  const { fromName, replyTo } = sender;
  return json({
    sender: { fromName, replyTo },
    address: sender.fromAddress || services.env.MAIL_FROM,
    // Where mails say that replies go when nothing is entered here.
    fallbackReply: brand.supportEmail || email,
    shopName: brand.displayName || (name ?? domain),
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return json(await answerSettingsForm(webServices(), request, "sender"));
}

export default function Sender() {
  const { sender, address, fallbackReply, shopName } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const form = useSettingsForm(sender);
  const replies = form.values.replyTo || fallbackReply;
  return (
    <SettingsPage form={form} title={texts("settings.sender")}>
      <InlineGrid alignItems="start" columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400">
        <Card>
          <BlockStack gap="400">
            <SettingsField
              form={form}
              help="sender.name_help"
              label="sender.name"
              maxLength={80}
              name="fromName"
              placeholder={shopName}
            />
            <SettingsField
              form={form}
              help="sender.reply_help"
              label="sender.reply"
              name="replyTo"
              placeholder={fallbackReply ?? ""}
              type="email"
            />
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {texts("sender.preview")}
            </Text>
            <Text as="p" fontWeight="semibold">
              {form.values.fromName || shopName}
            </Text>
            <Text as="p" breakWord tone="subdued">
              {address}
            </Text>
            <Text as="p" breakWord tone="subdued">
              {replies ? texts("sender.replies_to", { address: replies }) : texts("sender.no_reply")}
            </Text>
          </BlockStack>
        </Card>
      </InlineGrid>
    </SettingsPage>
  );
}
