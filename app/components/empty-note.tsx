import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";

interface EmptyNoteProps {
  heading: string;
  text: string;
  action?: { label: string; url: string };
}

/** An empty list that says what will stand there, why it is empty, and what to do next. */
export function EmptyNote({ heading, text, action }: EmptyNoteProps) {
  return (
    <Box padding={{ xs: "600", md: "1000" }}>
      <BlockStack gap="300" inlineAlign="center">
        <Text alignment="center" as="h3" variant="headingMd">
          {heading}
        </Text>
        <Box maxWidth="32rem">
          <Text alignment="center" as="p" tone="subdued">
            {text}
          </Text>
        </Box>
        {action && (
          <InlineStack>
            <Button url={action.url}>{action.label}</Button>
          </InlineStack>
        )}
      </BlockStack>
    </Box>
  );
}
