/**
 * Where our backend is. An extension runs on Shopify's servers and is told nothing about the app that owns it, so the
 * address has to be inside the bundle: `DEPLOYED_APP_URL` repeats `application_url` of shopify.app.toml, and
 * `npm run check` fails while the two differ. (A merchant setting could be mistyped, an app metafield would need a write
 * per installation, and the app proxy answers neither the extension's null origin nor a password-protected store.)
 */
export const DEPLOYED_APP_URL = "https://doorstep.example.com";

// Replaced by Shopify CLI when `shopify app dev` bundles; in a deployed bundle the name does not exist in the worker.
declare const process: { env: { APP_URL?: string } };

/** The address without a trailing slash: the tunnel during `shopify app dev`, else the deployed one. */
export function appUrl(): string {
  return (tunnelUrl() || DEPLOYED_APP_URL).replace(/\/+$/, "");
}

function tunnelUrl(): string | undefined {
  try {
    return process.env.APP_URL;
  } catch {
    return undefined;
  }
}
