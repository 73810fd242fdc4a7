import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface SmsCardProps {
  title: string;
  text?: string;
  /** A step that is done, or still open; left out where there is nothing to do. */
  step?: { done: boolean; label: string };
  children: ReactNode;
}

/** One card of the page about texts. */
export function SmsCard({ title, text, step, children }: SmsCardProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            {step && <Badge tone={step.done ? "success" : "attention"}>{step.label}</Badge>}
          </InlineStack>
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
