import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, InlineGrid } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { SenderCard, SenderPreview, USUAL_NAME } from "#app/components/sender-card.tsx";
import { ChannelBanner } from "#app/components/sending-banners.tsx";
import { SenderDomainsCard } from "#app/components/sender-domains-card.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { answerSenderForm } from "#app/modules/notifications/answer-sender-form.server.ts";
import { readSenderPage } from "#app/modules/notifications/read-sender-page.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { domainOf } from "#app/modules/notifications/domains/sender-domain.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId, name, domain } = await openAdminVisit(services, request);
  const now = services.clock.now().toISOString();
  return services.db.forShop(shopId, async (tx) => {
    const { email } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { email: true } });
    const { sender, brand } = await loadSettings(tx, shopId);
    return json({
      sender,
      ...(await readSenderPage(tx, { shopId, trial: services.trialSender, today: now.slice(0, 10) })),
      sending: await readSendingState(tx, services, shopId),
      canManage: services.domains !== null,
      // Where mails say that replies go when nothing is entered here.
      fallbackReply: brand.supportEmail || email || "",
      shopName: brand.displayName || (name ?? domain),
      now,
    });
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return json(await answerSenderForm(webServices(), request));
}

export default function Sender() {
  const { sender, problem, domains, sending, ...page } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const textOf = useTextOf();
  const form = useSettingsForm(sender);
  const verified = domains.filter(({ state }) => state === "verified").map(({ name }) => name);
  const sent = String(form.values.fromAddress);
  const use = (name: string) => form.set("fromAddress")(`${USUAL_NAME}@${name}`);
  return (
    <SettingsPage form={form} title={texts("settings.sender")}>
      <BlockStack gap="400">
        {problem && (
          <Banner title={texts("sender.waiting")} tone="warning">
            <p>{textOf("sender_reason", problem)}</p>
          </Banner>
        )}
        {sending.problems
          .filter(({ reason }) => reason === "mail_service")
          .map((one) => (
            <ChannelBanner here key={one.reason} problem={one} />
          ))}
        <InlineGrid alignItems="start" columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400">
          <SenderCard form={form} verified={verified} {...page} />
          <SenderPreview form={form} {...page} />
        </InlineGrid>
        <SenderDomainsCard
          canManage={page.canManage}
          chosen={domainOf(sent)}
          domains={domains}
          now={page.now}
          onUse={use}
          trial={page.trial}
        />
      </BlockStack>
    </SettingsPage>
  );
}
