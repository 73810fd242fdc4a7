import { useFetcher } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { Banner, BlockStack, Button, Card, Link, Modal, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { MessageView } from "#app/modules/notifications/read-message.server.ts";
import { showToast } from "./app-bridge.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { useAnswer } from "./use-answer.ts";

type View = SerializeFrom<MessageView>;
type Props = Pick<View, "entry" | "blocked" | "person" | "mutes"> & { requestId: string };

/** To whom it went, and what staff can do: send it again, write to this address no more, silence what is behind it. */
export function MessageActionsCard({ entry, blocked, person, mutes, requestId }: Props) {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<{ kind: string }>();
  const [asking, setAsking] = useState<"repeat" | "block" | null>(null);
  const [warning, setWarning] = useState<"still_listed" | "list_silent" | null>(null);
  useAnswer(fetcher, ({ kind }) => {
    const left = kind === "still_listed" || kind === "list_silent" ? kind : null;
    setWarning(left);
    if (left !== null || (kind !== "saved" && kind !== "unblocked")) return;
    setAsking(null);
    showToast(texts("common.saved"));
  });
  const send = (fields: Record<string, string>) => fetcher.submit(fields, { method: "post" });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {texts("message.recipient")}
        </Text>
        <Text as="p" breakWord>
          {entry.recipient ?? texts("message.no_recipient")}
        </Text>
        {blocked && <Text as="p">{textOf("block", blocked)}</Text>}
        {warning && <Banner tone="warning">{texts(`message.${warning}`)}</Banner>}
        {person && <Link url={`/app/messages?person=${entry.id}`}>{texts("message.same_person")}</Link>}
        {entry.orderId && (
          <Link url={`/app/messages?order=${encodeURIComponent(entry.orderId)}`}>{texts("message.same_order")}</Link>
        )}
        <Button disabled={blocked !== null} onClick={() => setAsking("repeat")}>
          {texts(entry.sentAt ? "message.repeat" : "message.send_anyway")}
        </Button>
        {person &&
          (blocked ? (
            <LiftBlock
              busy={fetcher.state !== "idle"}
              channel={entry.channel}
              onLift={() => send({ intent: "unblock" })}
            />
          ) : (
            <Button onClick={() => setAsking("block")} tone="critical" variant="plain">
              {texts("message.block")}
            </Button>
          ))}
        {mutes.length > 0 && (
          <Text as="h3" variant="headingSm">
            {texts("message.mute_title")}
          </Text>
        )}
        {mutes.map(({ type, id, muted }) => (
          <Button
            key={`${type} ${id}`}
            onClick={() => send({ intent: muted ? "unmute" : "mute", type, subjectId: id })}
            textAlign="start"
            variant="plain"
          >
            {texts(`message.${muted ? "unmute" : "mute"}_${type}`, { name: id })}
          </Button>
        ))}
      </BlockStack>
      <RepeatDialog
        entry={entry}
        key={requestId}
        onClose={() => setAsking(null)}
        open={asking === "repeat"}
        requestId={requestId}
      />
      <ConfirmDialog
        close={() => setAsking(null)}
        label={texts("message.block")}
        onConfirm={() => send({ intent: "block" })}
        open={asking === "block"}
        text={texts("message.block_text")}
        title={texts("message.block_title", { address: entry.recipient ?? "" })}
      />
    </Card>
  );
}

/** Lets the address be written to again; for mails that reaches further than this shop's own list, and says so. */
function LiftBlock({ channel, busy, onLift }: { channel: string; busy: boolean; onLift(): void }) {
  const texts = useTexts();
  return (
    <>
      <Button loading={busy} onClick={onLift}>
        {texts("message.unblock")}
      </Button>
      {channel === "email" && (
        <Text as="p" tone="subdued">
          {texts("message.unblock_text")}
        </Text>
      )}
    </>
  );
}

interface RepeatDialogProps {
  entry: View["entry"];
  requestId: string;
  open: boolean;
  onClose(): void;
}

/** Asks why, and to whom, before anything is sent. */
function RepeatDialog({ entry, requestId, open, onClose }: RepeatDialogProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<{ kind: string }>();
  const [reason, setReason] = useState("");
  const [recipient, setRecipient] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  useAnswer(fetcher, ({ kind }) => {
    if (kind !== "queued") return setProblem(textOf("repeat", kind));
    showToast(texts("repeat.queued"));
    onClose();
  });
  const send = () => fetcher.submit({ intent: "repeat", reason, recipient, requestId }, { method: "post" });
  return (
    <Modal
      onClose={onClose}
      open={open}
      primaryAction={{
        content: texts("message.send_now"),
        disabled: !reason.trim(),
        loading: fetcher.state !== "idle",
        onAction: send,
      }}
      secondaryActions={[{ content: texts("common.cancel"), onAction: onClose }]}
      title={texts(entry.sentAt ? "message.repeat" : "message.send_anyway")}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <Text as="p">{texts("message.repeat_text")}</Text>
          <TextField
            autoComplete="off"
            label={texts("message.repeat_reason")}
            maxLength={300}
            onChange={setReason}
            requiredIndicator
            value={reason}
          />
          <TextField
            autoComplete="off"
            label={texts("message.repeat_to")}
            maxLength={254}
            onChange={setRecipient}
            placeholder={entry.recipient ?? ""}
            value={recipient}
            {...(problem ? { error: problem } : {})}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
