import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineStack, Spinner, Text } from "@shopify/polaris";
import { useState } from "react";
import type { CodeMappingView } from "#app/modules/shipments/read-unknown-codes.server.ts";
import { showToast } from "./app-bridge.ts";
import { useFormats } from "./formats.ts";
import { useLookAgain } from "./import-card.tsx";
import { MapCodeDialog, type Meanings } from "./map-code-dialog.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { CodeTitle } from "./unknown-code-list.tsx";
import { useAnswer } from "./use-answer.ts";

type ListedMapping = SerializeFrom<CodeMappingView> & { carrierName: string };

interface CodeMappingListProps {
  mappings: readonly ListedMapping[];
  meanings: Meanings;
}

/** What the merchant has said about codes, how far it has been applied, and the way back. */
export function CodeMappingList({ mappings, meanings }: CodeMappingListProps) {
  const texts = useTexts();
  const [changed, setChanged] = useState<ListedMapping | null>(null);
  useLookAgain(mappings.some(({ busy }) => busy));
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {texts("codes.yours")}
        </Text>
      </Box>
      {mappings.map((mapping) => (
        <MappingRow key={mapping.id} mapping={mapping} onChange={setChanged} />
      ))}
      {changed && <MapCodeDialog close={() => setChanged(null)} code={changed} meanings={meanings} />}
    </Card>
  );
}

function MappingRow({ mapping, onChange }: { mapping: ListedMapping; onChange(mapping: ListedMapping): void }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { code, subStatus, words, undoing } = mapping;
  return (
    <Box borderBlockStartWidth="025" borderColor="border" padding="400">
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <Box maxWidth="36rem" minWidth="0">
          <BlockStack gap="100">
            <CodeTitle carrierName={mapping.carrierName} code={code} />
            {words && (
              <Text as="p" breakWord>
                “{words}”
              </Text>
            )}
            <InlineStack align="start" blockAlign="center" gap="200">
              <StatusBadge status={mapping.status} />
              {subStatus && <Text as="span">{textOf("sub", subStatus)}</Text>}
            </InlineStack>
            <Progress mapping={mapping} />
          </BlockStack>
        </Box>
        {!undoing && (
          <InlineStack gap="200">
            <Button accessibilityLabel={`${texts("codes.change")}: ${code}`} onClick={() => onChange(mapping)}>
              {texts("codes.change")}
            </Button>
            <Undo mapping={mapping} />
          </InlineStack>
        )}
      </InlineStack>
    </Box>
  );
}

function Progress({ mapping: { undoing, busy, parcels, createdAt } }: { mapping: ListedMapping }) {
  const texts = useTexts();
  const { moment } = useFormats();
  const state = undoing ? "undoing" : busy ? "applying" : "applied";
  return (
    <InlineStack align="start" blockAlign="center" gap="200">
      {state !== "applied" && <Spinner accessibilityLabel={texts("common.loading")} size="small" />}
      <Text as="p" tone="subdued" variant="bodySm">
        {texts(`codes.${state}`, { count: parcels, when: moment(createdAt) })}
      </Text>
    </InlineStack>
  );
}

/** Nothing is lost by it and it can be said again, so nobody is asked twice. */
function Undo({ mapping: { id, code } }: { mapping: ListedMapping }) {
  const texts = useTexts();
  const fetcher = useFetcher<{ kind: string }>();
  useAnswer(fetcher, ({ kind }) => {
    if (kind === "undone") showToast(texts("codes.undone"));
  });
  return (
    <Button
      accessibilityLabel={`${texts("codes.undo")}: ${code}`}
      loading={fetcher.state !== "idle"}
      onClick={() => fetcher.submit({ intent: "undo", mappingId: id }, { method: "post" })}
      variant="tertiary"
    >
      {texts("codes.undo")}
    </Button>
  );
}
