import { BlockStack, type BlockStackProps, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface TitledCardProps {
  title: string;
  /** What it is for, in a sentence below the title. */
  text?: string;
  gap?: NonNullable<BlockStackProps["gap"]>;
  children: ReactNode;
}

/** A card that says above its contents what it is about. */
export function TitledCard({ title, text, gap = "400", children }: TitledCardProps) {
  return (
    <Card>
      <BlockStack gap={gap}>
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          {text !== undefined && (
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
