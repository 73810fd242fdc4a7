import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import { ShipmentFilters } from "#app/components/shipment-filters.tsx";
import { ShipmentTable } from "#app/components/shipment-table.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { useCounted } from "#app/components/use-counted.ts";
import { CARRIERS } from "#app/modules/carriers/registry.server.ts";
import { countUnshipped } from "#app/modules/foresight/read-unshipped.server.ts";
import { expectedText, shownText } from "#app/modules/shipments/expected-text.ts";
import { readIndexQuery } from "#app/modules/shipments/index-query.ts";
import { readTabCounts } from "#app/modules/shipments/read-day-numbers.server.ts";
import { readIndexPage } from "#app/modules/shipments/read-index-page.server.ts";
import { shopDay } from "#app/modules/shipments/civil-days.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import {
  createSavedView,
  listSavedViews,
  removeSavedView,
  renameSavedView,
} from "#app/modules/shops/saved-views.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

const PAGE = "shipments";

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId, timezone } = await openAdminVisit(services, request);
  const query = readIndexQuery(new URL(request.url).searchParams);
  const now = services.clock.now();
  const { today } = shopDay(timezone, now);
  return services.db.forShop(shopId, async (tx) =>
    json({
      query,
      today,
      now,
      page: await readIndexPage(tx, { shopId, timezone, now }, query),
      counts: await readTabCounts(tx, shopId),
      unshipped: await countUnshipped(tx, shopId),
      views: await listSavedViews(tx, { shopId, page: PAGE }),
      carriers: Object.values(CARRIERS).map(({ id, displayName }) => ({ id, name: displayName })),
    }),
  );
}

const text = z.string().max(500);
const viewForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("create"), name: text, query: text }),
  z.object({ intent: z.literal("rename"), id: text, name: text }),
  z.object({ intent: z.literal("remove"), id: text }),
]);

/** Saved views: made, renamed and removed; everything else on the page is a question of the address. */
export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const form = viewForm.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) return json({ kind: "name_invalid" as const }, { status: 400 });
  const door = { shopId, page: PAGE };
  const outcome = await services.db.forShop(shopId, async (tx) => {
    switch (form.data.intent) {
      case "create":
        return createSavedView(tx, services, { ...door, ...form.data });
      case "rename":
        return renameSavedView(tx, { ...door, ...form.data });
      case "remove":
        return removeSavedView(tx, { ...door, ...form.data });
    }
  });
  return json(outcome, { status: outcome.kind === "not_found" ? 404 : 200 });
}

export default function Shipments() {
  const { query, page, counts, views, carriers, unshipped, today, now } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const counted = useCounted();
  const late = { content: texts("unshipped.link", { count: counted(unshipped) }), url: "/app/orders" };
  return (
    <Page fullWidth secondaryActions={[late]} title={texts("shipments.title")}>
      <Card padding="0">
        <ShipmentFilters carriers={carriers} counts={counts} query={query} views={views} />
        <ShipmentTable
          carriers={carriers}
          expected={(row) =>
            row.status === "delivered"
              ? null
              : (shownText(row, texts.locale, today) ?? expectedText(row.estimatedDelivery, texts.locale, today))
          }
          now={now}
          page={page}
          query={query}
        />
      </Card>
    </Page>
  );
}
