import type { Locale } from "#app/lib/i18n.ts";
import { textsOf } from "./mail-slots.ts";
import type { SlotProblem } from "./slot-request.ts";
import type { MailDocument } from "./template-document.ts";

const TAG = /<\/?(?:a|b|br|div|em|h[1-6]|i|img|li|ol|p|script|span|strong|style|table|td|tr|u|ul)\b[^<>]{0,200}>/i;

/** Texts that hold HTML, as pasted templates do: it would be shown as it is written, and that is seldom what is meant. */
export function findMarkup(document: MailDocument, locale: Locale): SlotProblem[] {
  const slots: [string, string | undefined][] = [
    ["subject", document.subject[locale]],
    ["preheader", document.preheader[locale]],
    ...document.blocks.flatMap((block) =>
      Object.entries(textsOf(block)).map(([field, texts]): [string, string | undefined] => {
        return [`${block.id}.${field}`, texts[locale]];
      }),
    ),
  ];
  return slots.flatMap(([slot, text]): SlotProblem[] => {
    const found = text === undefined ? null : TAG.exec(text);
    if (!found) return [];
    const before = (text ?? "").slice(0, found.index).split("\n");
    const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return [{ slot, severity: "warning", code: "markup", ...place, word: found[0].slice(0, 60), message: "" }];
  });
}
