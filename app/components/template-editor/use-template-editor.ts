import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import type { Locale } from "#app/lib/i18n.ts";
import type {
  EditorData,
  MailTemplate,
  MailTemplateBlock,
  TemplateChannel,
  TemplateProblem,
  TextTemplate,
} from "#app/modules/notifications/template-editor.ts";
import { showToast } from "../app-bridge.ts";
import { useTexts } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";
import type { LocaleTexts } from "./slot-texts.ts";

export interface Drafts {
  email: MailTemplate;
  sms: TextTemplate;
  whatsapp: TextTemplate;
}

type Answer =
  | { kind: "saved" | "restored"; number: number }
  | { kind: "has_errors"; problems: (TemplateProblem & { locale: Locale })[] }
  | { kind: "test_sent"; to: string }
  | { kind: "text_not_sent"; problem: string }
  | { kind: "changed_meanwhile" | "no_address" | "too_many" | "invalid" | "not_found" };

export type TemplateEditorState = ReturnType<typeof useTemplateEditor>;

/** What has been changed and not saved, in all channels; one channel is saved at a time, as a version of its own. */
export function useTemplateEditor(data: EditorData) {
  const texts = useTexts();
  const fetcher = useFetcher<Answer>();
  const saved: Drafts = { email: data.mail, sms: data.sms, whatsapp: data.whatsapp };
  const [drafts, setDrafts] = useState(saved);
  const [channel, setChannel] = useState<TemplateChannel>("email");
  const [locale, setLocale] = useState<Locale>(data.shopLocale);
  const [fault, setFault] = useState<Answer | null>(null);
  const stored = JSON.stringify(saved[channel]);
  const dirty = JSON.stringify(drafts[channel]) !== stored;
  const form = (fields: Record<string, string>) =>
    fetcher.submit({ channel, locale, basedOn: String(data.numbers[channel]), ...fields }, { method: "post" });

  useAnswer(fetcher, (answer) => {
    if (answer.kind === "saved") showToast(texts("common.saved"));
    else if (answer.kind === "test_sent") showToast(texts("editor.test_sent", { to: answer.to }));
    else if (answer.kind === "restored") setDrafts((before) => ({ ...before, [channel]: saved[channel] }));
    setFault(
      ["has_errors", "changed_meanwhile", "no_address", "too_many", "invalid", "not_found", "text_not_sent"].includes(
        answer.kind,
      )
        ? answer
        : null,
    );
  });

  return {
    ...{ data, drafts, channel, locale, dirty, setChannel, setLocale, fault },
    busy: fetcher.state !== "idle",
    dismissFault: () => setFault(null),
    save: () => form({ intent: "save", document: JSON.stringify(drafts[channel]) }),
    discard: () => setDrafts((before) => ({ ...before, [channel]: saved[channel] })),
    restore: (number: number) => form({ intent: "restore", number: String(number) }),
    sendTest: (sample: string, testTo = "") =>
      form({ intent: "test", sample, testTo, document: JSON.stringify(drafts[channel]) }),
    changeMail: (change: Partial<MailTemplate>) =>
      setDrafts((before) => ({ ...before, email: { ...before.email, ...change } })),
    changeText: (change: Partial<TextTemplate>) =>
      setDrafts((before) =>
        channel === "email" ? before : { ...before, [channel]: { ...before[channel], ...change } },
      ),
    changeBlock: (id: string, change: object) =>
      setDrafts((before) => ({
        ...before,
        email: { ...before.email, blocks: before.email.blocks.map(changed(id, change)) },
      })),
  };
}

const changed = (id: string, change: object) => (block: MailTemplateBlock) =>
  block.id === id ? ({ ...block, ...change } as MailTemplateBlock) : block;

/** The texts with one language rewritten; an empty text is none, so that the next in line shows. */
export function withText(texts: LocaleTexts, locale: Locale, text: string): LocaleTexts {
  const { [locale]: _before, ...others } = texts;
  return text === "" ? others : { ...others, [locale]: text };
}
