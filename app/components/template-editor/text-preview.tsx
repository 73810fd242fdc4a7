import { BlockStack, Box, InlineStack, Text } from "@shopify/polaris";
import type { TemplatePreview } from "#app/modules/notifications/template-editor.ts";
import { useTexts } from "../texts.tsx";

/** A text message as it arrives, and what it would cost. */
export function TextPreview({ preview }: { preview: Exclude<TemplatePreview, { channel: "email" }> }) {
  const texts = useTexts();
  const { channel, body, variables, segments, micros, country } = preview;
  const price = micros === null ? null : new Intl.NumberFormat(texts.locale, PRICE).format(micros / 1_000_000);
  return (
    <BlockStack gap="300">
      <Box background="bg-surface-secondary" borderRadius="400" maxWidth="360px" padding="400">
        <Text as="p" breakWord>
          <span style={{ whiteSpace: "pre-wrap" }}>{body || texts("editor.no_text")}</span>
        </Text>
      </Box>
      {variables && (
        <BlockStack gap="100">
          {Object.entries(variables).map(([name, value]) => (
            <Text as="p" key={name} variant="bodySm">
              {`{{${name}}} = ${value}`}
            </Text>
          ))}
        </BlockStack>
      )}
      <InlineStack gap="300">
        {channel === "sms" && (
          <>
            <Text as="p" fontWeight="semibold">
              {texts("editor.segments", { count: segments.segments, units: segments.units, room: segments.room })}
            </Text>
            <Text as="p" tone="subdued">
              {segments.encoding}
            </Text>
          </>
        )}
        {price && <Text as="p">{texts("editor.price", { price, country })}</Text>}
      </InlineStack>
      {channel === "sms" && segments.costly.length > 0 && (
        <Text as="p" tone="caution" variant="bodySm">
          {texts("editor.costly", { characters: segments.costly.join(" ") })}
        </Text>
      )}
    </BlockStack>
  );
}

const PRICE = { style: "currency", currency: "USD", minimumFractionDigits: 3, maximumFractionDigits: 4 } as const;
