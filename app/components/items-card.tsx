import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTexts } from "./texts.tsx";

interface ItemsProps {
  items: readonly { id: string; title: string; variant: string | null; quantity: number }[];
  order: { destination: string | null; recipientName: string | null };
}

/** What is in the parcel and to which town it goes. */
export function ItemsCard({ items, order }: ItemsProps) {
  const texts = useTexts();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {texts("parcel.items")}
        </Text>
        {items.length === 0 && (
          <Text as="p" tone="subdued">
            {texts("parcel.no_items")}
          </Text>
        )}
        {items.map((item) => (
          <InlineStack align="space-between" gap="200" key={item.id} wrap={false}>
            <Text as="p">{[item.title, item.variant].filter(Boolean).join(" – ")}</Text>
            <Text as="p" tone="subdued">
              ×{item.quantity}
            </Text>
          </InlineStack>
        ))}
        <BlockStack gap="050">
          <Text as="h3" variant="headingSm">
            {texts("parcel.destination")}
          </Text>
          <Text as="p">{[order.recipientName, order.destination].filter(Boolean).join(" · ") || "–"}</Text>
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
