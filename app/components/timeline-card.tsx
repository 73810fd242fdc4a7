import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { Timeline, TimelineEntry } from "#app/modules/shipments/timeline.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";

/** Scans that are shown at first; the others are one click away. */
const SHOWN_DAYS = 8;

/** The journey by local day, newest first, in the carrier's own clock. */
export function TimelineCard({ timeline, shipmentId }: { timeline: Timeline; shipmentId: string }) {
  const texts = useTexts();
  const { day } = useFormats();
  const [all, setAll] = useState(false);
  const days = all ? timeline.days : timeline.days.slice(0, SHOWN_DAYS);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="050">
          <Text as="h2" variant="headingMd">
            {texts("timeline.title")}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {texts("timeline.local")}
          </Text>
        </BlockStack>
        {timeline.days.length === 0 && (
          <EmptyNote heading={texts("timeline.empty")} text={texts("timeline.empty_text")} />
        )}
        {days.map(({ on, entries }) => (
          <BlockStack gap="200" key={on ?? "none"}>
            <Text as="h3" variant="headingSm">
              {on ? day(on) : texts("timeline.no_day")}
            </Text>
            {entries.map((entry) => (
              <Scan entry={entry} key={entry.fingerprint} shipmentId={shipmentId} />
            ))}
          </BlockStack>
        ))}
        {!all && timeline.days.length > SHOWN_DAYS && (
          <Button onClick={() => setAll(true)} textAlign="start" variant="plain">
            {texts("timeline.show_all")}
          </Button>
        )}
      </BlockStack>
    </Card>
  );
}

function Scan({ entry, shipmentId }: { entry: TimelineEntry; shipmentId: string }) {
  const texts = useTexts();
  const textOf = useTextOf();
  return (
    <Box borderBlockStartWidth="025" borderColor="border-secondary" paddingBlockStart="200">
      <BlockStack gap="050">
        <InlineStack align="space-between" blockAlign="start" gap="200">
          <Text as="p" fontWeight="medium">
            {entry.description ?? textOf("status", entry.status, "status.unknown")}
          </Text>
          <InlineStack gap="100">
            {entry.source === "shopify" && <Badge>{texts("timeline.from_shopify")}</Badge>}
            {entry.unknownCode && <Badge tone="attention">{texts("timeline.unknown_code")}</Badge>}
          </InlineStack>
        </InlineStack>
        <Text as="p" tone="subdued" variant="bodySm">
          {[useScanTime(entry), entry.location, textOf("status", entry.status, "status.unknown")]
            .filter(Boolean)
            .join(" · ")}
        </Text>
        <RawScan fingerprint={entry.fingerprint} shipmentId={shipmentId} />
      </BlockStack>
    </Box>
  );
}

/** The clock at the place of the scan, and how sure its zone is. */
function useScanTime(entry: TimelineEntry): string {
  const texts = useTexts();
  if (!entry.localTime) return texts("timeline.no_time");
  switch (entry.zoneSource) {
    case "carrier":
      return entry.utcOffset ? `${entry.localTime} (UTC${entry.utcOffset})` : entry.localTime;
    case "inferred":
      return `${entry.localTime} (${texts("timeline.zone_inferred")})`;
    case "unknown":
      return `${entry.localTime} (${texts("timeline.zone_unknown")})`;
  }
}

/** What the carrier sent, fetched when somebody asks for it. */
function RawScan({ fingerprint, shipmentId }: { fingerprint: string; shipmentId: string }) {
  const texts = useTexts();
  const fetcher = useFetcher<{ raw: string; rule: string; code: string | null }>();
  const [open, setOpen] = useState(false);
  const toggle = () => {
    if (!open && !fetcher.data) fetcher.load(`/app/shipments/${shipmentId}/events/${encodeURIComponent(fingerprint)}`);
    setOpen(!open);
  };
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button ariaExpanded={open} loading={fetcher.state === "loading"} onClick={toggle} size="micro" variant="plain">
        {texts(open ? "timeline.hide_raw" : "timeline.show_raw")}
      </Button>
      {open && fetcher.data && (
        <Box background="bg-surface-secondary" borderRadius="200" maxWidth="100%" padding="300" width="100%">
          <Text as="p" tone="subdued" variant="bodySm">
            {texts("timeline.decided_by", { rule: fetcher.data.rule })}
          </Text>
          <pre style={{ margin: 0, overflowX: "auto", fontSize: 12, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {fetcher.data.raw}
          </pre>
        </Box>
      )}
    </BlockStack>
  );
}
