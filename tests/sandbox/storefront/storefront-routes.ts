import express, { Router, type Request, type Response } from "express";
import { forwardToApp } from "#tests/sandbox/storefront/proxy-route.ts";
import { ThemeExtension } from "#tests/sandbox/storefront/theme-extension.ts";
import { productObject, renderThemePage, themeFile, type PageInput } from "#tests/sandbox/storefront/theme-page.ts";
import { DEMO_SHOP, type SandboxCore, type SandboxShop } from "#tests/sandbox/shopify/sandbox-core.ts";

export interface StorefrontOptions {
  core: SandboxCore;
  /** Address behind the app proxy, e.g. "http://127.0.0.1:3100/proxy". */
  proxyTarget: () => string;
  /** Folder of the theme app extension. */
  extensionFolder: string;
  /** `[app_proxy] prefix` and `subpath`. */
  proxyPath?: string;
}

const BODY_LIMIT = "1mb";
const LOCALES = ["en", "de", "fr", "es", "it", "pt-BR", "pt-PT", "nl", "ja"];

function cookie(request: Request, name: string): string | undefined {
  const pairs = (request.header("cookie") ?? "").split(/;\s*/).map((pair) => pair.split("="));
  const value = pairs.find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : decodeURIComponent(value);
}

const customerCookie = (shop: SandboxShop): string => `customer_${shop.store.facts.domain.split(".")[0]}`;

/** A page in the language of `?locale=`, else of the browser, else English. */
function localeOf(request: Request): string {
  const asked = request.query["locale"];
  if (typeof asked === "string" && LOCALES.includes(asked)) return asked;
  const accepted = request.acceptsLanguages(LOCALES);
  return accepted === false ? "en" : accepted;
}

/** The storefront of every shop of the sandbox, its app proxy included. */
class Storefront {
  readonly #options: StorefrontOptions;
  readonly #extension: ThemeExtension;
  readonly #proxyPath: string;

  constructor(options: StorefrontOptions) {
    this.#options = options;
    this.#extension = new ThemeExtension(options.extensionFolder);
    this.#proxyPath = options.proxyPath ?? "/apps/doorstep";
  }

  routes(): Router {
    const router = Router();
    const raw = express.raw({ type: () => true, limit: BODY_LIMIT });
    router.all(
      [`/stores/:handle${this.#proxyPath}`, `/stores/:handle${this.#proxyPath}/*`],
      raw,
      this.#page(this.#proxy),
    );
    router.all([this.#proxyPath, `${this.#proxyPath}/*`], raw, this.#page(this.#proxy));
    router.get(
      "/stores/:handle/theme.css",
      (_request, response) => void response.type("text/css").send(themeFile("theme.css")),
    );
    router.get("/stores/:handle/extension-assets/:name", (request, response) => {
      const asset = this.#extension.asset(request.params["name"]);
      if (asset) response.type(request.params["name"]).send(asset);
      else response.status(404).end();
    });
    router.get("/stores/:handle", this.#page(this.#home));
    router.get("/stores/:handle/pages/:page", this.#page(this.#trackPage));
    router.get("/stores/:handle/cart", this.#page(this.#cart));
    router.get("/stores/:handle/products/:product", this.#page(this.#product));
    const form = express.urlencoded({ extended: false, limit: BODY_LIMIT });
    router.post("/stores/:handle/products/:product/buy", form, this.#page(this.#buy));
    router.get("/stores/:handle/thank-you/:token", this.#page(this.#thanks));
    router.get("/stores/:handle/account/login", this.#page(this.#login));
    router.post("/stores/:handle/account/login", form, this.#page(this.#logIn));
    router.get("/stores/:handle/account/logout", this.#page(this.#logOut));
    return router;
  }

  /** Finds the shop and the visitor, then lets one of the pages below answer. */
  #page(
    answer: (input: PageInput, request: Request, response: Response) => Promise<void> | void,
  ): express.RequestHandler {
    return (request, response, next) => {
      const shop = this.#shopOf(request);
      if (!shop) return void response.status(404).type("text/plain").send("The sandbox has no such store.");
      const input: PageInput = {
        shop,
        extension: this.#extension,
        rootUrl: `/stores/${shop.store.facts.domain.split(".")[0]}`,
        imageBase: "",
        path: request.path,
        locale: localeOf(request),
        customer: shop.store.customer(cookie(request, customerCookie(shop)) ?? ""),
        template: "page",
        title: "Track my order",
      };
      Promise.resolve()
        .then(() => answer(input, request, response))
        .catch(next);
    };
  }

  /** A form that posts to the bare proxy path belongs to the store it was shown in. */
  #shopOf(request: Request): SandboxShop | undefined {
    const fromReferer = /\/stores\/([^/?#]+)/.exec(request.header("referer") ?? "")?.[1];
    const handle = (request.params["handle"] as string | undefined) ?? fromReferer;
    return this.#options.core.shops.get(handle ? `${handle}.myshopify.com` : DEMO_SHOP);
  }

  readonly #proxy = (page: PageInput, request: Request, response: Response): Promise<void> => {
    const [path = "", query = ""] = request.originalUrl.split("?", 2);
    const at = path.indexOf(this.#proxyPath) + this.#proxyPath.length;
    const pathPrefix = page.rootUrl + this.#proxyPath;
    const { core } = this.#options;
    const input = { core, proxyTarget: this.#options.proxyTarget(), page, pathPrefix, rest: path.slice(at), query };
    return forwardToApp(input, request, response);
  };

  readonly #home = async (page: PageInput, _request: Request, response: Response): Promise<void> => {
    response.send(await renderThemePage({ ...page, template: "index", title: "Home" }, "index.liquid"));
  };

  readonly #trackPage = async (page: PageInput, _request: Request, response: Response): Promise<void> => {
    response.send(await renderThemePage(page, null));
  };

  readonly #cart = async (page: PageInput, _request: Request, response: Response): Promise<void> => {
    response.send(await renderThemePage({ ...page, template: "cart", title: "Cart" }, null));
  };

  readonly #product = async (page: PageInput, request: Request, response: Response): Promise<void> => {
    const product = page.shop.store.records.products.find((one) => one.handle === request.params["product"]);
    if (!product) return void response.status(404).type("text/plain").send("No such product.");
    const input = { ...page, template: "product", title: product.title };
    response.send(await renderThemePage(input, "product.liquid", { product: productObject(page, product) }));
  };

  readonly #buy = (page: PageInput, request: Request, response: Response): void => {
    const variantId = String((request.body as Record<string, unknown>)["variant"] ?? "");
    const customer = page.customer ? { customerId: page.customer.id } : {};
    const order = page.shop.actions.placeOrder({
      lines: [{ variantId, quantity: 1 }],
      locale: page.locale,
      ...customer,
    });
    response.redirect(303, `${page.rootUrl}/thank-you/${order.token}`);
  };

  readonly #thanks = async (page: PageInput, request: Request, response: Response): Promise<void> => {
    const order = page.shop.store.records.orders.find((one) => one.token === request.params["token"]);
    if (!order) return void response.status(404).type("text/plain").send("No such order.");
    const { name, email, shippingAddress } = order;
    const variables = { order: { name, email, first_name: shippingAddress.firstName } };
    response.send(
      await renderThemePage({ ...page, template: "thank-you", title: "Thank you" }, "thanks.liquid", variables),
    );
  };

  readonly #login = async (page: PageInput, _request: Request, response: Response): Promise<void> => {
    const customers = page.shop.store.records.customers.map((one) => ({
      gid: one.id,
      email: one.email,
      name: `${one.firstName} ${one.lastName}`,
    }));
    response.send(
      await renderThemePage({ ...page, template: "login", title: "Log in" }, "login.liquid", { customers }),
    );
  };

  readonly #logIn = (page: PageInput, request: Request, response: Response): void => {
    const id = String((request.body as Record<string, unknown>)["customer"] ?? "");
    response.cookie(customerCookie(page.shop), id, { httpOnly: true, sameSite: "lax" }).redirect(303, page.rootUrl);
  };

  readonly #logOut = (page: PageInput, _request: Request, response: Response): void => {
    response.clearCookie(customerCookie(page.shop)).redirect(303, page.rootUrl);
  };
}

/** Routes of the storefront, to be mounted on the sandbox's own origin. */
export function storefrontRoutes(options: StorefrontOptions): Router {
  return new Storefront(options).routes();
}
