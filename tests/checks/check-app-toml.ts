import { isEnumType } from "graphql";
import type { Check } from "./check.ts";
import { readText } from "./list-files.ts";
import { ADMIN_API, readAdminSchema } from "./read-schema.ts";
import { type AppToml, grantedScopes, readAppToml } from "./read-toml.ts";

const COMPLIANCE = ["customers/data_request", "customers/redact", "shop/redact"];
const RESERVED_SUBPATHS = ["admin", "services", "password", "login"];
const APP_URL_FILE = "extensions/order-status/src/app-url.ts";

/** What Shopify would find out about `shopify.app.toml` at deploy or at the review. */
export const checkAppToml: Check = {
  name: "shopify.app.toml",
  async run(say) {
    const app = await readAppToml();
    const admin = readAdminSchema();
    const topicEnum = admin?.schema.getType("WebhookSubscriptionTopic");
    const topics = isEnumType(topicEnum) ? topicEnum.getValues().map(({ name }) => name) : null;
    if (!topics) say("NOT RUN: whether the topics exist (no schema)");
    return appTomlProblems(app, { topics, extensionUrl: deployedUrl(await readText(APP_URL_FILE)) });
  },
};

export interface AppTomlFacts {
  /** Values of the topic enum; null = not known. */
  topics: readonly string[] | null;
  /** Address compiled into the order-status extension. */
  extensionUrl: string | null;
}

export function appTomlProblems(app: AppToml, { topics, extensionUrl }: AppTomlFacts): string[] {
  const problems: string[] = [];
  const expect = (ok: boolean, problem: string): void => {
    if (!ok) problems.push(problem);
  };
  expect(/^[0-9a-f]{32}$/.test(app.client_id), "client_id is not 32 hex digits");
  expect(app.name.length <= 30, "name is longer than 30 characters");
  expect(app.embedded, "embedded must be true");
  expect(!app.access_scopes.use_legacy_install_flow, "use_legacy_install_flow must be off: TOML webhooks need it");
  expect(app.webhooks.api_version === ADMIN_API, `webhooks.api_version must be ${ADMIN_API}`);
  expect(extensionUrl === app.application_url, `${APP_URL_FILE}: DEPLOYED_APP_URL must be ${app.application_url}`);
  return [...problems, ...urlProblems(app), ...webhookProblems(app, topics), ...proxyProblems(app)];
}

function urlProblems(app: AppToml): string[] {
  const urls = [...app.auth.redirect_urls, app.app_proxy.url];
  const problems = urls
    .filter((url) => !URL.canParse(url) || new URL(url).origin !== app.application_url)
    .map((url) => `${url} is not below application_url ${app.application_url}`);
  if (!app.application_url.startsWith("https://")) problems.push("application_url must be an https origin");
  if (app.auth.redirect_urls.length === 0) problems.push("auth.redirect_urls is empty");
  return problems;
}

function webhookProblems(app: AppToml, known: readonly string[] | null): string[] {
  const { subscriptions } = app.webhooks;
  const topics = subscriptions.flatMap((subscription) => subscription.topics);
  const compliance = subscriptions.flatMap((subscription) => subscription.compliance_topics);
  return [
    ...COMPLIANCE.filter((topic) => !compliance.includes(topic)).map((topic) => `compliance topic ${topic} is missing`),
    ...compliance.filter((topic) => !COMPLIANCE.includes(topic)).map((topic) => `compliance topic ${topic} is unknown`),
    ...topics
      .filter((topic) => known !== null && !known.includes(topic.toUpperCase().replace("/", "_")))
      .map((topic) => `topic ${topic} does not exist`),
    // Two subscriptions to one topic are two deliveries of everything.
    ...topics.filter((topic, index) => topics.indexOf(topic) !== index).map((topic) => `topic ${topic} is there twice`),
    ...subscriptions
      .filter(({ name }) => name !== undefined && !/^[A-Za-z0-9_-]{1,50}$/.test(name))
      .map(({ name }) => `subscription name ${name ?? ""} is not valid`),
  ];
}

function proxyProblems(app: AppToml): string[] {
  const { prefix, subpath } = app.app_proxy;
  const problems: string[] = [];
  if (!["a", "apps", "community", "tools"].includes(prefix)) problems.push(`app_proxy.prefix ${prefix} is not allowed`);
  if (subpath.length > 30 || RESERVED_SUBPATHS.includes(subpath))
    problems.push(`app_proxy.subpath ${subpath} is not allowed`);
  if (!grantedScopes(app).includes("write_app_proxy")) problems.push("the app proxy needs the scope write_app_proxy");
  return problems;
}

function deployedUrl(source: string): string | null {
  return /DEPLOYED_APP_URL = "([^"]+)"/.exec(source)?.[1] ?? null;
}
