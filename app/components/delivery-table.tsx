import { useFetcher } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, Button, InlineStack, Modal, Text } from "@shopify/polaris";
import { useState } from "react";
import type { FailedDelivery } from "#app/modules/intake/list-deliveries.server.ts";
import { showToast } from "./app-bridge.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { useAnswer } from "./use-answer.ts";

type Delivery = SerializeFrom<FailedDelivery>;

interface DeliveryTableProps {
  deliveries: readonly Delivery[];
  next: string | null;
  now: string;
}

/** What arrived and could not be understood or stored in the end; each can be taken up again. */
export function DeliveryTable({ deliveries, next, now }: DeliveryTableProps) {
  const texts = useTexts();
  const { ago } = useFormats();
  const [chosen, setChosen] = useState<Delivery | null>(null);
  if (deliveries.length === 0) {
    return <EmptyNote heading={texts("deliveries.empty")} text={texts("deliveries.empty_text")} />;
  }
  return (
    <>
      {deliveries.map((delivery) => (
        <Box borderBlockEndWidth="025" borderColor="border" key={delivery.id} padding="400">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <BlockStack gap="050">
              <Text as="h2" fontWeight="semibold">
                {delivery.source} · {delivery.topic}
              </Text>
              <Text as="p" breakWord tone="subdued">
                {delivery.error ?? texts("deliveries.no_error")}
              </Text>
              <Text as="p" tone="subdued" variant="bodySm">
                {texts("deliveries.tried", { count: delivery.attempts, when: ago(delivery.receivedAt, now) })}
              </Text>
            </BlockStack>
            <Button onClick={() => setChosen(delivery)}>{texts("deliveries.replay")}</Button>
          </InlineStack>
        </Box>
      ))}
      {next && (
        <Box padding="400">
          <Button url={`/app/deliveries?after=${encodeURIComponent(next)}`}>{texts("common.more")}</Button>
        </Box>
      )}
      <ReplayDialog close={() => setChosen(null)} delivery={chosen} />
    </>
  );
}

function ReplayDialog({ delivery, close }: { delivery: Delivery | null; close(): void }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<{ kind: string }>();
  useAnswer(fetcher, ({ kind }) => {
    showToast(textOf("replay", kind, "problem.title"));
    close();
  });
  return (
    <Modal
      onClose={close}
      open={delivery !== null}
      primaryAction={{
        content: texts("deliveries.replay"),
        loading: fetcher.state !== "idle",
        onAction: () => delivery && fetcher.submit({ deliveryId: delivery.id }, { method: "post" }),
      }}
      secondaryActions={[{ content: texts("common.cancel"), onAction: close }]}
      title={texts("deliveries.replay_title")}
    >
      <Modal.Section>
        <Text as="p">{texts("deliveries.replay_text")}</Text>
      </Modal.Section>
    </Modal>
  );
}
