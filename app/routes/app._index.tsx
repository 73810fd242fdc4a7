import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { AttentionCard } from "#app/components/attention-card.tsx";
import { DayNumbers } from "#app/components/day-numbers.tsx";
import { ExtensionCard } from "#app/components/extension-card.tsx";
import { ImportCard, useLookAgain } from "#app/components/import-card.tsx";
import { SendingBanners } from "#app/components/sending-banners.tsx";
import { SetupCard } from "#app/components/setup-card.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { countUnshipped, readUnshipped } from "#app/modules/foresight/read-unshipped.server.ts";
import { countFailedDeliveries } from "#app/modules/intake/list-deliveries.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { readSentCounts } from "#app/modules/notifications/read-sent-counts.server.ts";
import { ordersWithoutTracking } from "#app/modules/orders/find-orders.server.ts";
import { importProgress, startImport } from "#app/modules/orders/start-import.server.ts";
import { shopDay } from "#app/modules/shipments/civil-days.ts";
import { readAttention, readDelivered, readTabCounts } from "#app/modules/shipments/read-day-numbers.server.ts";
import { dismissOnHome } from "#app/modules/shops/dismiss-on-home.server.ts";
import { listCarrierAccounts } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { setupSteps } from "#app/modules/shops/setup-steps.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { db, clock } = services;
  const { shopId, timezone, name } = await openAdminVisit(services, request);
  const now = clock.now();
  const day = shopDay(timezone, now);
  return db.forShop(shopId, async (tx) => {
    const settings = await loadSettings(tx, shopId);
    const accounts = await listCarrierAccounts(tx, shopId);
    const progress = await importProgress(tx);
    return json({
      name,
      now,
      progress,
      steps: setupSteps({ settings, accounts, imported: progress?.state === "done" }),
      dismissed: settings.dismissed,
      live: settings.messages.live,
      sending: await readSendingState(tx, services, shopId),
      counts: await readTabCounts(tx, shopId),
      delivered: await readDelivered(tx, shopId, day),
      sent: await readSentCounts(tx, { shopId, todayAt: day.startedAt, yesterdayAt: day.yesterdayStartedAt }),
      attention: await readAttention(tx, { shopId, now, perReason: 5 }),
      refused: accounts.filter(({ status }) => status === "auth_failed"),
      failedDeliveries: await countFailedDeliveries(tx, shopId),
      unshipped: {
        count: await countUnshipped(tx, shopId),
        orders: (await readUnshipped(tx, { shopId, limit: 5 })).rows,
      },
      untracked: await ordersWithoutTracking(tx, { shopId, now, olderThanDays: 1, limit: 5 }),
    });
  });
}

/** Puts a card away for good, or starts an import again that had failed. */
export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const form = await request.formData();
  const intent = String(form.get("intent"));
  await services.db.forShop(shopId, async (tx) => {
    if (intent === "import") await startImport(tx, services, { shopId });
    else await dismissOnHome(tx, services, { shopId, actorId, card: String(form.get("card")) });
  });
  return json({ ok: true });
}

export default function Home() {
  const data = useLoaderData<typeof loader>();
  const texts = useTexts();
  const { progress, steps, dismissed, now } = data;
  // Right after the install the shop is still being set up: the import shows itself as soon as it begins.
  useLookAgain(progress === null);
  return (
    <Page title={texts("home.title")}>
      <BlockStack gap="400">
        <SendingBanners sending={data.sending} />
        {!dismissed.includes("setup") && <SetupCard steps={steps} />}
        {progress && !(progress.state === "done" && dismissed.includes("import")) && (
          <ImportCard live={data.live} progress={progress} />
        )}
        <DayNumbers counts={data.counts} delivered={data.delivered} sent={data.sent} />
        <AttentionCard
          failedDeliveries={data.failedDeliveries}
          items={data.attention}
          now={now}
          refused={data.refused}
          total={data.counts.attention}
          unshipped={data.unshipped}
          untracked={data.untracked}
        />
        <ExtensionCard />
      </BlockStack>
    </Page>
  );
}
