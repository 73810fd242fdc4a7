import { createElement } from "react";
import { useTexts } from "./texts.tsx";

/** The app's entries in Shopify's own menu. The app's name is the way home, so there is no entry for it. */
export function AppNav() {
  const texts = useTexts();
  return createElement(
    "s-app-nav",
    null,
    <a href="/app" rel="home">
      {texts("nav.home")}
    </a>,
    <a href="/app/shipments">{texts("nav.shipments")}</a>,
    <a href="/app/foresight">{texts("nav.foresight")}</a>,
    <a href="/app/messages">{texts("nav.messages")}</a>,
    <a href="/app/settings">{texts("nav.settings")}</a>,
  );
}
