import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLSchema,
  isListType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from "graphql";
import { loadAdminSchema } from "#tests/sandbox/shopify/schema/load-schema.ts";

const MAX_CONNECTIONS = 5;
/** Below the top one. */
const MAX_DEPTH = 2;

interface Place {
  type: string;
  /** Connections above. */
  depth: number;
  inList: boolean;
}

/** The rules of a bulk query that Shopify checks only when the job is started. */
export function bulkProblems(document: DocumentNode, schema: GraphQLSchema): string[] {
  const problems: string[] = [];
  const [operation] = document.definitions;
  if (
    operation?.kind !== Kind.OPERATION_DEFINITION ||
    operation.operation !== "query" ||
    document.definitions.length > 1
  ) {
    return ["Invalid bulk query: not one operation without fragments"];
  }
  if (operation.variableDefinitions?.length) problems.push("Bulk queries cannot use variables");
  const root = operation.selectionSet;
  if (named(root, "node") ?? named(root, "nodes")) {
    problems.push("Bulk queries cannot contain a top level `node` or `nodes` field.");
  }
  const walker = new BulkWalker(schema);
  walker.walk(root, { type: schema.getQueryType()?.name ?? "", depth: 0, inList: false });
  if (walker.connections === 0) problems.push("Bulk queries must contain at least one connection.");
  if (walker.connections > MAX_CONNECTIONS) {
    problems.push(`Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.`);
  }
  return [...problems, ...walker.problems];
}

class BulkWalker {
  readonly problems: string[] = [];
  connections = 0;
  readonly #schema: GraphQLSchema;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  walk(selection: SelectionSetNode, place: Place): void {
    const parent = this.#schema.getType(place.type);
    for (const node of selection.selections) {
      if (node.kind !== Kind.FIELD) {
        this.problems.push("Fragments are not supported in bulk queries");
        continue;
      }
      const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
      if (!field || !node.selectionSet) continue;
      const type = getNamedType(field.type).name;
      if (type.endsWith("Connection")) this.#connection(node, { ...place, type });
      else {
        const inList = place.inList || isListType(getNullableType(field.type));
        this.walk(node.selectionSet, { type, depth: place.depth, inList });
      }
    }
  }

  #connection(node: FieldNode, { type, depth, inList }: Place): void {
    const refuse = (problem: string) => this.problems.push(`${problem} (${node.name.value})`);
    this.connections += 1;
    if (inList) refuse("Queries that contain a connection field within a list field are not currently supported.");
    if (depth > MAX_DEPTH) refuse("Bulk queries cannot contain connections with a nesting depth greater than 2.");
    const inner = named(named(node.selectionSet, "edges")?.selectionSet, "node");
    if (!inner?.selectionSet || !named(inner.selectionSet, "id")) {
      refuse("All connection fields in a bulk query must select their contents using 'edges' > 'node', with 'id'.");
    }
    const item = this.#itemType(type);
    if (inner?.selectionSet && item) this.walk(inner.selectionSet, { type: item, depth: depth + 1, inList: false });
  }

  #itemType(connection: string): string | undefined {
    const type = this.#schema.getType(connection);
    const edge = isObjectType(type) ? type.getFields()["edges"] : undefined;
    const edgeType = edge && getNamedType(edge.type);
    const node = isObjectType(edgeType) ? edgeType.getFields()["node"] : undefined;
    return node && getNamedType(node.type).name;
  }
}

function named(set: SelectionSetNode | undefined, name: string): FieldNode | undefined {
  return set?.selections.find((node): node is FieldNode => node.kind === Kind.FIELD && node.name.value === name);
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
  return bulkProblems(document, schema)[0] ?? null;
}
