import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData, useRouteError, useRouteLoaderData } from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { type ReactNode, useEffect } from "react";
import { adminTexts } from "#app/components/admin-texts.server.ts";
import { AppNav } from "#app/components/app-nav.tsx";
import { ErrorPage } from "#app/components/error-page.tsx";
import { PendingOutlet } from "#app/components/pending-outlet.tsx";
import { TextsProvider } from "#app/components/texts.tsx";
import { pickLocale } from "#app/lib/i18n.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: polarisStyles }];

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

/** The frame of every page: who looks, and the words of their language. */
export async function loader({ request }: LoaderFunctionArgs) {
  const visit = await openAdminVisit(webServices(), request);
  const locale = pickLocale(new URL(request.url).searchParams.get("locale"), visit.locale);
  return json({ ...adminTexts(locale), timezone: visit.timezone });
}

let zoneMayCome = false;

/** Neither the words nor the zone change while somebody works, but right after the install the zone is still to come. */
export const shouldRevalidate = () => zoneMayCome;

export default function App() {
  const data = useLoaderData<typeof loader>();
  const { timezone } = data;
  useEffect(() => {
    zoneMayCome = timezone === "UTC";
  }, [timezone]);
  return (
    <Frame data={data}>
      <AppNav />
      <PendingOutlet />
    </Frame>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const data = useRouteLoaderData<typeof loader>("routes/app");
  // Without the frame's own data there are no words: the root's page says what it can.
  if (!data) throw error;
  return (
    <Frame data={data}>
      <AppNav />
      <ErrorPage error={error} />
    </Frame>
  );
}

interface FrameProps {
  data: ReturnType<typeof useLoaderData<typeof loader>>;
  children: ReactNode;
}

/** The root has put App Bridge into the head already, so the library's provider must not add it again. */
function Frame({ data, children }: FrameProps) {
  const { locale, catalogue, polaris, timezone } = data;
  return (
    <AppProvider apiKey="" i18n={polaris} isEmbeddedApp={false}>
      <TextsProvider catalogue={catalogue} locale={locale} timezone={timezone}>
        {children}
      </TextsProvider>
    </AppProvider>
  );
}
