import { BlockStack, Card, InlineGrid, Link, Text } from "@shopify/polaris";
import { useFormats } from "./formats.ts";
import { type AdminKey, useTexts } from "./texts.tsx";
import { useCounted } from "./use-counted.ts";

interface DayNumbersProps {
  counts: Readonly<Record<"in_transit" | "out_for_delivery" | "attention", number>>;
  delivered: { today: number; yesterday: number };
  sent: { today: number; yesterday: number };
}

/** Today in five numbers; each opens the list that it counts. */
export function DayNumbers({ counts, delivered, sent }: DayNumbersProps) {
  return (
    <InlineGrid columns={{ xs: 2, md: 5 }} gap="300">
      <DayNumber label="numbers.moving" to="/app/shipments?tab=in_transit" value={counts.in_transit} />
      <DayNumber
        label="numbers.out_for_delivery"
        to="/app/shipments?tab=out_for_delivery"
        value={counts.out_for_delivery}
      />
      <DayNumber
        label="numbers.delivered"
        to="/app/shipments?tab=delivered&day=today"
        value={delivered.today}
        yesterday={delivered.yesterday}
      />
      <DayNumber label="numbers.attention" to="/app/shipments?tab=attention" value={counts.attention} />
      <DayNumber label="numbers.sent" to="/app/messages?state=sent" value={sent.today} yesterday={sent.yesterday} />
    </InlineGrid>
  );
}

interface DayNumberProps {
  label: AdminKey;
  value: number;
  yesterday?: number;
  to: string;
}

function DayNumber({ label, value, yesterday, to }: DayNumberProps) {
  const texts = useTexts();
  const { number } = useFormats();
  const shown = useCounted()(value);
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" tone="subdued" variant="bodySm">
          {texts(label)}
        </Text>
        <Text as="p" variant="headingXl">
          <Link accessibilityLabel={`${texts(label)}: ${shown}`} monochrome removeUnderline url={to}>
            {shown}
          </Link>
        </Text>
        <Text as="p" tone="subdued" variant="bodySm">
          {yesterday === undefined ? texts("numbers.now") : texts("numbers.yesterday", { count: number(yesterday) })}
        </Text>
      </BlockStack>
    </Card>
  );
}
