import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, Card, Icon, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { CheckCircleIcon, MinusCircleIcon, XIcon } from "@shopify/polaris-icons";
import type { SetupStep } from "#app/modules/shops/setup-steps.ts";
import { onBehalfOf } from "./return-link.tsx";
import { type AdminKey, useTexts } from "./texts.tsx";

const WAYS: Readonly<Record<SetupStep["name"], string | null>> = {
  import: null,
  carrier: onBehalfOf("setup", "/app/settings/carriers"),
  brand: onBehalfOf("setup", "/app/settings/brand"),
  live: "/app/messages/events",
};

/** What is left to set up; the first open step is the one that stands out. */
export function SetupCard({ steps }: { steps: readonly SetupStep[] }) {
  const texts = useTexts();
  const fetcher = useFetcher();
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done && WAYS[step.name] !== null)?.name;
  if (fetcher.formData) return null;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="start" wrap={false}>
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {texts("setup.title")}
            </Text>
            <Text as="p" tone="subdued">
              {texts("setup.progress", { done, count: steps.length })}
            </Text>
          </BlockStack>
          <Button
            accessibilityLabel={texts("setup.dismiss")}
            icon={XIcon}
            onClick={() => fetcher.submit({ intent: "dismiss", card: "setup" }, { method: "post" })}
            variant="tertiary"
          />
        </InlineStack>
        <ProgressBar ariaLabelledBy="setup-progress" progress={(done / steps.length) * 100} size="small" />
        {done < steps.length && (
          <BlockStack gap="300">
            {steps.map((step) => (
              <StepRow key={step.name} primary={step.name === next} step={step} />
            ))}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}

function StepRow({ step, primary }: { step: SetupStep; primary: boolean }) {
  const texts = useTexts();
  const way = WAYS[step.name];
  const state: AdminKey = step.done ? "setup.done" : "setup.open";
  return (
    <InlineStack align="space-between" blockAlign="center" gap="300" wrap={false}>
      <InlineStack blockAlign="start" gap="200" wrap={false}>
        <Box minWidth="20px">
          <Icon
            accessibilityLabel={texts(state)}
            source={step.done ? CheckCircleIcon : MinusCircleIcon}
            tone={step.done ? "success" : "subdued"}
          />
        </Box>
        <BlockStack gap="050">
          <Text as="h3" variant="headingSm">
            {texts(`setup.${step.name}.title`)}
          </Text>
          <Text as="p" tone="subdued">
            {texts(`setup.${step.name}.text`)}
          </Text>
        </BlockStack>
      </InlineStack>
      {!step.done && way && (
        <Button url={way} {...(primary ? { variant: "primary" as const } : {})}>
          {texts(`setup.${step.name}.action`)}
        </Button>
      )}
    </InlineStack>
  );
}
