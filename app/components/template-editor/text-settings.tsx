import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import type { TemplateProblem } from "#app/modules/notifications/template-editor.ts";
import { useTexts } from "../texts.tsx";
import { LiquidField } from "./liquid-field.tsx";
import { builtInAt } from "./slot-texts.ts";
import { type TemplateEditorState, withText } from "./use-template-editor.ts";

interface TextSettingsProps {
  editor: TemplateEditorState;
  channel: "sms" | "whatsapp";
  problems: readonly TemplateProblem[];
}

/** The text of an SMS; for WhatsApp also the approved template that carries it. */
export function TextSettings({ editor, channel, problems }: TextSettingsProps) {
  const texts = useTexts();
  const { data, drafts, locale, changeText } = editor;
  const draft = drafts[channel];
  return (
    <Card>
      <BlockStack gap="400">
        <LiquidField
          help={texts(channel === "sms" ? "editor.sms_help" : "editor.whatsapp_help")}
          key={`${channel} ${locale}`}
          label={texts("editor.field_text")}
          multiline
          onChange={(text) => changeText({ text: withText(draft.text, locale, text) })}
          placeholder={builtInAt(data.builtIn[locale], "text")}
          problems={problems.filter(({ slot }) => slot === "text")}
          value={draft.text[locale] ?? ""}
          variables={data.variables}
        />
        {channel === "whatsapp" && <ContentTemplate editor={editor} />}
      </BlockStack>
    </Card>
  );
}

const MAX_VARIABLES = 20;

function ContentTemplate({ editor }: { editor: TemplateEditorState }) {
  const texts = useTexts();
  const { contentSid, contentVariables } = editor.drafts.whatsapp;
  const setVariable = (index: number, value: string) =>
    editor.changeText({ contentVariables: contentVariables.map((one, at) => (at === index ? value : one)) });
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {texts("editor.whatsapp_template")}
      </Text>
      <TextField
        autoComplete="off"
        helpText={texts("editor.content_sid_help")}
        label={texts("editor.content_sid")}
        maxLength={60}
        onChange={(sid) => editor.changeText({ contentSid: sid.trim() })}
        placeholder="HX…"
        value={contentSid}
      />
      {contentVariables.map((variable, index) => (
        <TextField
          autoComplete="off"
          key={index}
          label={texts("editor.content_variable", { number: index + 1 })}
          maxLength={200}
          onChange={(value) => setVariable(index, value)}
          placeholder="{{ order.name }}"
          value={variable}
        />
      ))}
      <InlineStack gap="200">
        <Button
          disabled={contentVariables.length >= MAX_VARIABLES}
          onClick={() => editor.changeText({ contentVariables: [...contentVariables, ""] })}
        >
          {texts("editor.add_variable")}
        </Button>
        {contentVariables.length > 0 && (
          <Button
            onClick={() => editor.changeText({ contentVariables: contentVariables.slice(0, -1) })}
            variant="tertiary"
          >
            {texts("editor.remove_variable")}
          </Button>
        )}
      </InlineStack>
    </BlockStack>
  );
}
