import { parse } from "smol-toml";
import { z } from "zod";
import { readText } from "./list-files.ts";

/** The parts of `shopify.app.toml` that the gates speak about; unknown keys are Shopify CLI's business. */
const appToml = z.looseObject({
  name: z.string(),
  client_id: z.string(),
  application_url: z.string(),
  embedded: z.boolean(),
  access_scopes: z.looseObject({
    scopes: z.string(),
    optional_scopes: z.array(z.string()).default([]),
    use_legacy_install_flow: z.boolean().default(false),
  }),
  auth: z.looseObject({ redirect_urls: z.array(z.string()) }),
  webhooks: z.looseObject({
    api_version: z.string(),
    subscriptions: z.array(
      z.looseObject({
        name: z.string().optional(),
        topics: z.array(z.string()).default([]),
        compliance_topics: z.array(z.string()).default([]),
        uri: z.string(),
      }),
    ),
  }),
  app_proxy: z.looseObject({ url: z.string(), prefix: z.string(), subpath: z.string() }),
});

export type AppToml = z.infer<typeof appToml>;

const target = z.looseObject({ target: z.string(), module: z.string().optional() });

const extensionToml = z.looseObject({
  api_version: z.string().optional(),
  type: z.string().optional(),
  extensions: z
    .array(
      z.looseObject({
        type: z.string(),
        handle: z.string().optional(),
        uid: z.string().optional(),
        targeting: z.array(target).default([]),
      }),
    )
    .default([]),
});

export type ExtensionToml = z.infer<typeof extensionToml>;

export function parseAppToml(text: string): AppToml {
  return appToml.parse(parse(text));
}

export async function readAppToml(): Promise<AppToml> {
  return parseAppToml(await readText("shopify.app.toml"));
}

export function parseExtensionToml(text: string): ExtensionToml {
  return extensionToml.parse(parse(text));
}

/** The scopes that every shop grants at install. */
export function grantedScopes(app: AppToml): string[] {
  return app.access_scopes.scopes.split(",").map((scope) => scope.trim());
}
