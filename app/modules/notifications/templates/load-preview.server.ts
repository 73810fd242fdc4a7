import { z } from "zod";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type Locale, pickLocale } from "#app/lib/i18n.ts";
import { SHIPMENT_STATUSES } from "#app/modules/carriers/status.ts";
import { readSettings, type ShopSettings } from "#app/modules/shops/settings.ts";
import { trackingPageUrl } from "#app/modules/shops/storefront-address.ts";
import { demoFacts } from "./demo-facts.ts";
import { demoReturn } from "./demo-return.ts";
import { type FactDeps, loadFacts } from "./load-facts.server.ts";
import type { LoadedPreview } from "./preview-source.ts";

/** A preview's facts, and the shop that they belong to. */
export interface PreviewGround extends LoadedPreview {
  shop: { name: string; email: string | null; locale: Locale; domain: string };
  settings: ShopSettings;
  /** The parcel's destination. */
  country: string;
  /** The order that it was made with; null for a made-up parcel. */
  order: { orderId: string; shipmentId: string | null } | null;
}

export interface PreviewWish {
  shopId: string;
  kind: string;
  locale: Locale;
  /** As `listSamples` names them. */
  sample: string;
}

const demoSample = z.tuple([z.literal("demo"), z.enum(SHIPMENT_STATUSES), z.enum(["plain", "late", "split"])]);

/** The facts to look at a template with; null for an order that is not there. */
export async function loadPreview(tx: ShopTx, deps: FactDeps, wish: PreviewWish): Promise<PreviewGround | null> {
  const demo = demoSample.safeParse(wish.sample.split(":"));
  return demo.success ? demoPreview(tx, deps, wish, demo.data) : orderPreview(tx, deps, wish);
}

async function orderPreview(
  tx: ShopTx,
  deps: FactDeps,
  { shopId, kind, locale, sample }: PreviewWish,
): Promise<PreviewGround | null> {
  const orderId = sample.replace(/^order:/, "");
  const parcel = await tx.shipment.findFirst({
    where: { shopId, orderId, lifecycle: "active" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  const shipmentId = parcel?.id ?? null;
  const loaded = await loadFacts(tx, deps, { shopId, orderId, shipmentId, kind, locale });
  if (!loaded) return null;
  const { today, currency, shop, settings, country } = loaded;
  const { order, links } = loaded.facts;
  // The order is real, but there may be no return of it: its return is made up.
  const made = demoReturn({ kind, locale, orderName: order.name, currency, url: links.tracking });
  const facts = { ...loaded.facts, return: loaded.facts.return ?? made };
  return {
    ...{ facts, today, settings, shop, country, order: { orderId, shipmentId } },
    world: { currency, now: deps.clock.now().toISOString(), zone: shop.zone },
  };
}

async function demoPreview(
  tx: ShopTx,
  deps: FactDeps,
  { shopId, kind, locale }: PreviewWish,
  [, status, variant]: z.infer<typeof demoSample>,
): Promise<PreviewGround> {
  const row = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const settings = readSettings(row.settings);
  const { brand } = settings;
  const name = brand.displayName || row.name || row.domain;
  const now = deps.clock.now().toISOString();
  const currency = row.currency ?? "USD";
  const today = now.slice(0, 10);
  const address = { domain: row.domain, proxyPath: settings.storefront.proxyPath, template: deps.storefrontTemplate };
  const facts = demoFacts({
    ...{
      kind,
      locale,
      status,
      today,
      currency,
      split: variant === "split",
      subStatus: variant === "late" ? "weather" : null,
    },
    shop: {
      ...{ name, url: `https://${row.domain}`, email: row.email ?? "" },
      ...{ supportEmail: brand.supportEmail, supportUrl: brand.supportUrl },
      address: brand.postalAddress || (row.postalAddress ?? ""),
    },
    brand: { logoUrl: brand.logoUrl, colour: brand.primaryColour },
    trackingUrl: trackingPageUrl(address),
  });
  return {
    ...{ facts, today, settings, country: "US", order: null },
    shop: { name, email: row.email, locale: pickLocale(row.locale), domain: row.domain },
    world: { currency, now, zone: row.timezone ?? "UTC" },
  };
}
