import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, IndexTable, InlineStack, Text } from "@shopify/polaris";
import type { IndexQuery } from "#app/modules/shipments/index-query.ts";
import type { IndexPage } from "#app/modules/shipments/read-index-page.server.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { PagedTable, placeOf, RowLink, TwoLineCell } from "./paged-table.tsx";
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

const HEADINGS = ["order", "customer", "status", "tracking", "expected", "last_event"] as const;

/** The parcels of the list; on a phone each is two lines. */
export function ShipmentTable(props: ShipmentTableProps) {
  const texts = useTexts();
  const { change, asked } = useIndexAddress();
  const { rows, next, previous } = props.page;
  if (rows.length === 0) return <NoRows asked={asked !== ""} />;
  return (
    <PagedTable
      headings={HEADINGS.map((name) => ({ id: name, title: texts(`shipments.${name}`) }))}
      idOf={(row) => row.id}
      next={next === null ? null : () => change({ cursor: next })}
      phone={(row) => <PhoneLines row={row} {...props} />}
      previous={previous === null ? null : () => change({ cursor: previous })}
      resourceName={{ singular: texts("shipments.one"), plural: texts("shipments.many") }}
      rows={rows}
      wide={(row) => <WideCells row={row} {...props} />}
    />
  );
}

interface CellsProps extends ShipmentTableProps {
  row: Row;
}

function WideCells({ row, carriers, now, expected }: CellsProps) {
  const { ago } = useFormats();
  return (
    <>
      <IndexTable.Cell>
        <RowLink url={`/app/shipments/${row.id}`}>{row.orderName}</RowLink>
      </IndexTable.Cell>
      <TwoLineCell below={placeOf(row)} line={row.recipientName ?? "–"} />
      <IndexTable.Cell>
        <BlockStack gap="050" inlineAlign="start">
          <StatusBadge status={row.status} />
          <RiskBadge {...row} />
          <Notes row={row} />
        </BlockStack>
      </IndexTable.Cell>
      <TwoLineCell below={carrierOf(row, carriers)} line={row.trackingNumber} />
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
    </>
  );
}

function PhoneLines({ row, carriers, now, expected }: CellsProps) {
  const { ago } = useFormats();
  return (
    <>
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <RowLink url={`/app/shipments/${row.id}`}>{row.orderName}</RowLink>
        <InlineStack gap="100">
          <RiskBadge {...row} />
          <StatusBadge status={row.status} />
        </InlineStack>
      </InlineStack>
      <Text as="span" tone="subdued" variant="bodySm">
        {[row.recipientName, placeOf(row)].filter(Boolean).join(" · ")}
      </Text>
      <Text as="span" breakWord tone="subdued" variant="bodySm">
        {carrierOf(row, carriers)} {row.trackingNumber}
      </Text>
      <Text as="span" variant="bodySm">
        {[expected(row), ago(row.statusSince, now)].filter(Boolean).join(" · ")}
      </Text>
    </>
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

function carrierOf({ carrier, companyName }: Row, carriers: readonly { id: string; name: string }[]): string {
  return carriers.find(({ id }) => id === carrier)?.name ?? companyName ?? carrier ?? "";
}
