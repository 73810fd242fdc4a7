import { BlockStack, Box, IndexTable, Link, Text, useBreakpoints } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTexts } from "./texts.tsx";

interface PagedTableProps<Row> {
  /** At least one, in the order of the cells. */
  headings: readonly { id: string; title: string }[];
  rows: readonly Row[];
  idOf(row: Row): string;
  /** The row's cells. */
  wide(row: Row): ReactNode;
  /** The row on a phone: a few lines instead of cells. */
  phone(row: Row): ReactNode;
  /** Open the neighbouring pages; null where there is none. */
  next: (() => void) | null;
  previous: (() => void) | null;
  resourceName?: { singular: string; plural: string };
}

/** One page of a list that is looked at and not chosen from. */
export function PagedTable<Row>({ headings, rows, idOf, next, previous, ...props }: PagedTableProps<Row>) {
  const texts = useTexts();
  const { smDown } = useBreakpoints();
  const [first, ...rest] = headings;
  if (!first) return null;
  return (
    <IndexTable
      condensed={smDown}
      headings={[first, ...rest]}
      itemCount={rows.length}
      pagination={{
        hasNext: next !== null,
        hasPrevious: previous !== null,
        onNext: () => next?.(),
        onPrevious: () => previous?.(),
        accessibilityLabel: texts("common.pages"),
      }}
      {...(props.resourceName ? { resourceName: props.resourceName } : {})}
      selectable={false}
    >
      {rows.map((row, index) => (
        <IndexTable.Row id={idOf(row)} key={idOf(row)} position={index}>
          {smDown ? (
            <Box padding="300" width="100%">
              <BlockStack gap="100">{props.phone(row)}</BlockStack>
            </Box>
          ) : (
            props.wide(row)
          )}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

/** A cell of two lines: what it is about, and what is known besides. */
export function TwoLineCell({ line, below }: { line: string; below: string }) {
  return (
    <IndexTable.Cell>
      <BlockStack>
        <Text as="span">{line}</Text>
        <Text as="span" tone="subdued" variant="bodySm">
          {below}
        </Text>
      </BlockStack>
    </IndexTable.Cell>
  );
}

interface RowLinkProps {
  url: string;
  /** Shopify's own pages open in the whole window. */
  target?: "_top";
  children: string;
}

/** Where the row leads. */
export function RowLink({ children, ...link }: RowLinkProps) {
  return (
    <Link dataPrimaryLink monochrome removeUnderline {...link}>
      <Text as="span" fontWeight="semibold">
        {children}
      </Text>
    </Link>
  );
}

/** Where a parcel goes to, as far as it is known. */
export function placeOf({ city, countryCode }: { city: string | null; countryCode: string | null }): string {
  return [city, countryCode].filter(Boolean).join(", ");
}
