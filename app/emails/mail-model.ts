import type { Locale } from "#app/lib/i18n.ts";

/** A picture of a mail; nothing but an https address gets here. */
export interface MailImage {
  url: string;
  alt: string;
}

export interface MailItem {
  title: string;
  /** Variant and quantity, in words; empty when there is nothing to say. */
  detail: string;
  price: string;
  imageUrl: string;
}

export interface MailParcel {
  title: string;
  status: string;
  /** When it comes or came; empty when nobody knows. */
  when: string;
  url: string;
  here: boolean;
}

/** One block as it is printed: every text is rendered, translated and plain; whoever prints it escapes it. */
export type MailBlock =
  | { type: "logo"; image: MailImage | null; name: string; align: "left" | "center"; width: number }
  | { type: "hero"; image: MailImage | null; heading: string }
  | { type: "heading"; text: string }
  | { type: "text"; text: string }
  /** `step` of `names.length`; `label` says the same to those who cannot see it. */
  | { type: "progress"; step: number; names: readonly string[]; label: string }
  | { type: "window"; label: string; value: string; before: { label: string; value: string } | null }
  | { type: "facts"; rows: readonly { name: string; value: string }[] }
  | { type: "items"; heading: string; items: readonly MailItem[]; pictures: boolean; more: string }
  /** `share` of the way that is done, 0 to 1. */
  | { type: "route"; from: string; to: string; seen: string; share: number; label: string }
  | { type: "button"; label: string; url: string }
  | { type: "apology"; text: string; next: string }
  | {
      type: "promo";
      heading: string;
      text: string;
      code: string;
      codeLabel: string;
      url: string;
      imageUrl: string;
      action: string;
    }
  | {
      type: "recommendations";
      heading: string;
      products: readonly { title: string; price: string; url: string; imageUrl: string }[];
    }
  | { type: "parcels"; heading: string; parcels: readonly MailParcel[]; action: string }
  | { type: "divider" }
  | { type: "support"; text: string; url: string; action: string }
  | { type: "footer"; text: string; why: string; address: string; links: readonly { label: string; url: string }[] };

/** A mail, ready to be printed as HTML and as text. */
export interface MailModel {
  locale: Locale;
  subject: string;
  preheader: string;
  colours: MailColours;
  blocks: readonly MailBlock[];
}

/** `#rrggbb` throughout. */
export interface MailColours {
  brand: string;
  onBrand: string;
  /** The brand's colour where it must be seen on white, and on the dark card. */
  accent: string;
  accentDark: string;
}
