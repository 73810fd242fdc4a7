import { json, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { adminTexts } from "#app/components/admin-texts.server.ts";
import { pickLocale } from "#app/lib/i18n.ts";

/** Shopify opens the app here with the shop in the address; anybody else learns where the app lives. */
export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  if (searchParams.has("shop")) throw redirect(`/app?${searchParams}`);
  const { catalogue } = adminTexts(pickLocale(request.headers.get("accept-language")));
  return json({ title: catalogue["landing.title"] ?? "", text: catalogue["landing.text"] ?? "" });
}

export default function Landing() {
  const { title, text } = useLoaderData<typeof loader>();
  return (
    <main style={{ fontFamily: "system-ui, sans-serif", margin: "3rem auto", maxWidth: "36rem", padding: "0 1rem" }}>
      <h1>{title}</h1>
      <p>{text}</p>
    </main>
  );
}
