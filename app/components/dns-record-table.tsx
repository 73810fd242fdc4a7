import type { SerializeFrom } from "@remix-run/node";
import { Badge, type BadgeProps, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";
import type { DnsRecord } from "#app/modules/notifications/domains/sender-domain.ts";
import { showToast } from "./app-bridge.ts";
import { PlainTable } from "./plain-table.tsx";
import { useTextOf, useTexts } from "./texts.tsx";

interface DnsRecordTableProps {
  domain: string;
  records: readonly SerializeFrom<DnsRecord>[];
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
  const textOf = useTextOf();
  return (
    <BlockStack gap="200">
      <PlainTable
        caption={texts("domain.records", { name: domain })}
        headings={[
          texts("domain.record_state"),
          texts("domain.record_type"),
          texts("domain.record_name"),
          texts("domain.record_value"),
          texts("domain.record_priority"),
        ]}
        rows={records.map(({ record, type, name, value, priority, status }) => {
          const state = status ?? "not_started";
          const tone = TONES[state];
          return {
            key: `${record} ${type} ${name}`,
            cells: [
              <Badge key="state" {...(tone ? { tone } : {})}>
                {textOf("record_state", state, "record_state.not_started")}
              </Badge>,
              `${type} (${record})`,
              <Copied key="name" label="domain.copy_name" value={name} />,
              <Copied key="value" label="domain.copy_value" value={value} />,
              priority ?? "–",
            ],
          };
        })}
      />
      <Text as="p" tone="subdued" variant="bodySm">
        {texts("domain.dmarc", { name: `_dmarc.${domain}` })}
      </Text>
    </BlockStack>
  );
}

function Copied({ value, label }: { value: string; label: "domain.copy_name" | "domain.copy_value" }) {
  const texts = useTexts();
  const copy = () => void navigator.clipboard.writeText(value).then(() => showToast(texts("common.copied")));
  return (
    <InlineStack blockAlign="start" gap="100" wrap={false}>
      <Button accessibilityLabel={texts(label, { value })} icon={ClipboardIcon} onClick={copy} variant="tertiary" />
      <code style={{ maxWidth: "24rem", overflowWrap: "anywhere" }}>{value}</code>
    </InlineStack>
  );
}
