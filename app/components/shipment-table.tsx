import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import type { IndexQuery } from "#app/modules/shipments/index-query.ts";
import type { IndexPage } from "#app/modules/shipments/read-index-page.server.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { RiskBadge } from "./risk-badge.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { useIndexAddress } from "./use-index-address.ts";

type Row = SerializeFrom<IndexPage>["rows"][number];

interface ShipmentTableProps {
  page: SerializeFrom<IndexPage>;
  query: IndexQuery;
  carriers: readonly { id: string; name: string }[];
  now: string;
  /** The expected arrival in words, or null. */
  expected(row: Row): string | null;
}

/** The parcels of the list; on a phone each is two lines. */
export function ShipmentTable(props: ShipmentTableProps) {
  const texts = useTexts();
  const { smDown } = useBreakpoints();
  const { change, asked } = useIndexAddress();
  const { rows, next, previous } = props.page;
  if (rows.length === 0) return <NoRows asked={asked !== ""} />;
  const headings = ["order", "customer", "status", "tracking", "expected", "last_event"] as const;
  const [first, ...rest] = headings.map((name) => ({ id: name, title: texts(`shipments.${name}`) }));
  if (!first) return null;
  return (
    <IndexTable
      condensed={smDown}
      headings={[first, ...rest]}
      itemCount={rows.length}
      pagination={{
        hasNext: next !== null,
        hasPrevious: previous !== null,
        onNext: () => change({ cursor: next }),
        onPrevious: () => change({ cursor: previous }),
        accessibilityLabel: texts("common.pages"),
      }}
      resourceName={{ singular: texts("shipments.one"), plural: texts("shipments.many") }}
      selectable={false}
    >
      {rows.map((row, index) =>
        smDown ? (
          <PhoneRow index={index} key={row.id} row={row} {...props} />
        ) : (
          <WideRow index={index} key={row.id} row={row} {...props} />
        ),
      )}
    </IndexTable>
  );
}

interface RowProps extends ShipmentTableProps {
  row: Row;
  index: number;
}

function WideRow({ row, index, carriers, now, expected }: RowProps) {
  const { ago } = useFormats();
  return (
    <IndexTable.Row id={row.id} position={index}>
      <IndexTable.Cell>
        <Link dataPrimaryLink monochrome removeUnderline url={`/app/shipments/${row.id}`}>
          <Text as="span" fontWeight="semibold">
            {row.orderName}
          </Text>
        </Link>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <BlockStack>
          <Text as="span">{row.recipientName ?? "–"}</Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {place(row)}
          </Text>
        </BlockStack>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <BlockStack gap="050" inlineAlign="start">
          <StatusBadge status={row.status} />
          <RiskBadge {...row} />
          <Notes row={row} />
        </BlockStack>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <BlockStack>
          <Text as="span">{row.trackingNumber}</Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {carrierOf(row, carriers)}
          </Text>
        </BlockStack>
      </IndexTable.Cell>
      <IndexTable.Cell>{expected(row) ?? "–"}</IndexTable.Cell>
      <IndexTable.Cell>
        <BlockStack>
          <Text as="span" truncate>
            {row.lastEvent?.description?.slice(0, 60) ?? "–"}
          </Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {ago(row.statusSince, now)}
          </Text>
        </BlockStack>
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}

function PhoneRow({ row, index, carriers, now, expected }: RowProps) {
  const { ago } = useFormats();
  const due = expected(row);
  return (
    <IndexTable.Row id={row.id} position={index}>
      <Box padding="300" width="100%">
        <BlockStack gap="100">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Link dataPrimaryLink monochrome removeUnderline url={`/app/shipments/${row.id}`}>
              <Text as="span" fontWeight="semibold">
                {row.orderName}
              </Text>
            </Link>
            <InlineStack gap="100">
              <RiskBadge {...row} />
              <StatusBadge status={row.status} />
            </InlineStack>
          </InlineStack>
          <Text as="span" tone="subdued" variant="bodySm">
            {[row.recipientName, place(row)].filter(Boolean).join(" · ")}
          </Text>
          <Text as="span" breakWord tone="subdued" variant="bodySm">
            {carrierOf(row, carriers)} {row.trackingNumber}
          </Text>
          <Text as="span" variant="bodySm">
            {[due, ago(row.statusSince, now)].filter(Boolean).join(" · ")}
          </Text>
        </BlockStack>
      </Box>
    </IndexTable.Row>
  );
}

/** What is odd about the row, in a few words below its status. */
function Notes({ row }: { row: Row }) {
  const textOf = useTextOf();
  const unchecked = row.stopReason === "no_account" || row.stopReason === "auth_failed";
  const words = [
    row.subStatus ? textOf("sub", row.subStatus) : null,
    unchecked ? textOf("problems", "unchecked") : null,
    row.lifecycle === "cancelled" ? textOf("lifecycle", "cancelled") : null,
  ].filter((word) => word !== null);
  if (words.length === 0) return null;
  return (
    <Text as="span" tone="subdued" variant="bodySm">
      {words.join(" · ")}
    </Text>
  );
}

function NoRows({ asked }: { asked: boolean }) {
  const texts = useTexts();
  if (asked) return <EmptyNote heading={texts("shipments.none_found")} text={texts("shipments.none_found_text")} />;
  return (
    <EmptyNote
      action={{ label: texts("shipments.empty_action"), url: "/app/settings/carriers" }}
      heading={texts("shipments.empty")}
      text={texts("shipments.empty_text")}
    />
  );
}

function place({ city, countryCode }: Row): string {
  return [city, countryCode].filter(Boolean).join(", ");
}

function carrierOf({ carrier, companyName }: Row, carriers: readonly { id: string; name: string }[]): string {
  return carriers.find(({ id }) => id === carrier)?.name ?? companyName ?? carrier ?? "";
}
