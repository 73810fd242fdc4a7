import { connection } from "#tests/sandbox/shopify/connections.ts";
import { instant, type AdminContext, type Arguments, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { decimal } from "#tests/sandbox/shopify/order-amounts.ts";
import type { ProductRecord, VariantRecord } from "#tests/sandbox/shopify/store-records.ts";

export function variantView(_context: AdminContext, product: ProductRecord, variant: VariantRecord): View {
  return {
    __typename: "ProductVariant",
    id: variant.id,
    title: variant.title,
    displayName: `${product.title} - ${variant.title}`,
    sku: variant.sku,
    price: decimal(variant.priceCents),
    compareAtPrice: variant.compareAtCents === null ? null : decimal(variant.compareAtCents),
    availableForSale: true,
  };
}

function prices(context: AdminContext, product: ProductRecord): View {
  const cents = product.variants.map((variant) => variant.priceCents);
  const money = (value: number) => ({ amount: decimal(value), currencyCode: context.store.facts.currency });
  return { minVariantPrice: money(Math.min(...cents)), maxVariantPrice: money(Math.max(...cents)) };
}

export function productView(context: AdminContext, product: ProductRecord): View {
  const image = { altText: product.title, url: `${context.baseUrl}/images/${product.handle}.svg` };
  return {
    __typename: "Product",
    id: product.id,
    handle: product.handle,
    title: product.title,
    status: "ACTIVE",
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    createdAt: instant(product.createdAt),
    onlineStoreUrl: `${context.baseUrl}/stores/${context.store.facts.domain.split(".")[0]}/products/${product.handle}`,
    totalInventory: 40,
    tracksInventory: true,
    isGiftCard: false,
    featuredMedia: { __typename: "MediaImage", preview: { image } },
    priceRangeV2: prices(context, product),
    variants: (args: Arguments) => {
      const items = product.variants.map((variant, index) => ({
        id: variant.id,
        sortValue: String(index).padStart(6, "0"),
        view: () => variantView(context, product, variant),
      }));
      return connection(items, args, context.bulk);
    },
    collections: (args: Arguments) => connection([], args, context.bulk),
  };
}
