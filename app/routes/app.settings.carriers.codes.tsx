import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { CodeMappingList } from "#app/components/code-mapping-list.tsx";
import type { Meanings } from "#app/components/map-code-dialog.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { UnknownCodeList } from "#app/components/unknown-code-list.tsx";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import { mapCode, undoCodeMapping } from "#app/modules/shipments/map-code.server.ts";
import { MAPPABLE } from "#app/modules/shipments/mappable.ts";
import {
  readCodeMappings,
  readUnknownCodes,
  UNKNOWN_CODE_COUNT,
} from "#app/modules/shipments/read-unknown-codes.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  return services.db.forShop(shopId, async (tx) => {
    const codes = await readUnknownCodes(tx, shopId);
    const mappings = await readCodeMappings(tx, shopId);
    return json({
      codes: codes.map((code) => ({ ...code, carrierName: nameOf(code), many: code.scans >= UNKNOWN_CODE_COUNT })),
      mappings: mappings.map((mapping) => ({ ...mapping, carrierName: nameOf(mapping) })),
      meanings: MAPPABLE as Meanings,
      now: services.clock.now(),
    });
  });
}

function nameOf({ carrier }: { carrier: string }): string {
  return carrierById(carrier)?.displayName ?? carrier;
}

/** What a code means, said or taken back. Repeated, it changes nothing more. */
export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? "").slice(0, 120);
  if (field("intent") === "undo") {
    const undone = await undoCodeMapping(services, { shopId, actorId, mappingId: field("mappingId") });
    return json(undone, { status: undone.kind === "not_found" ? 404 : 200 });
  }
  const said = {
    carrier: field("carrier"),
    code: field("code"),
    status: field("status"),
    subStatus: field("subStatus"),
  };
  const outcome = await mapCode(services, { shopId, actorId, ...said });
  switch (outcome.kind) {
    case "mapped":
      return json(outcome);
    case "not_found":
      return json(outcome, { status: 404 });
    case "invalid":
    case "too_many":
      return json(outcome, { status: 400 });
  }
}

export default function Codes() {
  const { codes, mappings, meanings, now } = useLoaderData<typeof loader>();
  const texts = useTexts();
  return (
    <SettingsPage back="/app/settings/carriers" subtitle={texts("codes.text")} title={texts("codes.title")}>
      <BlockStack gap="400">
        <UnknownCodeList codes={codes} meanings={meanings} now={now} />
        {mappings.length > 0 && <CodeMappingList mappings={mappings} meanings={meanings} />}
      </BlockStack>
    </SettingsPage>
  );
}
