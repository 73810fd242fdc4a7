import { useNavigate, useSearchParams } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { IndexTable, InlineStack, Link, Text } from "@shopify/polaris";
import type { LogEntry } from "#app/modules/notifications/log-entry.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { PagedTable } from "./paged-table.tsx";
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
  const navigate = useNavigate();
  const [, setParameters] = useSearchParams();
  const turn = (after: string) =>
    setParameters((before) => {
      const parameters = new URLSearchParams(before);
      parameters.set("after", after);
      return parameters;
    });
  if (entries.length === 0) {
    const words = filtered
      ? (["messages.none", "messages.none_text"] as const)
      : (["messages.empty", "messages.empty_text"] as const);
    return <EmptyNote heading={texts(words[0])} text={texts(words[1])} />;
  }
  const nameOf = ({ orderId }: Entry) => orderNames[orderId ?? ""] ?? "–";
  return (
    <PagedTable
      headings={HEADINGS.map((name) => ({ id: name, title: texts(`messages.${name}`) }))}
      idOf={({ id }) => id}
      next={next === null ? null : () => turn(next)}
      phone={(entry) => <PhoneLines entry={entry} orderName={nameOf(entry)} />}
      previous={paged ? () => navigate(-1) : null}
      rows={entries}
      wide={(entry) => <WideCells entry={entry} orderName={nameOf(entry)} />}
    />
  );
}

interface CellsProps {
  entry: Entry;
  orderName: string;
}

/** What is said of a message in both forms. */
function useEntryWords({ id, sentAt, decidedAt, kind, channel, purpose }: Entry) {
  const textOf = useTextOf();
  const { moment } = useFormats();
  return {
    when: moment(sentAt ?? decidedAt),
    kind: <Link url={`/app/messages/${id}`}>{textOf("kind", kind)}</Link>,
    // What is sent by a rule is the usual case, and goes without saying.
    channel: [textOf("channel", channel), ...(purpose === "event" ? [] : [textOf("purpose", purpose)])].join(" · "),
  };
}

function PhoneLines({ entry, orderName }: CellsProps) {
  const { when, kind, channel } = useEntryWords(entry);
  return (
    <>
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
    </>
  );
}

function WideCells({ entry, orderName }: CellsProps) {
  const { when, kind, channel } = useEntryWords(entry);
  const order = entry.shipmentId ? <Link url={`/app/shipments/${entry.shipmentId}`}>{orderName}</Link> : orderName;
  return (
    <>
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
    </>
  );
}

/** Where it stands with us, and once it was sent, with the provider: that says more. */
function States({ entry }: { entry: Entry }) {
  return entry.delivery ? <DeliveryBadge delivery={entry.delivery} /> : <MessageBadge state={entry.state} />;
}
