import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLSchema,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";

const MAX_CONNECTIONS = 5;
const MAX_DEPTH = 3;

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
  if (operation?.kind !== Kind.OPERATION_DEFINITION || document.definitions.length > 1) {
    return ["a bulk query is one operation without fragments"];
  }
  if (operation.variableDefinitions?.length) problems.push("a bulk query takes no variables");
  for (const node of operation.selectionSet.selections) {
    if (node.kind === Kind.FIELD && ["node", "nodes"].includes(node.name.value)) {
      problems.push("a bulk query has no top-level node or nodes");
    }
  }
  const walker = new BulkWalker(schema);
  walker.walk(operation.selectionSet, { type: schema.getQueryType()?.name ?? "", depth: 0, inList: false });
  if (walker.connections < 1 || walker.connections > MAX_CONNECTIONS) {
    problems.push(`has ${walker.connections} connections, allowed are 1 to ${MAX_CONNECTIONS}`);
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
        this.problems.push("a bulk query has no fragments");
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
    const name = node.name.value;
    this.connections += 1;
    if (inList) this.problems.push(`connection ${name} inside a list is refused`);
    if (depth >= MAX_DEPTH) this.problems.push(`${name} is nested deeper than two levels below the top one`);
    const inner = select(select(node, "edges"), "node");
    if (!inner?.selectionSet) {
      this.problems.push(`${name} must select edges { node { … } }`);
      return;
    }
    if (!select(inner, "id")) this.problems.push(`nodes of ${name} need their id`);
    const item = this.#itemType(type);
    if (item) this.walk(inner.selectionSet, { type: item, depth: depth + 1, inList: false });
  }

  #itemType(connection: string): string | undefined {
    const type = this.#schema.getType(connection);
    const edge = isObjectType(type) ? type.getFields()["edges"] : undefined;
    const edgeType = edge && getNamedType(edge.type);
    const node = isObjectType(edgeType) ? edgeType.getFields()["node"] : undefined;
    return node && getNamedType(node.type).name;
  }
}

function select(node: FieldNode | undefined, name: string): FieldNode | undefined {
  return node?.selectionSet?.selections.find(
    (inner): inner is FieldNode => inner.kind === Kind.FIELD && inner.name.value === name,
  );
}
