import { Banner, BlockStack, Box, Card, InlineGrid, List, Tabs, Text } from "@shopify/polaris";
import { useState } from "react";
import { type EditorData } from "#app/modules/notifications/template-editor.ts";
import { MessagesPage, type Sending } from "../sending-banners.tsx";
import { FormBar } from "../settings-page.tsx";
import { useTextOf, useTexts } from "../texts.tsx";
import { LanguagePicker } from "./language-picker.tsx";
import { MailSettings } from "./mail-settings.tsx";
import { PreviewPane } from "./preview-pane.tsx";
import { TestTextDialog } from "./test-text-dialog.tsx";
import { TextSettings } from "./text-settings.tsx";
import { type TemplateEditorState, useTemplateEditor } from "./use-template-editor.ts";
import { usePreview } from "./use-preview.ts";
import { VersionDialog } from "./version-dialog.tsx";

const CHANNELS = ["email", "sms", "whatsapp"] as const;

/** The page on which a merchant says what a message says, and sees it while writing. */
export function TemplateEditor({ data, sending }: { data: EditorData; sending: Sending }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const editor = useTemplateEditor(data);
  const { channel, locale, drafts } = editor;
  const [sample, setSample] = useState(data.firstSample);
  const [history, setHistory] = useState(false);
  const [testing, setTesting] = useState(false);
  const { preview, busy, problems } = usePreview({
    kind: data.kind,
    channel,
    locale,
    sample,
    document: drafts[channel],
  });
  return (
    <MessagesPage
      backAction={{ content: texts("messages.title"), url: "/app/messages/events" }}
      fullWidth
      secondaryActions={[
        ...(channel === "email" && data.testAddress
          ? [{ content: texts("editor.send_test"), disabled: editor.busy, onAction: () => editor.sendTest(sample) }]
          : []),
        ...(channel !== "email" && data.canText
          ? [{ content: texts("editor.send_test"), disabled: editor.busy, onAction: () => setTesting(true) }]
          : []),
        { content: texts("editor.history"), onAction: () => setHistory(true) },
      ]}
      sending={sending}
      subtitle={texts("editor.subtitle")}
      title={textOf("kind", data.kind)}
    >
      <FormBar form={editor} />
      <Fault editor={editor} />
      {data.dormant && <DormantNote />}
      <Tabs
        onSelect={(index) => editor.setChannel(CHANNELS[index] ?? "email")}
        selected={CHANNELS.indexOf(channel)}
        tabs={CHANNELS.map((id) => ({ id, content: texts(`editor.channel_${id}`) }))}
      />
      <InlineGrid alignItems="start" columns={{ xs: 1, lg: 2 }} gap="400">
        <BlockStack gap="400">
          <Card>
            <LanguagePicker editor={editor} />
          </Card>
          {channel === "email" ? (
            <MailSettings editor={editor} problems={problems} />
          ) : (
            <TextSettings channel={channel} editor={editor} problems={problems} />
          )}
        </BlockStack>
        <div style={{ position: "sticky", top: 16 }}>
          <PreviewPane busy={busy} onSample={setSample} preview={preview} sample={sample} samples={data.samples} />
        </div>
      </InlineGrid>
      <Box paddingBlockEnd="800" />
      <TestTextDialog
        channel={channel === "whatsapp" ? "whatsapp" : "sms"}
        onClose={() => setTesting(false)}
        onSend={(to) => {
          editor.sendTest(sample, to);
          setTesting(false);
        }}
        open={testing}
      />
      <VersionDialog
        busy={editor.busy}
        current={data.numbers[channel]}
        onClose={() => setHistory(false)}
        onRestore={(number) => {
          editor.restore(number);
          setHistory(false);
        }}
        open={history}
        versions={data.versions[channel]}
      />
    </MessagesPage>
  );
}

/** Nothing sends this message yet. */
function DormantNote() {
  const texts = useTexts();
  return (
    <Box paddingBlockEnd="300">
      <Banner tone="info">{texts("events.dormant")}</Banner>
    </Box>
  );
}

/** What the server would not do, in words. */
function Fault({ editor }: { editor: TemplateEditorState }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { fault, dismissFault } = editor;
  if (!fault) return null;
  const names = new Intl.DisplayNames([texts.locale], { type: "language" });
  return (
    <Banner
      onDismiss={dismissFault}
      title={texts(`editor.fault_${fault.kind}` as "editor.fault_invalid")}
      tone="critical"
    >
      {fault.kind === "has_errors" && (
        <List>
          {fault.problems.slice(0, 8).map(({ locale, slot, line, message, word }, index) => (
            <List.Item key={index}>
              {`${names.of(locale) ?? locale}, ${slot}: ${texts("editor.problem_line", { line, text: message || word })}`}
            </List.Item>
          ))}
        </List>
      )}
      {fault.kind === "text_not_sent" && <Text as="p">{textOf("text_problem", fault.problem)}</Text>}
      {fault.kind !== "has_errors" && fault.kind !== "text_not_sent" && (
        <Text as="p">{texts(`editor.fault_${fault.kind}_help` as "editor.fault_invalid_help")}</Text>
      )}
    </Banner>
  );
}
