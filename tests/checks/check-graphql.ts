import type { Check, Say } from "./check.ts";
import { collectDocuments, type FoundDocument } from "./collect-documents.ts";
import { type AccessRules, checkDocument } from "./document-rules.ts";
import { listFiles, readText } from "./list-files.ts";
import { type AppToml, grantedScopes, readAppToml } from "./read-toml.ts";
import { readAdminSchema, SCHEMA_FOLDER } from "./read-schema.ts";
import { missingScopes, needlessScopes, tooWideScopes, topicScope } from "./scope-rules.ts";
import type { GraphQLSchema } from "graphql";

/** Every GraphQL document of the app against the Admin schema, and the scopes of the app against the documents. */
export const checkGraphql: Check = {
  name: "graphql documents",
  async run(say) {
    const files = await listFiles("app", /\.tsx?$/);
    const sources = new Map(await Promise.all(files.map(async (file) => [file, await readText(file)] as const)));
    const { documents, problems } = collectDocuments(sources);
    const admin = readAdminSchema();
    if (!admin) {
      say(`NOT RUN: no schema in ${SCHEMA_FOLDER}`);
      return problems;
    }
    const { groups, problems: found } = checkDocuments(documents, admin.schema, admin.access);
    say(`${documents.length} documents`);
    return [...problems, ...found, ...scopeProblems(await readAppToml(), groups, say)];
  },
};

function checkDocuments(documents: readonly FoundDocument[], schema: GraphQLSchema, access: AccessRules) {
  const groups: string[][] = [];
  const problems: string[] = [];
  for (const document of documents) {
    const report = checkDocument(document, schema, access);
    groups.push(...report.groups);
    problems.push(...report.problems.map((text) => `${document.file}:${document.line} ${text}`));
  }
  return { groups, problems };
}

/** Documents and topics on one side, `[access_scopes]` on the other: nothing may be missing and nothing too much. */
export function scopeProblems(app: AppToml, documentGroups: readonly string[][], say: Say): string[] {
  const topics = app.webhooks.subscriptions.flatMap((subscription) => subscription.topics);
  const unknown = topics.filter((topic) => topicScope(topic) === undefined);
  const topicGroups = topics.flatMap((topic) => {
    const scope = topicScope(topic);
    return scope ? [[scope]] : [];
  });
  const demand = {
    groups: [...documentGroups, ...topicGroups],
    granted: grantedScopes(app),
    optional: app.access_scopes.optional_scopes,
  };
  const problems = [
    ...unknown.map((topic) => `topic ${topic}: look up its scope and add it to scope-rules.ts`),
    ...missingScopes(demand).map((group) => `shopify.app.toml lacks a scope: ${group.join(" or ")}`),
  ];
  if (documentGroups.length === 0) {
    say("NOT RUN: whether the scopes are minimal (no document needs one yet)");
    return problems;
  }
  const needless = needlessScopes(demand);
  const tooWide = tooWideScopes(demand).filter((scope) => !needless.includes(scope));
  return [
    ...problems,
    ...needless.map((scope) => `shopify.app.toml asks for ${scope}, which nothing needs`),
    ...tooWide.map((scope) => `shopify.app.toml asks for ${scope}, but only its read part is needed`),
  ];
}
