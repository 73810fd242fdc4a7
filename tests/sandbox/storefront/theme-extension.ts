import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLiquidEngine, type Translations } from "#tests/sandbox/storefront/liquid-engine.ts";
import { prepareLiquid } from "#tests/sandbox/storefront/liquid-source.ts";

interface BlockSetting {
  type: string;
  id?: string;
  default?: unknown;
  min?: number;
}

export interface BlockSchema {
  name: string;
  target: "section" | "head" | "body" | "compliance_head";
  stylesheet?: string;
  javascript?: string;
  available_if?: string;
  enabled_on?: { templates?: string[] };
  disabled_on?: { templates?: string[] };
  settings?: BlockSetting[];
}

export interface ThemeBlock {
  handle: string;
  schema: BlockSchema;
  template: string;
}

export interface RenderBlockInput {
  block: ThemeBlock;
  locale: string;
  assetBase: string;
  /** Objects of the page: shop, customer, product, request … */
  globals: Record<string, unknown>;
  /** Settings the merchant changed in the theme editor. */
  settings?: Record<string, unknown>;
}

const stem = (file: string): string => file.replace(/\.liquid$/, "");

/** The theme app extension in a folder, read anew on every page so that edits show at once. */
export class ThemeExtension {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  blocks(): ThemeBlock[] {
    return this.#files("blocks", ".liquid").map((file) => {
      const { template, schema } = prepareLiquid(this.#read("blocks", file));
      if (schema === null) throw new Error(`block ${file} has no schema`);
      return { handle: stem(file), template, schema: JSON.parse(schema) as BlockSchema };
    });
  }

  /** Section blocks that a template may hold: named in `enabled_on`, or, where nothing is said, on pages only. */
  blocksFor(template: string): ThemeBlock[] {
    return this.blocks().filter(({ schema }) => {
      if (schema.target !== "section" || schema.disabled_on?.templates?.some((one) => one === template || one === "*"))
        return false;
      const enabled = schema.enabled_on?.templates;
      return enabled
        ? enabled.includes(template) || (enabled.includes("*") && template === "page")
        : template === "page";
    });
  }

  embeds(target: "head" | "body"): ThemeBlock[] {
    return this.blocks().filter(({ schema }) => schema.target === target);
  }

  asset(name: string): Buffer | null {
    const known = this.#files("assets", "").includes(name);
    return known ? readFileSync(join(this.#folder, "assets", name)) : null;
  }

  async render(input: RenderBlockInput): Promise<string> {
    const { block, globals, assetBase, locale } = input;
    const snippets = Object.fromEntries(
      this.#files("snippets", ".liquid").map((file) => [stem(file), this.#read("snippets", file)]),
    );
    const engine = createLiquidEngine({ snippets, assetBase, locale, translations: this.#translations(locale) });
    const { available_if: condition } = block.schema;
    if (condition && (await engine.parseAndRender(condition, {}, { globals })).trim() !== "true") return "";
    const id = `sandbox-${block.handle}`;
    const settings = { ...defaultSettings(block.schema), ...input.settings };
    const scope = {
      block: { id, type: block.handle, settings, shopify_attributes: `data-block-id="${id}"` },
      section: { id: "main" },
    };
    const html = String(await engine.parseAndRender(block.template, {}, { globals: { ...globals, ...scope } }));
    return (
      assetTags(block.schema, assetBase) +
      `<div id="shopify-block-${id}" class="shopify-block shopify-app-block">${html}</div>`
    );
  }

  #translations(locale: string): Translations {
    const names = [`${locale}.json`, `${locale}.default.json`, `${locale.split("-")[0]}.json`, "en.default.json"];
    const files = this.#files("locales", ".json");
    const read = (file: string) => JSON.parse(this.#read("locales", file)) as Translations;
    const found = names.find((name) => files.includes(name));
    return found ? read(found) : {};
  }

  #files(folder: string, ending: string): string[] {
    const path = join(this.#folder, folder);
    return existsSync(path)
      ? readdirSync(path)
          .filter((name) => name.endsWith(ending))
          .sort()
      : [];
  }

  #read(folder: string, file: string): string {
    return readFileSync(join(this.#folder, folder, file), "utf8");
  }
}

function assetTags(schema: BlockSchema, assetBase: string): string {
  const css = schema.stylesheet ? `<link rel="stylesheet" href="${assetBase}/${schema.stylesheet}" media="all">` : "";
  const script = schema.javascript ? `<script src="${assetBase}/${schema.javascript}" defer></script>` : "";
  return css + script;
}

/** What a freshly placed block starts with. */
function defaultSettings(schema: BlockSchema): Record<string, unknown> {
  const entries = (schema.settings ?? []).flatMap((setting) => {
    if (!setting.id) return [];
    const fallback = setting.type === "checkbox" ? false : setting.type === "range" ? setting.min : null;
    return [[setting.id, setting.default ?? fallback]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
