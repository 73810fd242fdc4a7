import type { SerializeFrom } from "@remix-run/node";
import { Badge, type BadgeProps, BlockStack, Box, Button, InlineStack, Text, useBreakpoints } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";
import type { ListedDomain } from "#app/modules/notifications/list-sender-domains.server.ts";
import { showToast } from "./app-bridge.ts";
import { PlainTable } from "./plain-table.tsx";
import { useTextOf, useTexts } from "./texts.tsx";

type DnsRecord = SerializeFrom<ListedDomain>["records"][number];

interface DnsRecordTableProps {
  domain: string;
  records: readonly DnsRecord[];
}

const TONES: Readonly<Record<string, NonNullable<BadgeProps["tone"]>>> = {
  verified: "success",
  pending: "info",
  failed: "warning",
  temporary_failure: "warning",
};

/** What is to be entered at the DNS provider, to be copied piece by piece, and how each piece stands. */
export function DnsRecordTable({ domain, records }: DnsRecordTableProps) {
  const texts = useTexts();
  const { smDown } = useBreakpoints();
  return (
    <BlockStack gap="200">
      {smDown ? <RecordList records={records} /> : <RecordTable domain={domain} records={records} />}
      <Text as="p" breakWord tone="subdued" variant="bodySm">
        {texts("domain.dmarc", { name: `_dmarc.${domain}` })}
      </Text>
    </BlockStack>
  );
}

const keyOf = ({ record, type, name }: DnsRecord) => `${record} ${type} ${name}`;

function RecordTable({ domain, records }: DnsRecordTableProps) {
  const texts = useTexts();
  const headings = ["state", "type", "name", "value", "priority"] as const;
  return (
    <PlainTable
      caption={texts("domain.records", { name: domain })}
      headings={headings.map((name) => texts(`domain.record_${name}`))}
      rows={records.map((record) => ({
        key: keyOf(record),
        cells: [
          <RecordBadge key="state" status={record.status} />,
          `${record.type} (${record.record})`,
          <Copied key="name" label="domain.copy_name" value={record.name} />,
          <Copied key="value" label="domain.copy_value" value={record.value} />,
          record.priority ?? "–",
        ],
      }))}
    />
  );
}

/** On a phone one below the other: long values need the whole width. */
function RecordList({ records }: Pick<DnsRecordTableProps, "records">) {
  const texts = useTexts();
  return records.map((record) => (
    <Box borderBlockEndWidth="025" borderColor="border" key={keyOf(record)} paddingBlockEnd="200">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200">
          <Text as="span" fontWeight="semibold">
            {record.type} ({record.record})
            {record.priority ? ` · ${texts("domain.record_priority")} ${record.priority}` : null}
          </Text>
          <RecordBadge status={record.status} />
        </InlineStack>
        <Copied label="domain.copy_name" value={record.name} />
        <Copied label="domain.copy_value" value={record.value} />
      </BlockStack>
    </Box>
  ));
}

function RecordBadge({ status }: { status: string | null | undefined }) {
  const textOf = useTextOf();
  const state = status ?? "not_started";
  const tone = TONES[state];
  return <Badge {...(tone ? { tone } : {})}>{textOf("record_state", state, "record_state.not_started")}</Badge>;
}

function Copied({ value, label }: { value: string; label: "domain.copy_name" | "domain.copy_value" }) {
  const texts = useTexts();
  const copy = () => void navigator.clipboard.writeText(value).then(() => showToast(texts("common.copied")));
  return (
    <InlineStack blockAlign="start" gap="100" wrap={false}>
      <Button accessibilityLabel={texts(label, { value })} icon={ClipboardIcon} onClick={copy} variant="tertiary" />
      <code style={{ maxWidth: "24rem", minWidth: value.length < 30 ? "max-content" : 0, overflowWrap: "anywhere" }}>
        {value}
      </code>
    </InlineStack>
  );
}
