import { BlockStack, Checkbox, ChoiceList, RangeSlider, Select, Text, TextField } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { MailTemplateBlock, TemplateProblem } from "#app/modules/notifications/template-editor.ts";
import { useTexts } from "../texts.tsx";
import { LiquidField } from "./liquid-field.tsx";
import { builtInAt, slotsOf, textsAt } from "./slot-texts.ts";
import { type TemplateEditorState, withText } from "./use-template-editor.ts";

interface BlockSettingsProps {
  block: MailTemplateBlock;
  editor: TemplateEditorState;
  problems: readonly TemplateProblem[];
}

/** What can be set about the chosen block: its texts in the chosen language, then the rest. */
export function BlockSettings({ block, editor, problems }: BlockSettingsProps) {
  const texts = useTexts();
  const { data, locale, changeBlock } = editor;
  const change = (values: object) => changeBlock(block.id, values);
  return (
    <BlockStack gap="400">
      <Text as="p" tone="subdued" variant="bodySm">
        {texts(`editor.about_${block.type}`)}
      </Text>
      {slotsOf(block).map(({ name, field, multiline }) => (
        <LiquidField
          key={`${name} ${locale}`}
          label={texts(`editor.field_${field}` as "editor.field_text")}
          multiline={multiline}
          onChange={(text) => change({ [field]: withText(textsAt(block, field), locale, text) })}
          placeholder={builtInAt(data.builtIn[locale], name, block)}
          problems={problems.filter(({ slot }) => slot === name)}
          value={textsAt(block, field)[locale] ?? ""}
          variables={data.variables}
        />
      ))}
      <OtherSettings block={block} change={change} />
    </BlockStack>
  );
}

interface OtherProps {
  block: MailTemplateBlock;
  change(values: object): void;
}

function OtherSettings({ block, change }: OtherProps) {
  const texts = useTexts();
  const url = (label: "editor.url" | "editor.image", name: string, value: string) => (
    <TextField
      autoComplete="off"
      error={value !== "" && !value.startsWith("https://") && texts("editor.https")}
      label={texts(label)}
      onChange={(next) => change({ [name]: next.trim() })}
      placeholder="https://"
      type="url"
      value={value}
    />
  );
  switch (block.type) {
    case "logo":
      return <LogoSettings block={block} change={change} />;
    case "hero":
      return url("editor.image", "imageUrl", block.imageUrl);
    case "button":
      return <ButtonSettings block={block} change={change} url={url("editor.url", "url", block.url)} />;
    case "facts":
      return (
        <ChoiceList
          allowMultiple
          choices={(["carrier", "number", "service", "method"] as const).map((value) => {
            return { value, label: texts(`editor.fact_${value}`) };
          })}
          onChange={(show) => change({ show })}
          selected={block.show}
          title={texts("editor.shows")}
        />
      );
    case "items":
      return (
        <>
          <Checkbox
            checked={block.pictures}
            label={texts("editor.pictures")}
            onChange={(pictures) => change({ pictures })}
          />
          <Checkbox checked={block.prices} label={texts("editor.prices")} onChange={(prices) => change({ prices })} />
        </>
      );
    case "promo":
      return (
        <>
          <TextField
            autoComplete="off"
            label={texts("editor.code")}
            maxLength={60}
            onChange={(code) => change({ code })}
            value={block.code}
          />
          {url("editor.url", "url", block.url)}
          {url("editor.image", "imageUrl", block.imageUrl)}
        </>
      );
    case "recommendations":
      return (
        <RangeSlider
          label={texts("editor.products", { count: block.count })}
          max={6}
          min={1}
          onChange={(count) => change({ count })}
          value={block.count}
        />
      );
    default:
      return null;
  }
}

function ButtonSettings({
  block,
  change,
  url,
}: OtherProps & { block: Extract<MailTemplateBlock, { type: "button" }>; url: ReactNode }) {
  const texts = useTexts();
  return (
    <>
      <Select
        label={texts("editor.leads_to")}
        onChange={(to) => change({ to })}
        options={(["tracking", "support", "feedback", "url"] as const).map((value) => {
          return { value, label: texts(`editor.to_${value}`) };
        })}
        value={block.to}
      />
      {block.to === "url" && url}
    </>
  );
}

function LogoSettings({ block, change }: OtherProps & { block: Extract<MailTemplateBlock, { type: "logo" }> }) {
  const texts = useTexts();
  return (
    <>
      <Select
        label={texts("editor.align")}
        onChange={(align) => change({ align })}
        options={(["left", "center"] as const).map((value) => ({ value, label: texts(`editor.align_${value}`) }))}
        value={block.align}
      />
      <RangeSlider
        label={texts("editor.width", { width: block.width })}
        max={400}
        min={40}
        onChange={(width) => change({ width })}
        step={10}
        value={block.width}
      />
    </>
  );
}
