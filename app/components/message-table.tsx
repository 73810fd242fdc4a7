import { useNavigate, useSearchParams } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, IndexTable, InlineStack, Link, Tabs, Text, useBreakpoints } from "@shopify/polaris";
import type { MessageLogEntry } from "#app/modules/notifications/read-notifications.server.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { MessageReason } from "./parcel-messages-card.tsx";
import { MessageBadge } from "./status-badge.tsx";
import { useTextOf, useTexts } from "./texts.tsx";

interface MessageTableProps {
  entries: readonly SerializeFrom<MessageLogEntry>[];
  next: string | null;
  orderNames: Readonly<Record<string, string>>;
  state: string;
  paged: boolean;
}

const STATES = ["all", "sent", "suppressed", "queued", "failed", "unknown"] as const;

/** Every message that was sent, and every one that was not, with the reason. */
export function MessageTable({ entries, next, orderNames, state, paged }: MessageTableProps) {
  const texts = useTexts();
  const { smDown } = useBreakpoints();
  const navigate = useNavigate();
  const [, setParameters] = useSearchParams();
  const ask = (name: string, value: string | null) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      after.delete("after");
      if (value) after.set(name, value);
      else after.delete(name);
      return after;
    });
  const headings = ["order", "kind", "state", "reason", "when"] as const;
  const [first, ...rest] = headings.map((name) => ({ id: name, title: texts(`messages.${name}`) }));
  if (!first) return null;
  return (
    <>
      <Tabs
        onSelect={(index) => ask("state", index === 0 ? null : (STATES[index] ?? null))}
        selected={Math.max(
          0,
          STATES.findIndex((name) => name === state),
        )}
        tabs={STATES.map((name) => ({ id: name, content: texts(`messages.tab_${name}`) }))}
      />
      {entries.length === 0 ? (
        <EmptyNote heading={texts("messages.empty")} text={texts("messages.empty_text")} />
      ) : (
        <IndexTable
          condensed={smDown}
          headings={[first, ...rest]}
          itemCount={entries.length}
          pagination={{
            hasNext: next !== null,
            hasPrevious: paged,
            onNext: () => ask("after", next),
            onPrevious: () => navigate(-1),
            accessibilityLabel: texts("common.pages"),
          }}
          selectable={false}
        >
          {entries.map((entry, index) => (
            <MessageRow
              entry={entry}
              index={index}
              key={entry.id}
              orderName={orderNames[entry.orderId ?? ""] ?? "–"}
              phone={smDown}
            />
          ))}
        </IndexTable>
      )}
    </>
  );
}

interface MessageRowProps {
  entry: SerializeFrom<MessageLogEntry>;
  index: number;
  orderName: string;
  phone: boolean;
}

function MessageRow({ entry, index, orderName, phone }: MessageRowProps) {
  const textOf = useTextOf();
  const { moment } = useFormats();
  const order = entry.shipmentId ? <Link url={`/app/shipments/${entry.shipmentId}`}>{orderName}</Link> : orderName;
  const when = moment(entry.sentAt ?? entry.decidedAt);
  if (phone) {
    return (
      <IndexTable.Row id={entry.id} position={index}>
        <Box padding="300" width="100%">
          <BlockStack gap="100">
            <InlineStack align="space-between" gap="200">
              <Text as="span" fontWeight="semibold">
                {order} · {textOf("kind", entry.kind)}
              </Text>
              <MessageBadge state={entry.state} />
            </InlineStack>
            <MessageReason message={entry} />
            <Text as="span" tone="subdued" variant="bodySm">
              {when}
            </Text>
          </BlockStack>
        </Box>
      </IndexTable.Row>
    );
  }
  return (
    <IndexTable.Row id={entry.id} position={index}>
      <IndexTable.Cell>{order}</IndexTable.Cell>
      <IndexTable.Cell>{textOf("kind", entry.kind)}</IndexTable.Cell>
      <IndexTable.Cell>
        <MessageBadge state={entry.state} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={{ maxWidth: "28rem", whiteSpace: "normal" }}>
          <MessageReason message={entry} />
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>{when}</IndexTable.Cell>
    </IndexTable.Row>
  );
}
