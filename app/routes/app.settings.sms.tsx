import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { pickLocale } from "#app/lib/i18n.ts";
import { adminTexts } from "#app/components/admin-texts.server.ts";
import { ChannelBanner } from "#app/components/sending-banners.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { SmsAccountCard } from "#app/components/sms-account-card.tsx";
import { SmsConnectCard } from "#app/components/sms-connect-card.tsx";
import { SmsConsentCard } from "#app/components/sms-consent-card.tsx";
import { SmsLimitsCard } from "#app/components/sms-limits-card.tsx";
import { SmsPriceCard } from "#app/components/sms-price-card.tsx";
import { SmsStatusCard } from "#app/components/sms-status-card.tsx";
import { SmsTestCard } from "#app/components/sms-test-card.tsx";
import { WhatsappPriceCard } from "#app/components/whatsapp-price-card.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { answerSmsForm } from "#app/modules/notifications/sms/answer-sms-form.server.ts";
import { readSmsPage } from "#app/modules/notifications/sms/read-sms-page.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId, name, domain } = await openAdminVisit(services, request);
  return services.db.forShop(shopId, async (tx) => {
    const { brand } = await loadSettings(tx, shopId);
    const page = await readSmsPage(tx, services, { shopId, now: services.clock.now() });
    const { problems } = await readSendingState(tx, services, shopId);
    return json({ ...page, problems, shopName: brand.displayName || (name ?? domain) });
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId, locale } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(await request.formData()) as Record<string, string>;
  const spoken = pickLocale(locale);
  const testBody = adminTexts(spoken).catalogue["sms.test_body"] ?? "";
  return json(await answerSmsForm(services, { shopId, actorId, fields, testBody, locale: spoken }));
}

export default function Sms() {
  const { account, closed, countries, prices, hookUrl, month, shopName, problems } = useLoaderData<typeof loader>();
  const texts = useTexts();
  return (
    <SettingsPage subtitle={texts("sms.subtitle")} title={texts("settings.sms")}>
      <BlockStack gap="400">
        {problems
          .filter(({ channel }) => channel === "sms")
          .map((problem) => (
            <ChannelBanner here key={problem.reason} problem={problem} />
          ))}
        <SmsStatusCard closed={closed} month={account ? month : null} />
        {account ? (
          <>
            <SmsAccountCard
              accountSid={account.accountSid}
              hookUrl={hookUrl}
              options={account.options}
              problem={account.problem}
            />
            <SmsPriceCard accepted={account.prices !== null} countries={countries} prices={prices} />
            {account.options.whatsappFrom && (
              <WhatsappPriceCard countries={countries} ready={account.options.whatsappPrices !== null} />
            )}
            <SmsConsentCard consent={account.options.consent} shopName={shopName} />
            <SmsTestCard />
            <SmsLimitsCard caps={account.options.caps} />
          </>
        ) : (
          <SmsConnectCard />
        )}
      </BlockStack>
    </SettingsPage>
  );
}
