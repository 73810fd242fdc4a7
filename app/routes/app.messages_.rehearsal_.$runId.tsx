import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { Button, Card, InlineStack, Pagination, Select, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import { BareRow } from "#app/components/bare-row.tsx";
import { useFormats } from "#app/components/formats.ts";
import { RehearsedList } from "#app/components/rehearsed-list.tsx";
import { MessagesPage } from "#app/components/sending-banners.tsx";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { listRehearsed, readRehearsal } from "#app/modules/notifications/rehearsal/read-rehearsals.server.ts";
import { readOrderNames } from "#app/modules/orders/read-order-names.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

const word = z
  .string()
  .regex(/^[a-z_]{1,40}$/)
  .optional()
  .catch(undefined);
const asked = z.object({
  ...{ kind: word, outcome: word, rule: word, difference: word },
  on: z.iso.date().optional().catch(undefined),
  person: z.string().max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(0).max(10_000).catch(0),
});

export async function loader({ request, params }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const { page, ...filter } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  return services.db.forShop(shopId, async (tx) => {
    const run = await readRehearsal(tx, shopId, params["runId"] ?? "");
    if (!run) throw new Response(null, { status: 404 });
    const found = await listRehearsed(tx, { shopId, dryRunId: run.id, filter, page });
    const orderIds = found.lines.map(({ orderId }) => orderId);
    const kinds = [...new Set(run.summary?.byKind.map(({ kind }) => kind) ?? [])];
    const sending = await readSendingState(tx, services, shopId);
    const orderNames = await readOrderNames(tx, shopId, orderIds);
    return json({ ...found, page, kinds, filter, orderNames, sending });
  });
}

const OUTCOMES = ["said", "sent", "waiting", "suppressed", "dropped", "gone"] as const;

export default function RehearsedMessages() {
  const { lines, total, pages, page, kinds, filter, orderNames, sending } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const textOf = useTextOf();
  const { day } = useFormats();
  const [parameters, setParameters] = useSearchParams();
  const set = (name: string) => (value: string) => {
    const next = new URLSearchParams(parameters);
    if (name !== "page") next.delete("page");
    if (value === "") next.delete(name);
    else next.set(name, value);
    setParameters(next);
  };
  const all = { value: "", label: texts("rehearsal.all") };
  // What no field shows, and was chosen by the figure that led here.
  const narrowed = [
    filter.difference ? textOf("rehearsal", filter.difference) : null,
    filter.rule ? textOf("why", filter.rule) : null,
    filter.on ? day(filter.on) : null,
    filter.person ? texts("rehearsal.shopper") : null,
  ].filter((name) => name !== null);
  return (
    <MessagesPage
      backAction={{ content: texts("rehearsal.title"), url: "/app/messages/rehearsal" }}
      fullWidth
      sending={sending}
      subtitle={narrowed.join(" · ")}
      title={texts("rehearsal.list", { count: total })}
    >
      <BareRow>
        <InlineStack blockAlign="end" gap="300">
          <Select
            label={texts("messages.kind")}
            onChange={set("kind")}
            options={[all, ...kinds.map((value) => ({ value, label: textOf("kind", value) }))]}
            value={filter.kind ?? ""}
          />
          <Select
            label={texts("rehearsal.outcome")}
            onChange={set("outcome")}
            options={[all, ...OUTCOMES.map((value) => ({ value, label: texts(`rehearsed.${value}`) }))]}
            value={filter.outcome ?? ""}
          />
          {parameters.size > 0 && <Button onClick={() => setParameters({})}>{texts("rehearsal.clear")}</Button>}
        </InlineStack>
      </BareRow>
      <Card padding="0">
        {lines.length === 0 ? (
          <div style={{ padding: "1rem" }}>
            <Text as="p" tone="subdued">
              {texts("rehearsal.none")}
            </Text>
          </div>
        ) : (
          <RehearsedList lines={lines} orderNames={orderNames} />
        )}
      </Card>
      <InlineStack align="center">
        <Pagination
          hasNext={page + 1 < pages}
          hasPrevious={page > 0}
          label={`${page + 1} / ${pages}`}
          onNext={() => set("page")(String(page + 1))}
          onPrevious={() => set("page")(String(page - 1))}
        />
      </InlineStack>
    </MessagesPage>
  );
}
