import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import { useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

interface ItemsProps {
  items: readonly { id: string; title: string; variant: string | null; quantity: number }[];
  order: { destination: string | null; recipientName: string | null };
}

/** What is in the parcel and to which town it goes. */
export function ItemsCard({ items, order }: ItemsProps) {
  const texts = useTexts();
  return (
    <TitledCard gap="300" title={texts("parcel.items")}>
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
    </TitledCard>
  );
}
