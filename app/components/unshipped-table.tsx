import type { SerializeFrom } from "@remix-run/node";
import { useSearchParams } from "@remix-run/react";
import { IndexTable, InlineStack, Text } from "@shopify/polaris";
import type { UnshippedPage } from "#app/modules/foresight/read-unshipped.server.ts";
import { legacyId } from "#app/lib/ids.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { PagedTable, placeOf, RowLink, TwoLineCell } from "./paged-table.tsx";
import { useTexts } from "./texts.tsx";

type Page = SerializeFrom<UnshippedPage>;
type Row = Page["rows"][number];

interface UnshippedProps {
  page: Page;
  now: string;
}

const HEADINGS = ["order", "customer", "since", "promise", "placed"] as const;

/** Orders that should have left; on a phone each is two lines. */
export function UnshippedTable({ page, now }: UnshippedProps) {
  const texts = useTexts();
  const [, setParameters] = useSearchParams();
  const { rows, next, previous } = page;
  const open = (cursor: string) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      after.set("cursor", cursor);
      return after;
    });
  if (rows.length === 0)
    return (
      <EmptyNote
        action={{ label: texts("unshipped.empty_action"), url: "/app/settings/promise" }}
        heading={texts("unshipped.empty")}
        text={texts("unshipped.empty_text")}
      />
    );
  return (
    <PagedTable
      headings={HEADINGS.map((name) => ({ id: name, title: texts(`unshipped.${name}`) }))}
      idOf={(row) => row.orderId}
      next={next === null ? null : () => open(next)}
      phone={(row) => <PhoneLines now={now} row={row} />}
      previous={previous === null ? null : () => open(previous)}
      resourceName={{ singular: texts("unshipped.one"), plural: texts("unshipped.many") }}
      rows={rows}
      wide={(row) => <WideCells now={now} row={row} />}
    />
  );
}

interface CellsProps {
  row: Row;
  now: string;
}

function WideCells({ row, now }: CellsProps) {
  const { ago, date, moment } = useFormats();
  return (
    <>
      <IndexTable.Cell>
        <OrderLink row={row} />
      </IndexTable.Cell>
      <TwoLineCell below={placeOf(row)} line={row.recipientName ?? "–"} />
      <IndexTable.Cell>
        <Text as="span" tone="critical">
          {ago(row.since, now)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>{row.promisedOn ? date(row.promisedOn) : "–"}</IndexTable.Cell>
      <IndexTable.Cell>{moment(row.placedAt)}</IndexTable.Cell>
    </>
  );
}

function PhoneLines({ row, now }: CellsProps) {
  const { ago, date } = useFormats();
  const texts = useTexts();
  const promised = row.promisedOn ? `${texts("unshipped.promise")}: ${date(row.promisedOn)}` : null;
  return (
    <>
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <OrderLink row={row} />
        <Text as="span" tone="critical" variant="bodySm">
          {texts("unshipped.since")}: {ago(row.since, now)}
        </Text>
      </InlineStack>
      <Text as="span" tone="subdued" variant="bodySm">
        {[row.recipientName, placeOf(row)].filter(Boolean).join(" · ")}
      </Text>
      {promised && (
        <Text as="span" variant="bodySm">
          {promised}
        </Text>
      )}
    </>
  );
}

/** Shipping it is done in Shopify. */
function OrderLink({ row }: { row: Row }) {
  return (
    <RowLink target="_top" url={`shopify://admin/orders/${legacyId(row.orderId)}`}>
      {row.name}
    </RowLink>
  );
}
