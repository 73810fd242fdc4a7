import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { AccountBadge } from "#app/components/account-badge.tsx";
import { AccountHealth } from "#app/components/account-health.tsx";
import { CarrierForm } from "#app/components/carrier-form.tsx";
import { HookCard } from "#app/components/hook-card.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import { resumeWatch } from "#app/modules/shipments/retrack.server.ts";
import { readCarrierForm, tryCarrierForm } from "#app/modules/shops/carrier-form.server.ts";
import { replaceCarrierCredentials } from "#app/modules/shops/connect-carrier-account.server.ts";
import {
  listCarrierAccounts,
  readCarrierHook,
  removeCarrierAccount,
  testCarrierAccount,
} from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { renameCarrierAccount } from "#app/modules/shops/rename-carrier-account.server.ts";
import { switchCarrierAccount } from "#app/modules/shops/switch-carrier-account.server.ts";
import { type AdminVisit, openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

/** The account with its carrier. @throws Response 404 when this shop has none of that id. */
async function findAccount({ shopId }: AdminVisit, accountId: string) {
  const services = webServices();
  const accounts = await services.db.forShop(shopId, (tx) => listCarrierAccounts(tx, shopId));
  const account = accounts.find(({ id }) => id === accountId);
  const carrier = carrierById(account?.carrier ?? "");
  if (!account || !carrier) throw new Response(null, { status: 404 });
  return { account, carrier };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const services = webServices();
  const visit = await openAdminVisit(services, request);
  const { account, carrier } = await findAccount(visit, params["accountId"] ?? "");
  const key = { shopId: visit.shopId, accountId: account.id };
  const hook = carrier.push
    ? await services.db.forShop(visit.shopId, (tx) => readCarrierHook(services, tx, key))
    : null;
  const { id, displayName, credentialFields } = carrier;
  return json({
    account,
    hook,
    carrier: { id, name: displayName, fields: credentialFields },
    now: services.clock.now(),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const services = webServices();
  const visit = await openAdminVisit(services, request);
  const { account, carrier } = await findAccount(visit, params["accountId"] ?? "");
  const key = { shopId: visit.shopId, accountId: account.id, actorId: visit.actorId };
  const { intent, label, credentials } = readCarrierForm(await request.formData());
  switch (intent) {
    case "remove":
      await removeCarrierAccount(services, key);
      return redirect("/app/settings/carriers");
    case "switch_on":
    case "switch_off":
      return json(await switchCarrierAccount(services, { ...key, on: intent === "switch_on" }));
    case "test_stored":
      return json(await testCarrierAccount(services, { ...key, carrier }));
    case "test":
      return json(await tryCarrierForm(services, carrier, credentials));
    default: {
      const typed = Object.values(credentials).some((value) => value.trim() !== "");
      if (!typed) return json(await renameCarrierAccount(services, { ...key, label: label || carrier.displayName }));
      const input = { ...key, carrier, credentials, label: label || account.label };
      const outcome = await replaceCarrierCredentials(services, input);
      if (outcome.kind === "connected") await resumeWatch(services.shipments, visit.shopId);
      return json(outcome);
    }
  }
}

export default function Account() {
  const { account, carrier, hook, now } = useLoaderData<typeof loader>();
  const empty = Object.fromEntries(carrier.fields.map(({ name }) => [name, ""]));
  const form = useSettingsForm<Record<string, string>>({ label: account.label, ...empty });
  return (
    <SettingsPage
      back="/app/settings/carriers"
      form={form}
      title={account.label || carrier.name}
      titleMetadata={<AccountBadge status={account.status} />}
    >
      <BlockStack gap="400">
        <AccountHealth account={account} carrierName={carrier.name} now={now} />
        <CarrierForm carrier={carrier} form={form} replacing />
        {hook && <HookCard hook={hook} />}
      </BlockStack>
    </SettingsPage>
  );
}
