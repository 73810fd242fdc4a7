import { Banner, BlockStack, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { SmsOptions } from "#app/modules/notifications/sms/sms-account.ts";
import { showToast } from "./app-bridge.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { SmsCard } from "./sms-card.tsx";
import { SmsConnectCard } from "./sms-connect-card.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { useSmsForm } from "./use-sms-form.ts";

export interface SmsAccountCardProps {
  accountSid: string;
  options: Pick<SmsOptions, "origin" | "whatsappFrom" | "trial" | "hearsReplies">;
  problem: { reason: string } | null;
  hookUrl: string | null;
}

export function senderText(origin: SmsOptions["origin"]): string {
  return origin.kind === "number" ? origin.number : origin.kind === "service" ? origin.sid : origin.name;
}

/** The connected account: what texts come from, whether answers are heard, and the ways to change or leave it. */
export function SmsAccountCard({ accountSid, options, problem, hookUrl }: SmsAccountCardProps) {
  const texts = useTexts();
  const [replacing, setReplacing] = useState(false);
  if (replacing) {
    const known = {
      ...{ accountSid, senderKind: options.origin.kind, sender: senderText(options.origin) },
      whatsappFrom: options.whatsappFrom ?? "",
    };
    return <SmsConnectCard known={known} onCancel={() => setReplacing(false)} />;
  }
  return (
    <SmsCard step={{ done: true, label: texts("sms.done") }} title={texts("sms.account")}>
      <BlockStack gap="100">
        <Text as="p">{texts("sms.account_is", { sid: accountSid })}</Text>
        <Text as="p">{texts("sms.sends_from", { sender: senderText(options.origin) })}</Text>
        {options.whatsappFrom && (
          <Text as="p">{texts("sms.whatsapp_from", { sender: options.whatsappFrom.replace("whatsapp:", "") })}</Text>
        )}
      </BlockStack>
      {problem && <Problem reason={problem.reason} />}
      {options.trial && (
        <Banner tone="warning">
          <p>{texts("sms.trial")}</p>
        </Banner>
      )}
      <Replies hears={options.hearsReplies} kind={options.origin.kind} url={hookUrl} />
      <InlineStack gap="200">
        <Button onClick={() => setReplacing(true)}>{texts("sms.replace")}</Button>
        <RemoveButton />
      </InlineStack>
    </SmsCard>
  );
}

function Problem({ reason }: { reason: string }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const [name = ""] = reason.split(" ");
  return (
    <Banner title={texts("sms.closed.refused")} tone="critical">
      <p>
        {textOf("text_problem", name, "text_problem.other")} ({reason.replace(/^\S+ \(|\)$/g, "")})
      </p>
    </Banner>
  );
}

function Replies({ hears, kind, url }: { hears: boolean; kind: string; url: string | null }) {
  const texts = useTexts();
  if (kind === "name") return <Text as="p">{texts("sms.replies_impossible")}</Text>;
  if (hears) return <Text as="p">{texts("sms.replies_heard")}</Text>;
  if (!url) return null;
  const copy = () => void navigator.clipboard.writeText(url).then(() => showToast(texts("common.copied")));
  return (
    <Banner title={texts("sms.replies_elsewhere")} tone="warning">
      <BlockStack gap="200">
        <p>{texts("sms.replies_how")}</p>
        <TextField
          autoComplete="off"
          connectedRight={<Button onClick={copy}>{texts("common.copy")}</Button>}
          label={texts("sms.hook")}
          readOnly
          value={url}
        />
      </BlockStack>
    </Banner>
  );
}

function RemoveButton() {
  const texts = useTexts();
  const [asking, setAsking] = useState(false);
  const form = useSmsForm({}, () => setAsking(false));
  return (
    <>
      <Button onClick={() => setAsking(true)} tone="critical" variant="plain">
        {texts("sms.remove")}
      </Button>
      <ConfirmDialog
        busy={form.busy}
        close={() => setAsking(false)}
        label={texts("sms.remove")}
        onConfirm={() => form.submit("remove")}
        open={asking}
        text={texts("sms.remove_text")}
        title={texts("sms.remove_title")}
      />
    </>
  );
}
