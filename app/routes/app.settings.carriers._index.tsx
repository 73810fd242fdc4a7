import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { AccountList } from "#app/components/account-list.tsx";
import { CarrierPicker } from "#app/components/carrier-picker.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { regionOf } from "#app/modules/carriers/carrier-regions.ts";
import { carrierById, CARRIERS } from "#app/modules/carriers/registry.server.ts";
import { readAccountUse, readCarrierShares } from "#app/modules/shipments/read-account-use.server.ts";
import { countUnknownCodes } from "#app/modules/shipments/read-unknown-codes.server.ts";
import { orderCarrierAccounts } from "#app/modules/shops/account-order.server.ts";
import { type CarrierAccountView, listCarrierAccounts } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const { carriers: directory, watch } = services.shipments;
  const now = services.clock.now();
  return services.db.forShop(shopId, async (tx) => {
    const accounts = (await listCarrierAccounts(tx, shopId)).sort(compareAccounts);
    const askable = await services.carrierAccess.accountsFor(tx, shopId);
    const { askedToday, following, more } = await readAccountUse(tx, { shopId, accounts: askable, directory, now });
    const shares = await readCarrierShares(tx, shopId);
    const listed = accounts.map((account) => {
      const carrier = carrierById(account.carrier);
      const perDay = carrier?.limits.requestsPerDay ?? null;
      return {
        ...account,
        name: account.label || carrier?.displayName || account.carrier,
        carrierName: carrier?.displayName ?? account.carrier,
        following: following[account.id] ?? 0,
        followsMore: more,
        askedToday: askedToday[account.id] ?? 0,
        perDay: perDay === null ? null : perDay * watch.pace,
      };
    });
    const carriers = Object.values(CARRIERS).map(({ id, displayName, kind }) => ({
      ...{ id, name: displayName, kind, region: regionOf(id) },
      share: shares.get(id) ?? 0,
      connected: accounts.filter(({ carrier }) => carrier === id).length,
    }));
    const unserved = [...shares].reduce((sum, [id, count]) => sum + (carrierById(id ?? "") ? 0 : count), 0);
    const unread = await countUnknownCodes(tx, shopId);
    return json({ accounts: listed, carriers, unserved, unread, now });
  });
}

/** In the order in which they are asked: of equal priority a carrier's own account before a service for many. */
function compareAccounts(a: CarrierAccountView, b: CarrierAccountView): number {
  return a.priority - b.priority || isService(a) - isService(b) || (a.id < b.id ? -1 : 1);
}

function isService({ carrier }: CarrierAccountView): number {
  return Number(carrierById(carrier)?.kind === "aggregator");
}

export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const form = await request.formData();
  const accountIds = String(form.get("accountIds") ?? "").slice(0, 20_000);
  const outcome = await orderCarrierAccounts(services, { shopId, actorId, accountIds: accountIds.split(",") });
  return json(outcome, { status: outcome.kind === "stale" ? 409 : 200 });
}

export default function Carriers() {
  const { accounts, carriers, unserved, unread, now } = useLoaderData<typeof loader>();
  const texts = useTexts();
  return (
    <SettingsPage title={texts("settings.carriers")}>
      <BlockStack gap="400">
        <AccountList accounts={accounts} now={now} />
        <Card>
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingSm">
              <Link removeUnderline url="/app/settings/carriers/codes">
                {texts("codes.title")}
              </Link>
            </Text>
            <Text as="p" tone="subdued">
              {texts("codes.waiting", { count: unread })}
            </Text>
          </InlineStack>
        </Card>
        <CarrierPicker carriers={carriers} unserved={unserved} />
      </BlockStack>
    </SettingsPage>
  );
}
