import { getNamedType, type GraphQLFieldResolver, type GraphQLNamedType, type GraphQLTypeResolver } from "graphql";
import {
  accessDenied,
  holdsScope,
  notPlayed,
  type AdminContext,
  type Arguments,
  type View,
} from "#tests/sandbox/shopify/graphql-context.ts";
import { loadAdminScopes } from "#tests/sandbox/shopify/schema/load-schema.ts";

function nodesType(type: GraphQLNamedType): GraphQLNamedType | undefined {
  if (!/Connection$/.test(type.name) || !("getFields" in type)) return undefined;
  const nodes = type.getFields()["nodes"];
  return nodes ? getNamedType(nodes.type) : undefined;
}

/** Groups of the field, of its type, and of what a connection holds: every group must be met by one of its scopes. */
function missingGroup(context: AdminContext, keys: string[]): string[] | undefined {
  const { scopes } = loadAdminScopes();
  return keys
    .flatMap((key) => scopes[key] ?? [])
    .find((group) => !group.some((scope) => holdsScope(context.scopes, scope)));
}

/** Checks the access scopes, then reads the value or calls the function of the view. */
export const resolveField: GraphQLFieldResolver<View, AdminContext, Arguments> = (...[source, args, context, info]) => {
  const type = getNamedType(info.returnType);
  const keys = [`${info.parentType.name}.${info.fieldName}`, type.name, nodesType(type)?.name ?? ""];
  const missing = missingGroup(context, keys);
  if (missing) throw accessDenied(info.fieldName, missing);
  const value = source[info.fieldName];
  if (value === undefined) throw notPlayed(`${info.parentType.name}.${info.fieldName}`);
  return typeof value === "function" ? (value as (args: Arguments) => unknown)(args) : value;
};

export const resolveType: GraphQLTypeResolver<View, AdminContext> = (value) => {
  const name = value["__typename"];
  return typeof name === "string" ? name : undefined;
};
