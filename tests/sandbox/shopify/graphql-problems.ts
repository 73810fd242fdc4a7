import {
  coerceInputValue,
  Kind,
  typeFromAST,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { loadAdminScopes } from "#tests/sandbox/shopify/schema/load-schema.ts";

export interface Problem {
  message: string;
  locations?: unknown;
  path?: unknown;
  extensions: Record<string, unknown>;
}

/** A validation error in Shopify's words: an unknown field has its own code. */
export function validationProblem(error: GraphQLError): Problem {
  const { message, locations } = error;
  const field = /^Cannot query field "([^"]+)" on type "([^"]+)"/.exec(message);
  if (!field) return { message, locations, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } };
  const [, fieldName, typeName] = field;
  const extensions = { code: "undefinedField", typeName, fieldName };
  return { message: `Field '${fieldName}' doesn't exist on type '${typeName}'`, locations, extensions };
}

/** Variables that do not fit their types, one problem per variable, as `INVALID_VARIABLE`. */
export function variableProblems(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Problem[] {
  return (operation.variableDefinitions ?? []).flatMap((definition) => {
    const name = definition.variable.name.value;
    const given = variables[name];
    if (given === undefined && definition.type.kind !== Kind.NON_NULL_TYPE) return [];
    if (given === undefined && definition.defaultValue) return [];
    const problems = inputProblems(schema, definition.type, given ?? null);
    const [first] = problems;
    if (!first) return [];
    const where = first.path.length > 0 ? ` for ${first.path.join(".")}` : "";
    const message = `Variable $${name} of type ${typeText(definition.type)} was provided invalid value${where} (${first.explanation})`;
    return [{ message, extensions: { code: "INVALID_VARIABLE", value: given ?? null, problems } }];
  });
}

type TypeNode = NonNullable<OperationDefinitionNode["variableDefinitions"]>[number]["type"];

function inputProblems(schema: GraphQLSchema, typeNode: TypeNode, value: unknown) {
  const found: { path: (string | number)[]; explanation: string }[] = [];
  if (value === null && typeNode.kind === Kind.NON_NULL_TYPE)
    return [{ path: [], explanation: "Expected value to not be null" }];
  const type = typeFromAST(schema, typeNode as Parameters<typeof typeFromAST>[1]);
  if (!type || value === null) return found;
  coerceInputValue(value, type as Parameters<typeof coerceInputValue>[1], (path, _value, error) => {
    found.push({ path: [...path], explanation: error.message });
  });
  return found;
}

function typeText(node: TypeNode): string {
  if (node.kind === Kind.NON_NULL_TYPE) return `${typeText(node.type)}!`;
  return node.kind === Kind.LIST_TYPE ? `[${typeText(node.type)}]` : node.name.value;
}

/** Mutations that demand `@idempotent(key:)`; the schema alone does not notice a missing one. */
export function idempotencyProblems(operation: OperationDefinitionNode): Problem[] {
  if (operation.operation !== "mutation") return [];
  const { required } = loadAdminScopes().idempotency;
  return operation.selectionSet.selections.flatMap((node) => {
    if (node.kind !== Kind.FIELD || !required.includes(node.name.value)) return [];
    if (node.directives?.some((directive) => directive.name.value === "idempotent")) return [];
    const message = `The @idempotent directive is required for the ${node.name.value} mutation.`;
    return [{ message, path: [node.name.value], extensions: { code: "BAD_REQUEST" } }];
  });
}
