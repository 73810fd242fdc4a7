import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildSchema, type GraphQLSchema } from "graphql";

interface ScopeFile {
  apiVersion: string;
  idempotency: { required: string[]; optional: string[] };
  /** Every group must be met; any one scope inside a group meets it. Keys are "Type" or "Type.field". */
  scopes: Record<string, string[][]>;
}

let schema: GraphQLSchema | undefined;
let scopes: ScopeFile | undefined;

const unpack = (name: string): string => gunzipSync(readFileSync(new URL(name, import.meta.url))).toString("utf8");

/** The Admin API 2026-10, built once per process (about 0.3 s). */
export function loadAdminSchema(): GraphQLSchema {
  schema ??= buildSchema(unpack("./admin-2026-10.graphql.gz"), { assumeValid: true, assumeValidSDL: true });
  return schema;
}

/** Which access scopes each type and field of the Admin API needs, and which mutations need `@idempotent`. */
export function loadAdminScopes(): ScopeFile {
  scopes ??= JSON.parse(unpack("./admin-2026-10.scopes.json.gz")) as ScopeFile;
  return scopes;
}
