import { Badge, InlineStack, Select } from "@shopify/polaris";
import { type Locale, LOCALES } from "#app/lib/i18n.ts";
import { useTexts } from "../texts.tsx";
import { type TranslationState, translationState } from "./slot-texts.ts";
import type { TemplateEditorState } from "./use-template-editor.ts";

/** The language that is written and shown, with how far each has got. */
export function LanguagePicker({ editor }: { editor: TemplateEditorState }) {
  const texts = useTexts();
  const { data, drafts, locale, setLocale, channel } = editor;
  const names = new Intl.DisplayNames([texts.locale], { type: "language" });
  const stateOf = (language: Locale): TranslationState =>
    channel === "email"
      ? translationState(data, drafts.email, language)
      : { own: drafts[channel].text[language] ? 1 : 0, missing: 0 };
  const current = stateOf(locale);
  return (
    <InlineStack blockAlign="end" gap="200">
      <Select
        label={texts("editor.language")}
        onChange={(language) => setLocale(language as Locale)}
        options={LOCALES.map((language) => {
          const { own, missing } = stateOf(language);
          const state = missing > 0 ? texts("editor.missing", { count: missing }) : texts("editor.own", { count: own });
          return { value: language, label: `${names.of(language) ?? language} (${state})` };
        })}
        value={locale}
      />
      {current.missing > 0 ? (
        <Badge tone="attention">{texts("editor.falls_back", { count: current.missing })}</Badge>
      ) : (
        <Badge tone="success">{texts("editor.complete")}</Badge>
      )}
    </InlineStack>
  );
}
