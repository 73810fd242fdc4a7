import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useFetcher, useLoaderData, useRevalidator } from "@remix-run/react";
import {
  Banner,
  BlockStack,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  ProgressBar,
  Select,
  Text,
} from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, useState } from "react";
import { z } from "zod";
import { EmptyNote } from "#app/components/empty-note.tsx";
import { useFormats } from "#app/components/formats.ts";
import { RehearsalReport } from "#app/components/rehearsal-report.tsx";
import { MessagesPage } from "#app/components/sending-banners.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { readRehearsal } from "#app/modules/notifications/rehearsal/read-rehearsals.server.ts";
import { startRehearsal } from "#app/modules/notifications/rehearsal/start-rehearsal.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { readDraft } from "#app/modules/notifications/rule-sets.server.ts";
import { readOrderNames } from "#app/modules/orders/read-order-names.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

const DAYS = ["7", "30", "60", "90"] as const;
const wish = z.object({ of: z.enum(["draft", "published"]).catch("draft"), days: z.enum(DAYS).catch("60") });

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  return services.db.forShop(shopId, async (tx) => {
    const run = await readRehearsal(tx, shopId);
    const orderIds = (run?.summary?.worst ?? []).map(({ orderId }) => orderId);
    const orderNames = await readOrderNames(tx, shopId, orderIds);
    const sending = await readSendingState(tx, services, shopId);
    return json({ run, orderNames, sending, hasDraft: (await readDraft(tx, shopId)) !== null });
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const { of, days } = wish.parse(Object.fromEntries(await request.formData()));
  const asked = { shopId, of, days: Number(days), actorId };
  const id = await services.db.forShop(shopId, (tx) => startRehearsal(tx, services, asked));
  return json({ id });
}

const LOOK_AGAIN_MS = 2_000;

export default function Rehearsal() {
  const { run, orderNames, hasDraft, sending } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const busy = run?.state === "queued" || run?.state === "running";
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(revalidate, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [busy, revalidate]);
  return (
    <MessagesPage
      backAction={{ content: texts("messages.title"), url: "/app/messages/events" }}
      fullWidth
      sending={sending}
      subtitle={texts("rehearsal.subtitle")}
      title={texts("rehearsal.title")}
    >
      <StartCard busy={busy} hasDraft={hasDraft} />
      {run?.state === "failed" && (
        <Banner tone="critical">
          <p>{texts("rehearsal.failed")}</p>
        </Banner>
      )}
      {run && busy && <Progress done={run.ordersDone} total={run.ordersTotal} />}
      {run?.summary && <RehearsalReport orderNames={orderNames} run={run} summary={run.summary} />}
      {!run && (
        <Card>
          <EmptyNote heading={texts("rehearsal.empty")} text={texts("rehearsal.empty_text")} />
        </Card>
      )}
    </MessagesPage>
  );
}

function StartCard({ busy, hasDraft }: { busy: boolean; hasDraft: boolean }) {
  const texts = useTexts();
  const fetcher = useFetcher<typeof action>();
  const [days, setDays] = useState("60");
  const start = (of: "draft" | "published") => fetcher.submit({ of, days }, { method: "post" });
  const waits = busy || fetcher.state !== "idle";
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">{texts("rehearsal.nothing_sent")}</Text>
        <InlineStack align="start" blockAlign="end" gap="300">
          <Select
            label={texts("rehearsal.period")}
            onChange={setDays}
            options={DAYS.map((value) => ({ value, label: texts("performance.days", { count: Number(value) }) }))}
            value={days}
          />
          <ButtonGroup>
            {hasDraft && (
              <Button disabled={waits} loading={waits} onClick={() => start("draft")} variant="primary">
                {texts("rehearsal.start_draft")}
              </Button>
            )}
            <Button
              disabled={waits}
              loading={waits && !hasDraft}
              onClick={() => start("published")}
              {...(hasDraft ? {} : { variant: "primary" as const })}
            >
              {texts("rehearsal.start_published")}
            </Button>
          </ButtonGroup>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function Progress({ done, total }: { done: number; total: number | null }) {
  const texts = useTexts();
  const { number } = useFormats();
  const share = total ? Math.round((done / total) * 100) : 0;
  const label = texts("rehearsal.progress", { done: number(done), total: total === null ? "…" : number(total) });
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="p">{label}</Text>
        <ProgressBar ariaLabelledBy="rehearsal-progress" progress={share} size="small" />
      </BlockStack>
    </Card>
  );
}
