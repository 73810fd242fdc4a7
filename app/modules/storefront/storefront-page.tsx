import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { readableOn } from "#app/lib/colour.ts";
import { pageStyles } from "./page-styles.ts";

export interface Brand {
  name: string;
  colour: string;
  supportUrl: string | null;
  supportEmail: string | null;
}

/**
 * One page inside the shop's theme: our markup and styles, nothing else. It is handed to Shopify as Liquid, so every
 * text in it is closed off against Liquid as well as HTML.
 */
export function renderStorefrontPage(
  content: ReactNode,
  { brand, title, locale }: { brand: Brand; title: string; locale: string },
): string {
  const html = renderToStaticMarkup(
    <div
      className="doorstep"
      lang={locale}
      style={{ ["--doorstep-colour" as string]: brand.colour, ["--doorstep-on" as string]: readableOn(brand.colour) }}
    >
      <section aria-label={title} className="doorstep-main" id="doorstep">
        {content}
      </section>
    </div>,
  );
  return asLiquid(`<style>${pageStyles}</style>${html}`);
}

/**
 * Wraps finished HTML so that Shopify's Liquid passes it on unread: a carrier's text must not become a template. Inside
 * `raw` only the closing tag has a meaning, and no `{%` is left to form one.
 */
export function asLiquid(html: string): string {
  return `{% raw %}${html.replaceAll("{%", "&#123;%")}{% endraw %}`;
}
