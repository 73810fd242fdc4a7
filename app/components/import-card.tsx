import { useFetcher, useRevalidator } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { XIcon } from "@shopify/polaris-icons";
import { useEffect } from "react";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";

interface ImportCardProps {
  progress: {
    state: "running" | "done" | "failed";
    ordersSeen: number;
    ordersDue: number | null;
    shipments: number;
    error: string | null;
  };
  live: boolean;
}

const LOOK_AGAIN_MS = 2_000;

/** How far the import is; looks again by itself while it runs. */
export function ImportCard({ progress }: ImportCardProps) {
  useLookAgain(progress.state === "running");
  switch (progress.state) {
    case "running":
      return <Running progress={progress} />;
    case "done":
      return <Done progress={progress} />;
    case "failed":
      return <Failed error={progress.error} />;
  }
}

/** Reads the page's data again every two seconds while something is under way and the page can be seen. */
export function useLookAgain(running: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!running || state !== "idle") return;
    const timer = setTimeout(() => document.visibilityState === "visible" && revalidate(), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [running, revalidate, state]);
}

function Running({ progress }: Pick<ImportCardProps, "progress">) {
  const texts = useTexts();
  const { ordersSeen, ordersDue } = progress;
  const share = ordersDue ? Math.min(100, (ordersSeen / ordersDue) * 100) : 0;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" id="import-title" variant="headingMd">
          {texts("import.running_title")}
        </Text>
        <ProgressBar ariaLabelledBy="import-title" progress={share} size="small" />
        <Text as="p">
          {ordersDue === null
            ? texts("import.counting", { seen: ordersSeen })
            : texts("import.seen", { seen: ordersSeen, due: ordersDue })}
        </Text>
        <Text as="p" fontWeight="semibold">
          {texts("import.no_messages")}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Done({ progress }: Pick<ImportCardProps, "progress">) {
  const texts = useTexts();
  const { number } = useFormats();
  const fetcher = useFetcher();
  if (fetcher.formData) return null;
  return (
    <Card>
      <InlineStack align="space-between" blockAlign="start" wrap={false}>
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {texts("import.done_title")}
          </Text>
          <Text as="p">
            {texts("import.done_text", {
              orders: number(progress.ordersSeen),
              parcels: number(progress.shipments),
            })}
          </Text>
        </BlockStack>
        <Button
          accessibilityLabel={texts("common.dismiss")}
          icon={XIcon}
          onClick={() => fetcher.submit({ intent: "dismiss", card: "import" }, { method: "post" })}
          variant="tertiary"
        />
      </InlineStack>
    </Card>
  );
}

function Failed({ error }: { error: string | null }) {
  const texts = useTexts();
  const fetcher = useFetcher();
  return (
    <Banner
      action={{
        content: texts("import.again"),
        loading: fetcher.state !== "idle",
        onAction: () => fetcher.submit({ intent: "import" }, { method: "post" }),
      }}
      title={texts("import.failed_title")}
      tone="critical"
    >
      <p>{texts("import.failed_text")}</p>
      {error && <p>{error}</p>}
    </Banner>
  );
}
