import { Liquid } from "liquidjs";
import { prepareLiquid } from "#tests/sandbox/storefront/liquid-source.ts";

export interface EngineOptions {
  /** Snippets by name, unprepared. */
  snippets?: Record<string, string>;
  /** Where assets of the extension are served from. */
  assetBase: string;
  locale: string;
  translations: Translations;
}

export type Translations = { [key: string]: Translations | string };

type Named = Record<string, unknown>;

/** liquidjs hands named arguments over as [name, value] pairs after the positional ones. */
function namedArguments(args: unknown[]): Named {
  return Object.fromEntries(
    args.filter((entry): entry is [string, unknown] => Array.isArray(entry) && entry.length === 2),
  );
}

const escapeHtml = (value: unknown): string =>
  String(value ?? "").replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function lookUp(translations: Translations, key: string): Translations | string | undefined {
  return key
    .split(".")
    .reduce<Translations | string | undefined>(
      (at, part) => (typeof at === "object" ? at[part] : undefined),
      translations,
    );
}

/** `t`: plural by `count`, values escaped unless the key ends in `_html`, a visible note when the key is missing. */
function translate(options: EngineOptions, key: string, values: Named): string {
  let found = lookUp(options.translations, key);
  if (typeof found === "object" && typeof values["count"] === "number") {
    const form = new Intl.PluralRules(options.locale).select(values["count"]);
    found = found[form] ?? found["other"];
  }
  if (typeof found !== "string") return `Translation missing: ${options.locale}.${key}`;
  const plain = key.endsWith("_html");
  return found.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) =>
    plain ? String(values[name] ?? "") : escapeHtml(values[name]),
  );
}

const money = (cents: unknown, suffix = ""): string => `$${(Number(cents ?? 0) / 100).toFixed(2)}${suffix}`;

function imageSource(value: unknown): string {
  if (typeof value === "string") return value;
  const image = value as { src?: unknown; featured_image?: { src?: unknown } } | null;
  return String(image?.src ?? image?.featured_image?.src ?? "");
}

const handleize = (value: unknown): string =>
  String(value ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

function registerFilters(engine: Liquid, options: EngineOptions): void {
  const assetUrl = (name: unknown): string => `${options.assetBase}/${encodeURIComponent(String(name))}`;
  const filters: Record<string, (value: unknown, ...args: unknown[]) => unknown> = {
    t: (key, ...args) => translate(options, String(key), namedArguments(args)),
    translate: (key, ...args) => translate(options, String(key), namedArguments(args)),
    asset_url: (name) => assetUrl(name),
    asset_img_url: (name) => assetUrl(name),
    stylesheet_tag: (href) => `<link rel="stylesheet" href="${escapeHtml(href)}" media="all">`,
    script_tag: (src) => `<script src="${escapeHtml(src)}"></script>`,
    preload_tag: () => "",
    inline_asset_content: () => "",
    image_url: (image) => imageSource(image),
    img_url: (image) => imageSource(image),
    image_tag: (src, ...args) =>
      `<img src="${escapeHtml(src)}" alt="${escapeHtml(namedArguments(args)["alt"])}" loading="lazy">`,
    placeholder_svg_tag: () =>
      `<svg viewBox="0 0 100 100" role="presentation"><rect width="100" height="100" fill="#eee"/></svg>`,
    money: (cents) => money(cents),
    money_with_currency: (cents) => money(cents, " USD"),
    money_without_currency: (cents) => money(cents).slice(1),
    handle: handleize,
    handleize,
    link_to: (label, href) => `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`,
    time_tag: (value) => `<time datetime="${escapeHtml(value)}">${escapeHtml(value)}</time>`,
    color_to_rgb: (value) => String(value),
  };
  for (const [name, filter] of Object.entries(filters)) engine.registerFilter(name, filter);
}

/** liquidjs with Shopify's filters; strict about unknown filters and tags, as the real renderer is. */
export function createLiquidEngine(options: EngineOptions): Liquid {
  const snippets = Object.entries(options.snippets ?? {}).map(([name, source]) => [
    name,
    prepareLiquid(source).template,
  ]);
  const engine = new Liquid({
    templates: Object.fromEntries(snippets) as Record<string, string>,
    strictFilters: true,
    ownPropertyOnly: true,
    renderLimit: 2000,
    memoryLimit: 50_000_000,
    parseLimit: 5_000_000,
  });
  registerFilters(engine, options);
  return engine;
}
