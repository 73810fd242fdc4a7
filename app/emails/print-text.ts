import type { MailBlock, MailModel } from "./mail-model.ts";

/** The same mail as plain text: block by block, links written out. */
export function printText({ blocks }: MailModel): string {
  const parts = blocks.map(blockText).filter((part) => part.trim() !== "");
  return `${parts
    .join("\n\n")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

function blockText(block: MailBlock): string {
  switch (block.type) {
    case "logo":
      return block.name;
    case "hero":
    case "heading":
      return headingText("heading" in block ? block.heading : block.text);
    case "text":
      return block.text.trim();
    case "progress":
      return block.label;
    case "window":
      return lines(`${block.label}: ${block.value}`, block.before && `${block.before.label} ${block.before.value}`);
    case "facts":
      return lines(...block.rows.map(({ name, value }) => `${name}: ${value}`));
    case "items":
      return lines(block.heading, ...block.items.map(itemText), block.more);
    case "route":
      return lines(block.label, block.seen);
    case "button":
      return `${block.label}:\n${block.url}`;
    case "apology":
      return [block.text, block.next].filter(Boolean).join("\n\n");
    case "promo":
      return promoText(block);
    case "recommendations":
      return lines(
        block.heading,
        ...block.products.map(({ title, price, url }) => `- ${join(title, price)}\n  ${url}`),
      );
    case "parcels":
      return lines(
        block.heading,
        ...block.parcels.map(({ title, status, when, url }) => `- ${join(title, status, when)}\n  ${url}`),
      );
    case "divider":
      return "----------";
    case "support":
      return block.url ? `${block.text} ${block.action}: ${block.url}` : block.text;
    case "footer":
      return lines(
        block.text && `${block.text}\n`,
        block.why,
        block.address,
        ...block.links.map(({ label, url }) => `${label}: ${url}`),
      );
  }
}

function headingText(text: string): string {
  return text && `${text}\n${"=".repeat(Math.min(60, [...text].length))}`;
}

function promoText({ heading, text, code, codeLabel, url, action }: Extract<MailBlock, { type: "promo" }>): string {
  return lines(heading, text, code && `${codeLabel}: ${code}`, url && `${action}: ${url}`);
}

const itemText = ({ title, detail, price }: { title: string; detail: string; price: string }): string =>
  `- ${join(title, detail, price)}`;

const join = (...parts: string[]): string => parts.filter(Boolean).join(", ");

const lines = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join("\n");
