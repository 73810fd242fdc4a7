import { Banner, BlockStack, Card, InlineGrid, type PageProps, Text } from "@shopify/polaris";
import type { SerializeFrom } from "@remix-run/node";
import type { Translator } from "#app/lib/i18n.ts";
import type { ParcelFacts } from "#app/modules/shipments/read-parcel-page.server.ts";
import { useFormats } from "./formats.ts";
import { type AdminKey, useTexts } from "./texts.tsx";

/** The ways out of the page: to the order in the admin, and to what the shopper sees. */
export function parcelActions(
  texts: Translator<AdminKey>,
  { orderUrl, shopperUrl }: { orderUrl: string; shopperUrl: string },
): Pick<PageProps, "secondaryActions"> {
  return {
    secondaryActions: [
      { content: texts("parcel.open_order"), url: orderUrl, target: "_top" },
      { content: texts("parcel.open_shopper"), url: shopperUrl, external: true, target: "_blank" },
    ],
  };
}

interface SummaryProps {
  parcel: SerializeFrom<ParcelFacts>;
  carrierName: string | null;
  expected: string | null;
}

/** The few facts that everybody asks for first. */
export function ParcelSummary({ parcel, carrierName, expected }: SummaryProps) {
  const texts = useTexts();
  const { wallClock } = useFormats();
  const arrival = parcel.deliveredLocal
    ? { label: texts("parcel.delivered"), value: wallClock(parcel.deliveredLocal) }
    : { label: texts("parcel.expected"), value: expected ?? texts("parcel.no_date") };
  return (
    <BlockStack gap="400">
      {parcel.lifecycle !== "active" && (
        <Banner tone="info">
          <p>{texts(parcel.lifecycle === "removed" ? "parcel.removed" : "parcel.cancelled")}</p>
        </Banner>
      )}
      <Card>
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
          <Fact label={arrival.label} value={arrival.value} />
          <Fact label={texts("parcel.carrier")} value={[carrierName, parcel.service].filter(Boolean).join(" · ") || "–"} />
          <Fact label={texts("parcel.number")} value={parcel.trackingNumber} />
        </InlineGrid>
      </Card>
    </BlockStack>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <BlockStack gap="050">
      <Text as="h2" tone="subdued" variant="bodySm">
        {label}
      </Text>
      <Text as="p" breakWord variant="headingSm">
        {value}
      </Text>
    </BlockStack>
  );
}
