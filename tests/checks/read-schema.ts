import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { buildSchema, type GraphQLSchema } from "graphql";
import { ROOT } from "./check.ts";
import type { AccessRules } from "./document-rules.ts";

/** The schema that the sandbox's Shopify executes, too (with its licence beside it). */
export const SCHEMA_FOLDER = "tests/sandbox/shopify/schema";
export const ADMIN_API = "2026-10";

/** The Admin schema and what belongs to it; null when the files are not there. */
export function readAdminSchema(): { schema: GraphQLSchema; access: AccessRules } | null {
  const file = (name: string): string => path.join(ROOT, SCHEMA_FOLDER, name);
  const unpack = (name: string): string => gunzipSync(readFileSync(file(name))).toString("utf8");
  if (!existsSync(file(`admin-${ADMIN_API}.graphql.gz`))) return null;
  return {
    schema: buildSchema(unpack(`admin-${ADMIN_API}.graphql.gz`), { assumeValid: true, assumeValidSDL: true }),
    access: JSON.parse(unpack(`admin-${ADMIN_API}.scopes.json.gz`)) as AccessRules,
  };
}
