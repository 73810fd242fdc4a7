import type { SerializeFrom } from "@remix-run/node";
import { useSearchParams } from "@remix-run/react";
import { BlockStack, Box, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import type { UnshippedPage } from "#app/modules/foresight/read-unshipped.server.ts";
import { legacyId } from "#app/lib/ids.ts";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";

type Page = SerializeFrom<UnshippedPage>;
type Row = Page["rows"][number];

interface UnshippedProps {
  page: Page;
  now: string;
}

/** Orders that should have left; on a phone each is two lines. */
export function UnshippedTable({ page, now }: UnshippedProps) {
  const texts = useTexts();
  const { smDown } = useBreakpoints();
  const [, setParameters] = useSearchParams();
  const { rows, next, previous } = page;
  const open = (cursor: string | null) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      after.set("cursor", cursor ?? "");
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
  const headings = ["order", "customer", "since", "promise", "placed"] as const;
  const [first, ...rest] = headings.map((name) => ({ id: name, title: texts(`unshipped.${name}`) }));
  if (!first) return null;
  return (
    <IndexTable
      condensed={smDown}
      headings={[first, ...rest]}
      itemCount={rows.length}
      pagination={{
        hasNext: next !== null,
        hasPrevious: previous !== null,
        onNext: () => open(next),
        onPrevious: () => open(previous),
        accessibilityLabel: texts("common.pages"),
      }}
      resourceName={{ singular: texts("unshipped.one"), plural: texts("unshipped.many") }}
      selectable={false}
    >
      {rows.map((row, index) => (
        <IndexTable.Row id={row.orderId} key={row.orderId} position={index}>
          {smDown ? <PhoneCells now={now} row={row} /> : <WideCells now={now} row={row} />}
        </IndexTable.Row>
      ))}
    </IndexTable>
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
      <IndexTable.Cell>
        <BlockStack>
          <Text as="span">{row.recipientName ?? "–"}</Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {placeOf(row)}
          </Text>
        </BlockStack>
      </IndexTable.Cell>
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

function PhoneCells({ row, now }: CellsProps) {
  const { ago, date } = useFormats();
  const texts = useTexts();
  const promised = row.promisedOn ? `${texts("unshipped.promise")}: ${date(row.promisedOn)}` : null;
  return (
    <Box padding="300" width="100%">
      <BlockStack gap="100">
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
      </BlockStack>
    </Box>
  );
}

/** Shipping it is done in Shopify. */
function OrderLink({ row }: { row: Row }) {
  return (
    <Link
      dataPrimaryLink
      monochrome
      removeUnderline
      target="_top"
      url={`shopify://admin/orders/${legacyId(row.orderId)}`}
    >
      <Text as="span" fontWeight="semibold">
        {row.name}
      </Text>
    </Link>
  );
}

function placeOf({ city, countryCode }: Row): string {
  return [city, countryCode].filter(Boolean).join(", ");
}
