import { GraphQLError } from "graphql";
import type { ShopActions } from "#tests/sandbox/shopify/shop-actions.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";

/** What every resolver of one request can see. */
export interface AdminContext {
  store: ShopStore;
  actions: ShopActions;
  scopes: Set<string>;
  /** True while a bulk operation runs: connections then need no `first`. */
  bulk: boolean;
  apiKey: string;
  appHandle: string;
  /** Public address of the sandbox, for images and bulk results. */
  baseUrl: string;
  runBulk: (id: string) => void;
}

/** A lazily resolved object: values, or functions of the field's arguments. */
export type View = Record<string, unknown>;

export type Arguments = Record<string, unknown>;

const SCOPES_DOCUMENTATION = "https://shopify.dev/api/usage/access-scopes";

/** A write scope includes the read scope of the same name. */
export function holdsScope(scopes: Set<string>, scope: string): boolean {
  return scopes.has(scope) || scopes.has(scope.replace(/^read_/, "write_"));
}

export function accessDenied(field: string, scopes: string[]): GraphQLError {
  const required = scopes.map((scope) => `\`${scope}\` access scope`).join(" or ");
  return new GraphQLError(`Access denied for ${field} field. Required access: ${required}.`, {
    extensions: { code: "ACCESS_DENIED", documentation: SCOPES_DOCUMENTATION, requiredAccess: `${required}.` },
  });
}

/** For resources whose scope the schema does not name: Shopify asks for the scope of the row that is changed. */
export function requireScope(context: AdminContext, field: string, scope: string): void {
  if (!holdsScope(context.scopes, scope)) throw accessDenied(field, [scope]);
}

/** The sandbox says plainly what it does not play. */
export function notPlayed(what: string): GraphQLError {
  return new GraphQLError(`The sandbox Shopify does not play ${what}.`, {
    extensions: { code: "SANDBOX_UNSUPPORTED" },
  });
}

export function text(args: Arguments, name: string): string {
  const value = args[name];
  return typeof value === "string" ? value : "";
}

export const instant = (value: string | null): string | null => (value === null ? null : value.replace(/\.\d+Z$/, "Z"));

/** The namespace an app gets when it names none, or `$app`. */
export function appNamespace(context: AdminContext, namespace: unknown): string {
  const own = `app--${parseInt(context.apiKey.slice(0, 8), 16) || 5_801_110_007}`;
  if (namespace === undefined || namespace === null || namespace === "" || namespace === "$app") return own;
  return String(namespace).replace(/^\$app:/, `${own}--`);
}
