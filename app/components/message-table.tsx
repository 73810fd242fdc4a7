import { useNavigate, useSearchParams } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import type { LogEntry } from "#app/modules/notifications/log-entry.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { MessageReason } from "./parcel-messages-card.tsx";
import { DeliveryBadge, MessageBadge } from "./status-badge.tsx";
import { useTextOf, useTexts } from "./texts.tsx";

type Entry = SerializeFrom<LogEntry>;

interface MessageTableProps {
  entries: readonly Entry[];
  next: string | null;
  orderNames: Readonly<Record<string, string>>;
  filtered: boolean;
  paged: boolean;
}

const HEADINGS = ["kind", "order", "state", "reason", "when"] as const;

/** Every message that was sent, and every one that was not, with the reason. */
export function MessageTable({ entries, next, orderNames, filtered, paged }: MessageTableProps) {
  const texts = useTexts();
  const { smDown } = useBreakpoints();
  const navigate = useNavigate();
  const [, setParameters] = useSearchParams();
  const turn = (after: string | null) =>
    setParameters((before) => {
      const parameters = new URLSearchParams(before);
      if (after) parameters.set("after", after);
      return parameters;
    });
  const [first, ...rest] = HEADINGS.map((name) => ({ id: name, title: texts(`messages.${name}`) }));
  if (!first) return null;
  if (entries.length === 0) {
    const words = filtered
      ? (["messages.none", "messages.none_text"] as const)
      : (["messages.empty", "messages.empty_text"] as const);
    return <EmptyNote heading={texts(words[0])} text={texts(words[1])} />;
  }
  return (
    <IndexTable
      condensed={smDown}
      headings={[first, ...rest]}
      itemCount={entries.length}
      pagination={{
        hasNext: next !== null,
        hasPrevious: paged,
        onNext: () => turn(next),
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
  );
}

interface MessageRowProps {
  entry: Entry;
  index: number;
  orderName: string;
  phone: boolean;
}

function MessageRow({ entry, index, orderName, phone }: MessageRowProps) {
  const textOf = useTextOf();
  const { moment } = useFormats();
  const when = moment(entry.sentAt ?? entry.decidedAt);
  const kind = <Link url={`/app/messages/${entry.id}`}>{textOf("kind", entry.kind)}</Link>;
  const purpose = entry.purpose === "event" ? [] : [textOf("purpose", entry.purpose)];
  const channel = [textOf("channel", entry.channel), ...purpose].join(" · ");
  if (phone) {
    return (
      <IndexTable.Row id={entry.id} position={index}>
        <Box padding="300" width="100%">
          <BlockStack gap="100">
            <InlineStack align="space-between" gap="200">
              <Text as="span" fontWeight="semibold">
                {kind} · {orderName}
              </Text>
              <States entry={entry} />
            </InlineStack>
            <div style={{ whiteSpace: "normal" }}>
              <MessageReason message={entry} />
            </div>
            <Text as="span" tone="subdued" variant="bodySm">
              {channel} · {when}
            </Text>
          </BlockStack>
        </Box>
      </IndexTable.Row>
    );
  }
  const order = entry.shipmentId ? <Link url={`/app/shipments/${entry.shipmentId}`}>{orderName}</Link> : orderName;
  return (
    <IndexTable.Row id={entry.id} position={index}>
      <IndexTable.Cell>
        {kind}
        <Text as="p" tone="subdued" variant="bodySm">
          {channel}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>{order}</IndexTable.Cell>
      <IndexTable.Cell>
        <States entry={entry} />
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

/** Where it stands with us, and once it was sent, with the provider: that says more. */
function States({ entry }: { entry: Entry }) {
  return entry.delivery ? <DeliveryBadge delivery={entry.delivery} /> : <MessageBadge state={entry.state} />;
}
