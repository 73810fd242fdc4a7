import { type AppToml, parseAppToml } from "../checks/read-toml.ts";

interface Changes {
  scopes?: string;
  topics?: string[];
  compliance?: string[];
  lines?: Record<string, string>;
}

const COMPLIANCE = ["customers/data_request", "customers/redact", "shop/redact"];

/** A sound shopify.app.toml with some values replaced; `lines` replaces whole lines by their key. */
export function appToml({ scopes, topics, compliance = COMPLIANCE, lines = {} }: Changes = {}): AppToml {
  const text = `
name = "Doorstep"
client_id = "0123456789abcdef0123456789abcdef"
application_url = "https://app.example.com"
embedded = true
[access_scopes]
scopes = "${scopes ?? "read_orders,write_app_proxy"}"
use_legacy_install_flow = false
[auth]
redirect_urls = ["https://app.example.com/auth/callback"]
[webhooks]
api_version = "2026-10"
[[webhooks.subscriptions]]
topics = ${JSON.stringify(topics ?? ["orders/create"])}
uri = "/webhooks/shopify"
[[webhooks.subscriptions]]
compliance_topics = ${JSON.stringify(compliance)}
uri = "/webhooks/shopify"
[app_proxy]
url = "https://app.example.com/proxy"
prefix = "apps"
subpath = "doorstep"
`;
  const replaced = text.split("\n").map((line) => {
    const value = lines[line.split(" = ")[0] ?? ""];
    return value === undefined ? line : `${line.split(" = ")[0]} = ${value}`;
  });
  return parseAppToml(replaced.join("\n"));
}
