import { BlockStack } from "@shopify/polaris";
import type { TemplateProblem } from "#app/modules/notifications/template-editor.ts";
import { useTexts } from "../texts.tsx";
import { BlockList } from "./block-list.tsx";
import { LiquidField } from "./liquid-field.tsx";
import { builtInAt } from "./slot-texts.ts";
import { type TemplateEditorState, withText } from "./use-template-editor.ts";
import { TitledCard } from "#app/components/titled-card.tsx";

/** Subject, preview line and blocks. */
export function MailSettings({
  editor,
  problems,
}: {
  editor: TemplateEditorState;
  problems: readonly TemplateProblem[];
}) {
  const texts = useTexts();
  const { data, drafts, locale, changeMail } = editor;
  return (
    <BlockStack gap="400">
      <TitledCard title={texts("editor.inbox")}>
        {(["subject", "preheader"] as const).map((name) => (
          <LiquidField
            help={texts(`editor.${name}_help`)}
            key={`${name} ${locale}`}
            label={texts(`editor.${name}`)}
            onChange={(text) => changeMail({ [name]: withText(drafts.email[name], locale, text) })}
            placeholder={builtInAt(data.builtIn[locale], name)}
            problems={problems.filter(({ slot }) => slot === name)}
            value={drafts.email[name][locale] ?? ""}
            variables={data.variables}
          />
        ))}
      </TitledCard>
      <BlockList editor={editor} problems={problems} />
    </BlockStack>
  );
}
