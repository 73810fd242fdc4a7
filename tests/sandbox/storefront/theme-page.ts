import { readFileSync } from "node:fs";
import { createLiquidEngine } from "#tests/sandbox/storefront/liquid-engine.ts";
import { prepareLiquid } from "#tests/sandbox/storefront/liquid-source.ts";
import type { ThemeExtension } from "#tests/sandbox/storefront/theme-extension.ts";
import type { SandboxShop } from "#tests/sandbox/shopify/sandbox-core.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { CustomerRecord, ProductRecord } from "#tests/sandbox/shopify/store-records.ts";

export interface PageInput {
  shop: SandboxShop;
  extension: ThemeExtension;
  /** Path of the store, "/stores/<handle>". */
  rootUrl: string;
  imageBase: string;
  path: string;
  locale: string;
  customer: CustomerRecord | undefined;
  template: string;
  title: string;
}

export const themeFile = (name: string): string => readFileSync(new URL(`./theme/${name}`, import.meta.url), "utf8");

export function productObject(input: Pick<PageInput, "rootUrl" | "imageBase">, product: ProductRecord) {
  const variants = product.variants.map((variant) => ({
    id: legacyId(variant.id),
    gid: variant.id,
    title: variant.title,
    price: variant.priceCents,
    available: true,
  }));
  return {
    id: legacyId(product.id),
    handle: product.handle,
    title: product.title,
    description: product.description,
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    price: variants[0]?.price ?? 0,
    available: true,
    url: `${input.rootUrl}/products/${product.handle}`,
    featured_image: { src: `${input.imageBase}/images/${product.handle}.svg`, alt: product.title },
    variants,
  };
}

function appMetafields(shop: SandboxShop) {
  const byNamespace: Record<string, Record<string, { value: unknown }>> = {};
  for (const { namespace, key, type, value } of shop.store.records.installation.metafields) {
    const parsed = ["json", "boolean", "number_integer"].includes(type) ? (JSON.parse(value) as unknown) : value;
    (byNamespace[namespace] ??= {})[key] = { value: parsed };
  }
  return byNamespace;
}

/** The objects a theme page can use, in Shopify's names. */
export function pageObjects(input: PageInput): Record<string, unknown> {
  const { facts, records } = { facts: input.shop.store.facts, records: input.shop.store.records };
  const { customer } = input;
  return {
    shop: {
      name: facts.name,
      domain: facts.domain,
      permanent_domain: facts.domain,
      url: `https://${facts.domain}`,
      currency: facts.currency,
      email: facts.email,
    },
    request: {
      path: input.path,
      locale: { iso_code: input.locale, root_url: "/" },
      design_mode: false,
      page_type: input.template,
    },
    routes: { root_url: input.rootUrl, cart_url: `${input.rootUrl}/cart`, account_url: `${input.rootUrl}/account` },
    customer: customer
      ? {
          id: legacyId(customer.id),
          email: customer.email,
          first_name: customer.firstName,
          last_name: customer.lastName,
          name: `${customer.firstName} ${customer.lastName}`,
        }
      : null,
    template: { name: input.template },
    page_title: input.title,
    app: { metafields: appMetafields(input.shop) },
    products: records.products.map((product) => productObject(input, product)),
  };
}

const engineOptions = (input: PageInput) => ({
  assetBase: `${input.rootUrl}/extension-assets`,
  locale: input.locale,
  translations: {},
});

async function embeds(input: PageInput, globals: Record<string, unknown>, target: "head" | "body"): Promise<string> {
  const { assetBase, locale } = engineOptions(input);
  const blocks = input.extension.embeds(target);
  return (await Promise.all(blocks.map((block) => input.extension.render({ block, locale, assetBase, globals })))).join(
    "",
  );
}

/** Puts finished HTML into the theme. */
export async function renderInLayout(input: PageInput, content: string): Promise<string> {
  const engine = createLiquidEngine(engineOptions(input));
  const globals = pageObjects(input);
  const content_for_layout = content + (await embeds(input, globals, "body"));
  const content_for_header = await embeds(input, globals, "head");
  const variables = { ...globals, content_for_header, content_for_layout };
  return String(await engine.parseAndRender(themeFile("layout.liquid"), variables));
}

/** A page of the theme itself, with the app blocks its template may hold below it. */
export async function renderThemePage(
  input: PageInput,
  file: string | null,
  extra: Record<string, unknown> = {},
): Promise<string> {
  const globals = { ...pageObjects(input), ...extra };
  const { assetBase, locale } = engineOptions(input);
  const own = file
    ? String(await createLiquidEngine(engineOptions(input)).parseAndRender(themeFile(file), globals))
    : "";
  const blocks = input.extension.blocksFor(input.template);
  const rendered = await Promise.all(
    blocks.map((block) => input.extension.render({ block, locale, assetBase, globals })),
  );
  return renderInLayout(input, own + rendered.join(""));
}

/** An `application/liquid` answer of the app: rendered with the page's objects, inside the theme unless it says otherwise. */
export async function renderProxyLiquid(input: PageInput, source: string): Promise<string> {
  const { template, layout } = prepareLiquid(source);
  const html = String(await createLiquidEngine(engineOptions(input)).parseAndRender(template, pageObjects(input)));
  return layout ? renderInLayout(input, html) : html;
}
