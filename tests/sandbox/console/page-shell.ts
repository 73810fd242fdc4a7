import { fileURLToPath } from "node:url";

import type { RequestHandler } from "express";
import express from "express";

/** Style and scripts of both pages. */
export function serveAssets(): RequestHandler {
  return express.static(fileURLToPath(new URL("./assets/", import.meta.url)), { index: false, cacheControl: false });
}

/** Text for HTML, attribute values included. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

export interface PageShell {
  title: string;
  /** Where the page's router is mounted, for assets and its API. */
  base: string;
  script: string;
  nav: readonly { label: string; href: string; current?: boolean }[];
  /** HTML of `<main>`, already escaped. */
  main: string;
}

/** A door with a parcel in front of it. */
const MARK =
  '<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round">' +
  '<path d="M4 21V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v7M2 21h9"/><path d="M12 15h9v6h-9zM16.5 15v2.5"/></svg>';

/** The frame both pages share. */
export function renderPage({ title, base, script, nav, main }: PageShell): string {
  const links = nav.map(({ label, href, current }) => {
    const state = current === true ? ' aria-current="page"' : "";
    return `<li><a href="${escapeHtml(href)}"${state}>${escapeHtml(label)}</a></li>`;
  });
  const root = escapeHtml(base);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}/assets/sandbox.css">
<link rel="stylesheet" href="${root}/assets/parts.css">
<link rel="stylesheet" href="${root}/assets/phones.css">
<script type="module" src="${root}/assets/${script}"></script>
</head>
<body data-base="${root}">
<a class="skip" href="#main">Skip to content</a>
<header class="top"><p class="brand">${MARK} Doorstep <span>sandbox</span></p>
<nav aria-label="Sandbox"><ul>${links.join("")}</ul></nav></header>
<main id="main">${main}</main>
</body>
</html>`;
}

/** Only the page's own files may run; mails are shown in a frame of their own policy. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'";
