import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { BlockStack, Card, Select, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import { ControlEffectCard } from "#app/components/control-effect-card.tsx";
import { BareRow } from "#app/components/bare-row.tsx";
import { EmptyNote } from "#app/components/empty-note.tsx";
import { PerformanceTable } from "#app/components/performance-table.tsx";
import { MessagesPage } from "#app/components/sending-banners.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { readPerformance } from "#app/modules/notifications/message-performance.server.ts";
import { readControlEffects } from "#app/modules/notifications/read-control-effect.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

const DAYS = ["7", "30", "90"] as const;
const asked = z.object({ days: z.enum(DAYS).catch("30") });

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const { days } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const since = new Date(services.clock.now().getTime() - Number(days) * 86_400_000);
  return services.db.forShop(shopId, async (tx) => {
    const kinds = await readPerformance(tx, { shopId, since });
    const effects = await readControlEffects(tx, { shopId, since });
    const sending = await readSendingState(tx, services, shopId);
    return json({ kinds, days, effects, sending });
  });
}

export default function Performance() {
  const { kinds, days, effects, sending } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const [, setParameters] = useSearchParams();
  return (
    <MessagesPage
      backAction={{ content: texts("messages.title"), url: "/app/messages" }}
      fullWidth
      sending={sending}
      title={texts("messages.performance")}
    >
      <BareRow maxWidth="18rem">
        <Select
          label={texts("performance.period")}
          onChange={(value) => setParameters({ days: value })}
          options={DAYS.map((value) => ({ value, label: texts("performance.days", { count: Number(value) }) }))}
          value={days}
        />
      </BareRow>
      <Card>
        {kinds.length === 0 ? (
          <EmptyNote heading={texts("performance.empty")} text={texts("performance.empty_text")} />
        ) : (
          <BlockStack gap="300">
            <PerformanceTable kinds={kinds} />
            <Text as="p" tone="subdued" variant="bodySm">
              {texts("performance.how")}
            </Text>
          </BlockStack>
        )}
      </Card>
      <ControlEffectCard effects={effects} />
    </MessagesPage>
  );
}
