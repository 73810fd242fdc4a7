import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, Modal, Text } from "@shopify/polaris";
import { useState } from "react";
import { TestAnswer } from "./carrier-form.tsx";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";
import type { FormAnswer } from "./use-settings-form.ts";

interface HealthProps {
  account: { label: string; status: string; statusReason: string | null; createdAt: string };
  carrierName: string;
}

/** Whether the stored credentials still work, and the way to forget them. */
export function AccountHealth({ account, carrierName }: HealthProps) {
  const texts = useTexts();
  const { moment } = useFormats();
  const test = useFetcher<FormAnswer>();
  const [removing, setRemoving] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        {account.status === "auth_failed" && (
          <Banner title={texts("carriers.refused")} tone="critical">
            {account.statusReason && <p>{texts("carriers.said", { message: account.statusReason })}</p>}
          </Banner>
        )}
        <Text as="p">{texts("carriers.since", { carrier: carrierName, when: moment(account.createdAt) })}</Text>
        <TestAnswer answer={test.state === "idle" ? test.data : undefined} />
        <InlineStack gap="200">
          <Button
            loading={test.state !== "idle"}
            onClick={() => test.submit({ intent: "test_stored" }, { method: "post" })}
          >
            {texts("carriers.test_stored")}
          </Button>
          <Button onClick={() => setRemoving(true)} tone="critical" variant="tertiary">
            {texts("carriers.remove")}
          </Button>
        </InlineStack>
      </BlockStack>
      <RemoveDialog close={() => setRemoving(false)} name={account.label || carrierName} open={removing} />
    </Card>
  );
}

function RemoveDialog({ open, close, name }: { open: boolean; close(): void; name: string }) {
  const texts = useTexts();
  const fetcher = useFetcher();
  return (
    <Modal
      onClose={close}
      open={open}
      primaryAction={{
        content: texts("carriers.remove"),
        destructive: true,
        loading: fetcher.state !== "idle",
        onAction: () => fetcher.submit({ intent: "remove" }, { method: "post" }),
      }}
      secondaryActions={[{ content: texts("common.cancel"), onAction: close }]}
      title={texts("carriers.remove_title", { name })}
    >
      <Modal.Section>
        <Text as="p">{texts("carriers.remove_text")}</Text>
      </Modal.Section>
    </Modal>
  );
}
