import type { MailTemplateBlock, MailTemplateBlockType } from "#app/modules/notifications/template-editor.ts";

/** What can be added to a mail, in the order in which it is offered. */
export const BLOCK_TYPES = [
  ...["text", "heading", "button", "hero", "progress", "window", "route", "facts", "items", "parcels"],
  ...["apology", "promo", "recommendations", "divider", "logo", "support", "footer"],
] as const satisfies readonly MailTemplateBlockType[];

/** A fresh block of this type, under a name that no other block of the mail has. */
export function newBlock(type: MailTemplateBlockType, taken: readonly { id: string }[]): MailTemplateBlock {
  const base = { id: freeId(type, taken), hidden: false };
  switch (type) {
    case "logo":
      return { ...base, type, align: "left", width: 160 };
    case "hero":
      return { ...base, type, imageUrl: "", alt: {}, heading: {} };
    case "heading":
    case "text":
    case "support":
    case "footer":
      return { ...base, type, text: {} };
    case "window":
      return { ...base, type, label: {} };
    case "facts":
      return { ...base, type, show: ["carrier", "number"] };
    case "items":
      return { ...base, type, pictures: true, prices: false };
    case "button":
      return { ...base, type, label: {}, to: "tracking", url: "" };
    case "apology":
      return { ...base, type, text: {}, next: {} };
    case "promo":
      return { ...base, type, heading: {}, text: {}, code: "", url: "", imageUrl: "" };
    case "recommendations":
      return { ...base, type, heading: {}, count: 3 };
    case "progress":
    case "route":
    case "parcels":
    case "divider":
      return { ...base, type };
  }
}

/** Not `text`, which would take over a text that the product brings along: `text-2`, `text-3` … */
function freeId(type: string, taken: readonly { id: string }[]): string {
  for (let number = 2; ; number += 1) {
    const id = `${type}-${number}`;
    if (!taken.some((block) => block.id === id)) return id;
  }
}
