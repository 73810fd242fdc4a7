import { createElement, type ReactElement } from "react";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { pickLocale } from "#app/lib/i18n.ts";
import { hashLinkToken } from "#app/modules/orders/link-token.server.ts";
import { readSettings, type ShopSettings } from "#app/modules/shops/settings.ts";
import { loadOrderView, loadParcelView, type ViewDeps, type ViewRequest } from "./load-tracking-view.server.ts";
import { lookUpOrder } from "./look-up-order.server.ts";
import { LookUpPage, type LookUpPageProps } from "./look-up-page.tsx";
import { type Brand, renderStorefrontPage } from "./storefront-page.tsx";
import { type StorefrontTexts, storefrontTexts } from "./storefront-texts.ts";
import { TrackingPage } from "./tracking-page.tsx";
import type { TrackingView } from "./tracking-view.ts";

export interface ProxyDeps extends ViewDeps {
  db: Database;
  clock: Clock;
}

/** A request that Shopify has forwarded from a storefront, its signature already checked. */
export interface ProxyVisit {
  shopId: string;
  /** Gid of the signed-in customer, or null. */
  customerId: string | null;
  /** The proxy's path on this storefront, "/apps/doorstep". */
  pathPrefix: string;
  /** Languages in order of preference: the page's, then the browser's. */
  languages: (string | null)[];
  /** The visitor's address as the proxy reports it. */
  address: string;
}

export interface ProxyAnswer {
  status: number;
  /** Liquid, to be rendered inside the shop's theme. */
  liquid: string;
}

interface Page {
  deps: ProxyDeps;
  visit: ProxyVisit;
  texts: StorefrontTexts;
  settings: ShopSettings;
  brand: Brand;
  orderPrefix: string;
  lookUpPath: string;
}

/** The empty look-up form. */
export async function answerForm(deps: ProxyDeps, visit: ProxyVisit): Promise<ProxyAnswer> {
  const page = await openPage(deps, visit);
  return formAnswer(page, { number: "", email: "", problem: null });
}

/** The answer to a filled-in form: the order, the parcel, or the form again with one and the same sentence. */
export async function answerLookUp(
  deps: ProxyDeps,
  visit: ProxyVisit,
  typed: { number: string; email: string },
): Promise<ProxyAnswer> {
  const page = await openPage(deps, visit);
  const outcome = await lookUpOrder(deps, { ...typed, ...visit, orderPrefix: page.orderPrefix });
  const { number, email } = typed;
  switch (outcome.kind) {
    case "order":
      return viewAnswer(page, (request) => loadOrder(page, outcome.orderId, request, "order"), { number, email });
    case "parcel":
      return viewAnswer(page, (request) => loadParcel(page, outcome.shipmentId, request), { number, email });
    case "missed":
      return formAnswer(page, { number, email, problem: "lookup.missed" });
    case "limited":
      return formAnswer(page, { number, email, problem: "lookup.limited" }, 429);
    case "empty":
      return formAnswer(page, { number, email, problem: "lookup.empty" });
  }
}

/** The order behind a link from a mail. A link that is unknown, revoked, expired or altered leads to the form. */
export async function answerLink(deps: ProxyDeps, visit: ProxyVisit, token: string): Promise<ProxyAnswer> {
  const page = await openPage(deps, visit);
  const found = await deps.db.forShop(visit.shopId, (tx) =>
    tx.order.findFirst({
      where: { shopId: visit.shopId, linkTokenHash: hashLinkToken(token.slice(0, 200)), redactedAt: null },
      select: { id: true, linkExpiresAt: true },
    }),
  );
  if (!found || found.linkExpiresAt < deps.clock.now()) {
    return formAnswer(page, { number: "", email: "", problem: "lookup.expired" }, 404);
  }
  return viewAnswer(page, (request) => loadOrder(page, found.id, request, "order"), { number: "", email: "" });
}

/** The shop, its brand and its texts in the visitor's language. */
export async function openPage(deps: ProxyDeps, visit: ProxyVisit): Promise<Page> {
  const shop = await deps.db.forShop(visit.shopId, (tx) => tx.shop.findUniqueOrThrow({ where: { id: visit.shopId } }));
  const settings = readSettings(shop.settings);
  const texts = storefrontTexts(pickLocale(...visit.languages, shop.locale));
  const { brand } = settings;
  return {
    ...{ deps, visit, texts, settings },
    orderPrefix: shop.orderPrefix,
    lookUpPath: `${visit.pathPrefix}/track`,
    brand: {
      name: brand.displayName || shop.name || "",
      colour: brand.primaryColour,
      supportUrl: brand.supportUrl || null,
      supportEmail: brand.supportEmail || null,
    },
  };
}

type BareRequest = Omit<ViewRequest, "tier">;

async function viewAnswer(
  page: Page,
  load: (request: BareRequest) => Promise<TrackingView | null>,
  typed: { number: string; email: string },
): Promise<ProxyAnswer> {
  const { visit, texts, settings, deps } = page;
  const now = deps.clock.now();
  const view = await load({
    shopId: visit.shopId,
    locale: texts.locale,
    showItems: settings.storefront.showItems,
  });
  if (!view) return formAnswer(page, { ...typed, problem: "lookup.missed" });
  const { brand, lookUpPath } = page;
  return toAnswer(page, createElement(TrackingPage, { view, texts, brand, lookUpPath, now }));
}

function loadOrder(page: Page, orderId: string, request: BareRequest, proven: "order"): Promise<TrackingView | null> {
  const { deps, visit } = page;
  return deps.db.forShop(visit.shopId, async (tx) => {
    const owner = await tx.order.findUnique({
      where: { shopId_id: { shopId: visit.shopId, id: orderId } },
      select: { customerId: true },
    });
    const isBuyer = visit.customerId !== null && owner?.customerId === visit.customerId;
    return loadOrderView(tx, deps, { ...request, orderId, tier: isBuyer ? "customer" : proven });
  });
}

function loadParcel(page: Page, shipmentId: string, request: BareRequest): Promise<TrackingView | null> {
  return page.deps.db.forShop(page.visit.shopId, (tx) =>
    loadParcelView(tx, page.deps, { ...request, shipmentId, tier: "number" }),
  );
}

function formAnswer(
  page: Page,
  typed: Pick<LookUpPageProps, "number" | "email" | "problem">,
  status = 200,
): ProxyAnswer {
  const { texts, lookUpPath, orderPrefix } = page;
  const props = { ...typed, texts, action: lookUpPath, orderExample: `${orderPrefix}1042` };
  return toAnswer(page, createElement(LookUpPage, props), { status });
}

/** Finished content as a page of the shop. */
export function toAnswer(
  { brand, texts }: Page,
  content: ReactElement,
  { title = texts("lookup.title"), status = 200 }: { title?: string; status?: number } = {},
): ProxyAnswer {
  return { status, liquid: renderStorefrontPage(content, { brand, title, locale: texts.locale }) };
}
