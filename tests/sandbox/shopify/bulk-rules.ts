import {
  getNamedType,
  getNullableType,
  isListType,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type SelectionSetNode,
} from "graphql";
import { loadAdminSchema } from "#tests/sandbox/shopify/schema/load-schema.ts";

const MAX_CONNECTIONS = 5;
const MAX_DEPTH = 2;

interface Walk {
  type: GraphQLNamedType | undefined;
  depth: number;
  inList: boolean;
}

class BulkRuleError extends Error {}

function refuse(message: string): never {
  throw new BulkRuleError(message);
}

function named(set: SelectionSetNode | undefined, name: string): FieldNode | undefined {
  return set?.selections.find((node): node is FieldNode => node.kind === Kind.FIELD && node.name.value === name);
}

function countConnections(set: SelectionSetNode | undefined, { type, depth, inList }: Walk): number {
  let connections = 0;
  for (const node of set?.selections ?? []) {
    if (node.kind !== Kind.FIELD) refuse("Fragments are not supported by the sandbox's bulk queries");
    const field = type && "getFields" in type ? type.getFields()[node.name.value] : undefined;
    if (!field || !node.selectionSet) continue;
    const fieldType = getNamedType(field.type);
    if (!/Connection$/.test(fieldType.name)) {
      const list = inList || isListType(getNullableType(field.type));
      connections += countConnections(node.selectionSet, { type: fieldType, depth, inList: list });
      continue;
    }
    if (inList) refuse("Queries that contain a connection field within a list field are not currently supported.");
    if (depth > MAX_DEPTH) refuse("Bulk queries cannot contain connections with a nesting depth greater than 2.");
    const inner = named(named(node.selectionSet, "edges")?.selectionSet, "node");
    if (!inner?.selectionSet || !named(inner.selectionSet, "id")) {
      refuse("All connection fields in a bulk query must select their contents using 'edges' > 'node', with 'id'.");
    }
    const nodeType = nodeTypeOf(fieldType);
    connections += 1 + countConnections(inner.selectionSet, { type: nodeType, depth: depth + 1, inList: false });
  }
  return connections;
}

function nodeTypeOf(connection: GraphQLNamedType): GraphQLNamedType | undefined {
  const edges = "getFields" in connection ? connection.getFields()["edges"] : undefined;
  const edge = edges ? getNamedType(edges.type) : undefined;
  const node = edge && "getFields" in edge ? edge.getFields()["node"] : undefined;
  return node ? getNamedType(node.type) : undefined;
}

/** Why Shopify would refuse this text as a bulk query, or null. */
export function bulkProblem(query: string): string | null {
  const schema = loadAdminSchema();
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return `Invalid bulk query: ${error instanceof Error ? error.message : String(error)}`;
  }
  const [invalid] = validate(schema, document);
  if (invalid) return `Invalid bulk query: ${invalid.message}`;
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== "query")
    return "Invalid bulk query: not a query";
  if (operation.variableDefinitions?.length) return "Bulk queries cannot use variables";
  const root = operation.selectionSet;
  if (named(root, "node") ?? named(root, "nodes"))
    return "Bulk queries cannot contain a top level `node` or `nodes` field.";
  try {
    const count = countConnections(root, { type: schema.getQueryType() ?? undefined, depth: 0, inList: false });
    if (count === 0) return "Bulk queries must contain at least one connection.";
    return count > MAX_CONNECTIONS ? `Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.` : null;
  } catch (error) {
    if (error instanceof BulkRuleError) return error.message;
    throw error;
  }
}
