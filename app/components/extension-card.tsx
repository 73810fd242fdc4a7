import { Badge, BlockStack, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { appBridge } from "./app-bridge.ts";
import { type AdminKey, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

/** Whether the shop has placed what the app brings: asked from the admin itself, which alone knows. */
type Placed = "placed" | "not_placed" | "unknown";

interface Placements {
  block: Placed;
  orderStatus: Placed;
}

interface ExtensionAnswer {
  type?: string;
  activations?: readonly { status?: string; activations?: readonly unknown[] }[];
}

const UNKNOWN: Placements = { block: "unknown", orderStatus: "unknown" };

/** Shows where the app's blocks stand. An admin that cannot say so leaves the card out. */
export function ExtensionCard() {
  const texts = useTexts();
  const [placements, setPlacements] = useState<Placements | null>(null);
  useEffect(() => {
    let current = true;
    void askPlacements().then((found) => current && setPlacements(found));
    return () => {
      current = false;
    };
  }, []);
  if (placements === UNKNOWN) return null;
  return (
    <TitledCard gap="300" title={texts("extensions.title")}>
      <Line label="extensions.page" text="extensions.page_text" value="placed" />
      <Line label="extensions.block" text="extensions.block_text" value={placements?.block ?? "unknown"} />
      <Line
        label="extensions.order_status"
        text="extensions.order_status_text"
        value={placements?.orderStatus ?? "unknown"}
      />
    </TitledCard>
  );
}

function Line({ label, text, value }: { label: AdminKey; text: AdminKey; value: Placed }) {
  const texts = useTexts();
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack gap="050">
        <Text as="h3" fontWeight="semibold">
          {texts(label)}
        </Text>
        <Text as="p" tone="subdued">
          {texts(text)}
        </Text>
      </BlockStack>
      <Badge {...(value === "placed" ? { tone: "success" as const } : {})}>{texts(`extensions.${value}`)}</Badge>
    </InlineStack>
  );
}

async function askPlacements(): Promise<Placements> {
  try {
    const app = appBridge()?.app;
    if (!app?.extensions) return UNKNOWN;
    const found = (await app.extensions()) as readonly ExtensionAnswer[];
    const theme = found.filter(({ type }) => type === "theme_app_extension").flatMap((one) => one.activations ?? []);
    const ui = found.filter(({ type }) => type === "ui_extension").flatMap((one) => one.activations ?? []);
    return {
      block: theme.some((block) => (block.activations?.length ?? 0) > 0) ? "placed" : "not_placed",
      orderStatus: ui.length > 0 ? "placed" : "not_placed",
    };
  } catch {
    // Older admins and other surfaces do not know the question.
    return UNKNOWN;
  }
}
