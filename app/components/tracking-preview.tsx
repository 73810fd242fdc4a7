import { BlockStack, Card, Text } from "@shopify/polaris";
import { contrastRatio, readableOn } from "#app/lib/colour.ts";
import { useTexts } from "./texts.tsx";

interface PreviewProps {
  name: string;
  logoUrl: string;
  colour: string;
  support: string;
}

const FALLBACK = "#1f5199";
const STEPS = ["ordered", "shipped", "out", "delivered"] as const;

/** How a shopper's tracking card looks with what is typed just now; the parcel is made up and says so. */
export function TrackingPreview({ name, logoUrl, colour, support }: PreviewProps) {
  const texts = useTexts();
  const shade = /^#[0-9a-f]{6}$/i.test(colour) ? colour : FALLBACK;
  const line = (done: boolean) => ({ borderTop: `6px solid ${done ? shade : "#dededa"}`, paddingTop: 4 });
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="050">
          <Text as="h2" variant="headingMd">
            {texts("preview.title")}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {texts("preview.made_up")}
          </Text>
        </BlockStack>
        <div style={{ border: "1px solid #d9d9d6", borderRadius: 12, padding: 16, background: "#fff" }}>
          <BlockStack gap="300">
            {logoUrl.startsWith("https://") ? (
              <img alt={name} src={logoUrl} style={{ height: 40, maxWidth: 180, objectFit: "contain" }} />
            ) : (
              <Text as="p" variant="headingSm">
                {name}
              </Text>
            )}
            <Text as="p" variant="headingLg">
              {texts("status.out_for_delivery")}
            </Text>
            <div style={{ display: "grid", gridTemplateColumns: "repeat(4, 1fr)", gap: 6 }}>
              {STEPS.map((step, index) => (
                <div key={step} style={line(index < 3)}>
                  <Text as="span" variant="bodyXs">
                    {texts(`preview.${step}`)}
                  </Text>
                </div>
              ))}
            </div>
            <div
              style={{
                background: shade,
                color: readableOn(shade),
                borderRadius: 8,
                padding: "10px 16px",
                textAlign: "center",
                fontWeight: 600,
              }}
            >
              {texts("preview.button")}
            </div>
            {support && (
              <Text as="p" breakWord tone="subdued" variant="bodySm">
                {texts("preview.support", { where: support })}
              </Text>
            )}
          </BlockStack>
        </div>
      </BlockStack>
    </Card>
  );
}

/** What to know about a colour before taking it: it must be told from white by people who see less well (WCAG, 3 to 1). */
export function colourHint(colour: string): "preview.low_contrast" | "preview.good_contrast" | null {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return null;
  return contrastRatio(colour, "#ffffff") < 3 ? "preview.low_contrast" : "preview.good_contrast";
}
