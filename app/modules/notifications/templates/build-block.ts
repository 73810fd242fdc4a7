import type { MailBlock } from "#app/emails/mail-model.ts";
import type { MailKey } from "#app/emails/mail-texts.ts";
import type { Translator } from "#app/lib/i18n.ts";
import { formatDay } from "#app/modules/shipments/expected-text.ts";
import { cleanLine, cleanText } from "./clean-text.ts";
import type { ItemFacts, MessageFacts, ParcelFacts } from "./message-facts.ts";
import type { Block, BlockType } from "./template-document.ts";

export interface BlockContext {
  facts: MessageFacts;
  texts: Readonly<Record<string, string>>;
  words: Translator<MailKey>;
  hrefs: ReadonlyMap<string, string>;
  /** May be sent advertising. */
  marketing: boolean;
  /** Is advertising, at least in part: it must say how it stops. */
  advertises: boolean;
  today: string;
  maxItems: number;
}

type Of<Type extends BlockType> = Extract<Block, { type: Type }>;
type Built = MailBlock | null;

const STEPS = ["progress.shipped", "progress.moving", "progress.out", "progress.delivered"] as const;
const SHARE_OF_WAY = [0, 0.15, 0.5, 0.88, 1];
const MAX_LINE = 300;
const MAX_PARCELS = 12;
/** For these a bar towards delivery would say what is not so. */
const NOT_UNDER_WAY = new Set(["return_to_sender", "cancelled", "expired"]);

/** One block with everything it shows; null where there is nothing to show. */
export function buildBlock(block: Block, context: BlockContext): Built {
  switch (block.type) {
    case "logo":
      return logo(block, context);
    case "hero":
      return hero(block, context);
    case "heading":
      return textBlock("heading", line(context, block.id, "text"));
    case "text":
      return textBlock("text", paragraphs(context, block.id, "text"));
    case "progress":
      return progress(context);
    case "window":
      return windowOf(block, context);
    case "facts":
      return factRows(block, context);
    case "items":
      return items(block, context);
    case "route":
      return route(context);
    case "button":
      return button(block, context);
    case "apology":
      return apology(block, context);
    case "promo":
      return promo(block, context);
    case "recommendations":
      return recommendations(block, context);
    case "parcels":
      return parcelRows(context);
    case "divider":
      return { type: "divider" };
    case "support":
      return support(block, context);
    case "footer":
      return footer(block, context);
  }
}

const line = ({ texts }: BlockContext, id: string, field: string) => cleanLine(texts[`${id}.${field}`] ?? "", MAX_LINE);
const paragraphs = ({ texts }: BlockContext, id: string, field: string) => cleanText(texts[`${id}.${field}`] ?? "");
const textBlock = (type: "heading" | "text", text: string): Built => (text ? { type, text } : null);

function logo({ align, width }: Of<"logo">, { facts }: BlockContext): Built {
  const image = facts.brand.logo_url ? { url: facts.brand.logo_url, alt: facts.shop.name } : null;
  return { type: "logo", image, name: facts.shop.name, align, width };
}

function hero({ id, imageUrl }: Of<"hero">, context: BlockContext): Built {
  const heading = line(context, id, "heading");
  if (!imageUrl && !heading) return null;
  return { type: "hero", image: imageUrl ? { url: imageUrl, alt: line(context, id, "alt") } : null, heading };
}

function progress({ facts: { parcel }, words }: BlockContext): Built {
  if (NOT_UNDER_WAY.has(parcel.status)) return null;
  const names = STEPS.map((key) => words(key));
  const name = names[parcel.step - 1] ?? parcel.status_text;
  return {
    type: "progress",
    step: parcel.step,
    names,
    label: words("progress.alt", { step: parcel.step, count: 4, name }),
  };
}

function windowOf({ id }: Of<"window">, context: BlockContext): Built {
  const { facts, words, today } = context;
  const { parcel, locale } = facts;
  if (parcel.delivered_on) {
    return {
      type: "window",
      label: words("progress.delivered"),
      value: formatDay(parcel.delivered_on, locale),
      before: null,
    };
  }
  // What waits at a counter comes no nearer.
  if (NOT_UNDER_WAY.has(parcel.status) || parcel.status === "available_for_pickup") return null;
  const label = line(context, id, "label") || words("label.expected");
  if (!parcel.expected) return { type: "window", label, value: words("window.unknown"), before: null };
  const { promised_on: promised, expected_on: expected } = parcel;
  const moved = promised !== null && expected !== null && promised < expected && promised >= today;
  const before = moved ? { label: words("window.before"), value: formatDay(promised, locale) } : null;
  return { type: "window", label, value: parcel.expected, before };
}

function factRows({ show }: Of<"facts">, { facts, words }: BlockContext): Built {
  const { parcel, order } = facts;
  const values = {
    carrier: parcel.carrier,
    number: parcel.tracking_number,
    service: parcel.service,
    method: order.shipping_method,
  };
  const rows = show.flatMap((name) => {
    const value = values[name];
    return value ? [{ name: words(`label.${name}`), value }] : [];
  });
  return rows.length > 0 && parcel.tracking_number ? { type: "facts", rows } : null;
}

function items({ pictures, prices }: Of<"items">, { facts, words, maxItems }: BlockContext): Built {
  const own = facts.parcel.items.length > 0;
  const all = own ? facts.parcel.items : facts.line_items;
  if (all.length === 0) return null;
  const shown = all.slice(0, maxItems);
  const left = all.length - shown.length;
  return {
    type: "items",
    heading: words(own && facts.parcel.count > 1 ? "label.items" : "label.order_items"),
    items: shown.map((item) => itemRow(item, words, prices)),
    pictures: pictures && all.some(({ image_url }) => image_url),
    more: left > 0 ? words("items.more", { count: left }) : "",
  };
}

function itemRow(item: ItemFacts, words: Translator<MailKey>, prices: boolean) {
  const quantity = item.quantity > 1 ? words("label.quantity", { count: item.quantity }) : "";
  return {
    title: item.title,
    detail: [item.variant_title, quantity].filter(Boolean).join(" · "),
    price: prices ? (item.price ?? "") : "",
    imageUrl: item.image_url ?? "",
  };
}

function route({ facts: { parcel }, words }: BlockContext): Built {
  const { origin_place: from, destination_place: to, last_place: place } = parcel;
  if (!from || !to || NOT_UNDER_WAY.has(parcel.status)) return null;
  return {
    type: "route",
    ...{ from, to, share: SHARE_OF_WAY[parcel.step] ?? 0 },
    seen: place && parcel.step < 4 ? words("route.seen", { place }) : "",
    label: words("route.alt", { from, to }),
  };
}

function button({ id, to }: Of<"button">, context: BlockContext): Built {
  const { facts, hrefs, words } = context;
  const urls = {
    tracking: facts.links.tracking,
    support: facts.links.support,
    feedback: facts.links.feedback,
    url: hrefs.get(id),
  };
  const url = urls[to];
  if (!url) return null;
  // A return has no parcel to track when it is asked for, or paid out.
  const usual = words(facts.return && to === "tracking" ? "button.return" : `button.${to}`);
  return { type: "button", label: line(context, id, "label") || usual, url };
}

/** The product's own delay mails apologise in their text: here stands what comes next, and what the merchant adds. */
function apology({ id }: Of<"apology">, context: BlockContext): Built {
  const [text, next] = [paragraphs(context, id, "text"), paragraphs(context, id, "next")];
  return text || next ? { type: "apology", text, next } : null;
}

function promo({ id, code, imageUrl }: Of<"promo">, context: BlockContext): Built {
  const [heading, text] = [line(context, id, "heading"), paragraphs(context, id, "text")];
  if (!context.marketing || !(heading || text || imageUrl)) return null;
  const { words, hrefs } = context;
  return {
    type: "promo",
    ...{ heading, text, code: cleanLine(code, MAX_LINE), imageUrl, url: hrefs.get(id) ?? "" },
    codeLabel: words("promo.code"),
    action: words("promo.action"),
  };
}

function recommendations({ id, count }: Of<"recommendations">, context: BlockContext): Built {
  const { facts, hrefs, words, marketing } = context;
  const products = facts.recommendations.slice(0, count);
  if (!marketing || products.length === 0) return null;
  return {
    type: "recommendations",
    heading: line(context, id, "heading") || words("recommendations.heading"),
    products: products.map(({ title, price, url, image_url }) => ({
      ...{ title: cleanLine(title, MAX_LINE), price: cleanLine(price, MAX_LINE), imageUrl: image_url },
      url: hrefs.get(`product:${url}`) ?? url,
    })),
  };
}

function parcelRows({ facts, words }: BlockContext): Built {
  if (facts.parcels.length < 2) return null;
  return {
    type: "parcels",
    heading: words("parcels.heading"),
    parcels: facts.parcels.slice(0, MAX_PARCELS).map((parcel) => ({
      title: words("preview.split", { index: parcel.index, count: parcel.count }),
      status: parcel.status_text,
      when: whenOf(parcel, facts.locale),
      url: parcel.tracking_url,
      here: parcel.index === facts.parcel.index,
    })),
    action: words("parcels.action"),
  };
}

const whenOf = (parcel: ParcelFacts, locale: string): string =>
  parcel.delivered_on ? formatDay(parcel.delivered_on, locale) : parcel.expected;

function support({ id }: Of<"support">, context: BlockContext): Built {
  const { facts, words } = context;
  const contact = facts.shop.support_email;
  const usual = contact ? words("support", { contact }) : words("support.reply");
  const url = facts.links.support;
  return { type: "support", text: paragraphs(context, id, "text") || usual, url, action: words("button.support") };
}

function footer({ id }: Of<"footer">, context: BlockContext): Built {
  const { facts, words, advertises } = context;
  const links = [
    { label: words("footer.unsubscribe"), url: advertises ? facts.links.unsubscribe : "" },
    { label: words("footer.preferences"), url: facts.links.preferences },
  ];
  return {
    type: "footer",
    text: paragraphs(context, id, "text"),
    why: words("footer.why", { shop: facts.shop.name, order: facts.order.name }),
    address: facts.shop.address,
    links: links.filter(({ url }) => url),
  };
}
