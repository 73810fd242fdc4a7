import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { Router } from "express";
import type { SandboxCore } from "#tests/sandbox/shopify/sandbox-core.ts";

export interface AdminPageOptions {
  core: SandboxCore;
  /** Public address of the app (the edge). */
  appPublicUrl: () => string;
  /** Where the app's home is when the address names no page. */
  entryPath?: string;
  appName?: string;
  /** Further entries of the left menu. */
  links?: { label: string; href: string }[];
}

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** `host` of App Bridge: base64 without padding. */
export const hostParameter = (handle: string): string =>
  Buffer.from(`admin.shopify.com/store/${handle}`).toString("base64").replace(/=+$/, "");

/** Address of the framed app with everything the admin hands over, signed as Shopify does. */
async function frameUrl(options: AdminPageOptions, handle: string, target: URL): Promise<string> {
  const { core } = options;
  const shop = `${handle}.myshopify.com`;
  const parameters: Record<string, string> = {
    ...Object.fromEntries(target.searchParams),
    embedded: "1",
    host: hostParameter(handle),
    id_token: await core.tokens.idToken(shop),
    locale: "en",
    session: createHmac("sha256", core.apiSecret).update(`session ${shop}`).digest("hex"),
    shop,
    timestamp: String(Math.floor(Date.now() / 1000)),
  };
  const sorted = Object.keys(parameters)
    .sort()
    .map((key) => `${key}=${parameters[key] ?? ""}`);
  parameters["hmac"] = createHmac("sha256", core.apiSecret).update(sorted.join("&")).digest("hex");
  const url = new URL(target.pathname, options.appPublicUrl());
  url.search = new URLSearchParams(parameters).toString();
  return url.toString();
}

const TOP_BAR = `<button type="button" class="menu" data-slot="menu" aria-label="Menu">☰</button>
<span class="brand">admin<small>sandbox</small></span>
<div class="savebar" role="region" aria-label="Unsaved changes"><span>Unsaved changes</span>
<button type="button" data-slot="discard">Discard</button><button type="button" data-slot="save">Save</button></div>`;

function adminHtml(
  options: AdminPageOptions,
  page: { handle: string; shopName: string; src: string; base: string },
): string {
  const app = escapeHtml(options.appName ?? "Doorstep");
  const shopName = escapeHtml(page.shopName);
  const links = [{ label: "Online store", href: `/stores/${page.handle}` }, ...(options.links ?? [])];
  const items = links
    .map(({ label, href }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></li>`)
    .join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${app} · ${shopName} · Sandbox admin</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/admin/assets/admin-frame.css">
</head>
<body data-base="${escapeHtml(page.base)}">
<header class="top">
${TOP_BAR}
<span class="store"><span class="name">${shopName}</span><span class="avatar" aria-hidden="true">${shopName.slice(0, 2)}</span></span>
</header>
<nav class="side" aria-label="Admin">
<ul>${items}</ul>
<h2>Apps</h2>
<ul><li><a class="open" href="${escapeHtml(page.base)}">${app}</a><ul data-slot="nav"></ul></li></ul>
</nav>
<main>
<div class="appbar"><strong>${app}</strong><span data-slot="title"></span><span data-slot="title-buttons"></span></div>
<div class="progress" role="presentation"></div>
<iframe title="${app}" name="app-iframe" src="${escapeHtml(page.src)}" allow="clipboard-write"></iframe>
</main>
<div class="toast" role="status" data-slot="toast" hidden></div>
<script src="/admin/assets/admin-frame.js"></script>
</body>
</html>`;
}

/** `/admin/store/:handle/apps/:app/*`: the app in a frame, deep links included. */
export function adminPageRoutes(options: AdminPageOptions): Router {
  const router = Router();
  router.get(
    "/admin/assets/admin-frame.js",
    (_request, response) => void response.type("text/javascript").send(asset("./admin-frame.js")),
  );
  router.get(
    "/admin/assets/admin-frame.css",
    (_request, response) => void response.type("text/css").send(asset("./admin-frame.css")),
  );
  router.get(["/admin/store/:handle/apps/:app", "/admin/store/:handle/apps/:app/*"], (request, response, next) => {
    const handle = String(request.params["handle"]);
    const shop = options.core.shops.get(`${handle}.myshopify.com`);
    if (!shop) return void response.status(404).type("text/plain").send(`The sandbox has no store ${handle}.`);
    const base = `/admin/store/${handle}/apps/${String(request.params["app"])}`;
    const target = new URL(request.originalUrl.slice(base.length) || "/", "http://path.invalid");
    if (target.pathname === "/") target.pathname = options.entryPath ?? "/app";
    frameUrl(options, handle, target)
      .then((src) => {
        const html = adminHtml(options, { handle, shopName: shop.store.facts.name, src, base });
        response.set("cache-control", "no-store").type("html").send(html);
      })
      .catch(next);
  });
  return router;
}
