import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { adminTexts } from "#app/components/admin-texts.server.ts";
import { pickLocale } from "#app/lib/i18n.ts";
import { webServices } from "#app/services.server.ts";

const APP_BRIDGE = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

export const links: LinksFunction = () => [{ rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }];

/** The product's name, the same in every language; a page may say more. */
export const meta: MetaFunction = () => [{ title: "Doorstep" }];

/** What even the page that says "something went wrong" needs: the key of App Bridge and its few words. */
export function loader({ request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const locale = pickLocale(searchParams.get("locale"), request.headers.get("accept-language"));
  const { catalogue } = adminTexts(locale);
  const embedded = pathname === "/app" || pathname.startsWith("/app/") || pathname.startsWith("/auth/");
  return {
    locale,
    apiKey: embedded ? webServices().env.SHOPIFY_API_KEY : null,
    problem: { title: catalogue["problem.title"] ?? "", text: catalogue["problem.text"] ?? "" },
  };
}

export const shouldRevalidate = () => false;

/** App Bridge must be the first script of every embedded document: it puts the session token on every later request. */
export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  return (
    <html lang={data?.locale ?? "en"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        {data?.apiKey && <meta name="shopify-api-key" content={data.apiKey} />}
        {data?.apiKey && <script data-api-key={data.apiKey} src={APP_BRIDGE} />}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** Said in English where no language is known yet: an address that no route has asks no loader. */
const MISSING = { title: "Page not found", text: "Nothing is at this address. Please check it." };
const FAILED = { title: "Something went wrong", text: "Please reload the page." };

/** The last net: plain HTML, because whatever failed may be what the pages are made of. */
export function ErrorBoundary() {
  const error = useRouteError();
  const data = useRouteLoaderData<typeof loader>("root");
  const missing = isRouteErrorResponse(error) && error.status === 404;
  const problem = missing ? MISSING : (data?.problem ?? FAILED);
  return (
    <main style={{ fontFamily: "system-ui, sans-serif", margin: "3rem auto", maxWidth: "36rem", padding: "0 1rem" }}>
      <h1>{problem.title}</h1>
      <p>{problem.text}</p>
    </main>
  );
}
