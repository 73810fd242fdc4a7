import { BlockStack, type BlockStackProps, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface TitledCardProps {
  title: string;
  gap?: NonNullable<BlockStackProps["gap"]>;
  children: ReactNode;
}

/** A card that says above its contents what it is about. */
export function TitledCard({ title, gap = "400", children }: TitledCardProps) {
  return (
    <Card>
      <BlockStack gap={gap}>
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}
