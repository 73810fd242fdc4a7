import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useState } from "react";
import type { UnknownCode } from "#app/modules/shipments/read-unknown-codes.server.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { MapCodeDialog, type Meanings } from "./map-code-dialog.tsx";
import { useTexts } from "./texts.tsx";

type ListedCode = SerializeFrom<UnknownCode> & {
  carrierName: string;
  /** There are more scans than were counted. */
  many: boolean;
};

interface UnknownCodeListProps {
  codes: readonly ListedCode[];
  meanings: Meanings;
  now: string;
}

/** Codes that nobody can read, the most frequent first: the carrier's words, how often, how recently, and what to do. */
export function UnknownCodeList({ codes, meanings, now }: UnknownCodeListProps) {
  const texts = useTexts();
  const [asked, setAsked] = useState<ListedCode | null>(null);
  if (codes.length === 0) {
    return (
      <Card padding="0">
        <EmptyNote heading={texts("codes.empty")} text={texts("codes.empty_text")} />
      </Card>
    );
  }
  return (
    <Card padding="0">
      {codes.map((code, index) => (
        <CodeRow code={code} first={index === 0} key={`${code.carrier}:${code.code}`} now={now} onMap={setAsked} />
      ))}
      {asked && <MapCodeDialog close={() => setAsked(null)} code={asked} meanings={meanings} />}
    </Card>
  );
}

interface CodeRowProps {
  code: ListedCode;
  first: boolean;
  now: string;
  onMap(code: ListedCode): void;
}

function CodeRow({ code, first, now, onMap }: CodeRowProps) {
  const texts = useTexts();
  const { ago } = useFormats();
  const { carrier, scans, parcels, many, words } = code;
  const parcelsUrl = `/app/shipments?${new URLSearchParams({ scan: `${carrier}:${code.code}` })}`;
  const seen = many ? texts("codes.seen_many", { scans }) : texts("codes.seen", { scans, parcels });
  return (
    <Box padding="400" {...(first ? {} : { borderBlockStartWidth: "025", borderColor: "border" })}>
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <Box maxWidth="36rem" minWidth="0">
          <BlockStack gap="050">
            <CodeTitle carrierName={code.carrierName} code={code.code} />
            <Text as="p" breakWord>
              {words ? `“${words}”` : texts("codes.no_words")}
            </Text>
            <Text as="p" tone="subdued" variant="bodySm">
              {seen} · {texts("codes.last_seen", { when: ago(code.lastSeenAt, now) })}
            </Text>
          </BlockStack>
        </Box>
        <InlineStack blockAlign="center" gap="300">
          <Link accessibilityLabel={`${texts("codes.show_parcels")}: ${code.code}`} url={parcelsUrl}>
            {texts("codes.show_parcels")}
          </Link>
          <Button accessibilityLabel={`${texts("codes.map")}: ${code.code}`} onClick={() => onMap(code)}>
            {texts("codes.map")}
          </Button>
        </InlineStack>
      </InlineStack>
    </Box>
  );
}

/** The code as the carrier writes it, and whose it is. */
export function CodeTitle({ code, carrierName }: { code: string; carrierName: string }) {
  return (
    <InlineStack align="start" blockAlign="center" gap="200">
      <Text as="h2" breakWord variant="headingSm">
        <code>{code}</code>
      </Text>
      <Text as="span" tone="subdued">
        {carrierName}
      </Text>
    </InlineStack>
  );
}
