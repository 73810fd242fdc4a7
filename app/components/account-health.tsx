import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { type AnswerTimes, useLastAnswer } from "./account-summary.tsx";
import { showToast } from "./app-bridge.ts";
import { TestAnswer } from "./carrier-form.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";
import { useAnswer } from "./use-answer.ts";
import type { FormAnswer } from "./use-settings-form.ts";

interface HealthProps {
  account: SerializeFrom<AnswerTimes> & {
    label: string;
    status: string;
    statusReason: string | null;
    createdAt: string;
  };
  carrierName: string;
  now: string;
}

/** Whether the stored credentials still work, and the ways to switch them off and to forget them. */
export function AccountHealth({ account, carrierName, now }: HealthProps) {
  const texts = useTexts();
  const { moment } = useFormats();
  const test = useFetcher<FormAnswer>();
  const health = useLastAnswer(account, now);
  const [removing, setRemoving] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        {account.status === "auth_failed" && (
          <Banner title={texts("carriers.refused")} tone="critical">
            {account.statusReason && <p>{texts("carriers.said", { message: account.statusReason })}</p>}
          </Banner>
        )}
        {account.status === "disabled" && (
          <Banner tone="info">
            <p>{texts("carriers.off_text")}</p>
          </Banner>
        )}
        <BlockStack gap="050">
          <Text as="p">{texts("carriers.since", { carrier: carrierName, when: moment(account.createdAt) })}</Text>
          <Text as="p" tone="subdued">
            {health}
          </Text>
        </BlockStack>
        <TestAnswer answer={test.state === "idle" ? test.data : undefined} />
        <InlineStack gap="200">
          <Button
            loading={test.state !== "idle"}
            onClick={() => test.submit({ intent: "test_stored" }, { method: "post" })}
          >
            {texts("carriers.test_stored")}
          </Button>
          <Switch on={account.status === "disabled"} />
          <Button onClick={() => setRemoving(true)} tone="critical" variant="tertiary">
            {texts("carriers.remove")}
          </Button>
        </InlineStack>
      </BlockStack>
      <RemoveDialog close={() => setRemoving(false)} name={account.label || carrierName} open={removing} />
    </Card>
  );
}

/** Switching off can be undone with the same button, so nobody is asked twice. */
function Switch({ on }: { on: boolean }) {
  const texts = useTexts();
  const fetcher = useFetcher<{ kind: string }>();
  useAnswer(fetcher, ({ kind }) => {
    // By now the page shows the state after the click.
    if (kind === "switched") showToast(texts(on ? "carriers.switched_off" : "carriers.switched_on"));
  });
  return (
    <Button
      loading={fetcher.state !== "idle"}
      onClick={() => fetcher.submit({ intent: on ? "switch_on" : "switch_off" }, { method: "post" })}
    >
      {texts(on ? "carriers.switch_on" : "carriers.switch_off")}
    </Button>
  );
}

function RemoveDialog({ open, close, name }: { open: boolean; close(): void; name: string }) {
  const texts = useTexts();
  const fetcher = useFetcher();
  return (
    <ConfirmDialog
      busy={fetcher.state !== "idle"}
      close={close}
      label={texts("carriers.remove")}
      onConfirm={() => fetcher.submit({ intent: "remove" }, { method: "post" })}
      open={open}
      text={texts("carriers.remove_text")}
      title={texts("carriers.remove_title", { name })}
    />
  );
}
