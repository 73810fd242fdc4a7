import { BlockStack, type BlockStackProps, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface TitledCardProps {
  title: string;
  /** What it is for, in a sentence below the title. */
  text?: string | undefined;
  /** What stands at the other end of the title's line: a badge. */
  aside?: ReactNode;
  gap?: NonNullable<BlockStackProps["gap"]>;
  children: ReactNode;
}

/** A card that says above its contents what it is about. */
export function TitledCard({ title, text, aside, gap = "400", children }: TitledCardProps) {
  const heading = (
    <Text as="h2" variant="headingMd">
      {title}
    </Text>
  );
  return (
    <Card>
      <BlockStack gap={gap}>
        <BlockStack gap="100">
          {aside ? (
            <InlineStack align="space-between" blockAlign="center" gap="200">
              {heading}
              {aside}
            </InlineStack>
          ) : (
            heading
          )}
          {text && (
            <Text as="p" tone="subdued">
              {text}
            </Text>
          )}
        </BlockStack>
        {children}
      </BlockStack>
    </Card>
  );
}
