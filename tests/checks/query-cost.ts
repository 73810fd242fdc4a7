import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

const LARGEST_PAGE = 250;

interface CostContext {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Default values of whole-number variables. */
  numbers: ReadonlyMap<string, number>;
}

/**
 * Estimated cost of a query in points, from answers of the real API: an object 1, a connection 2 + max(1, ⌊2·ln n⌋) ×
 * (1 + content of a node), a count 10, a mutation 10. An upper bound in practice, not a promise.
 */
export function queryCost(document: DocumentNode, schema: GraphQLSchema): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    if (node.kind === Kind.OPERATION_DEFINITION) operations.push(node);
  }
  const costs = operations.map((operation) => {
    if (operation.operation === "mutation") return 10 * operation.selectionSet.selections.length;
    const context = { schema, fragments, numbers: defaultNumbers(operation) };
    return selectionCost(operation.selectionSet, schema.getQueryType() ?? undefined, context);
  });
  return costs.reduce((total, cost) => total + cost, 0);
}

function defaultNumbers(operation: OperationDefinitionNode): Map<string, number> {
  return new Map(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
    ),
  );
}

function selectionCost(
  selection: SelectionSetNode | undefined,
  type: GraphQLNamedType | undefined,
  context: CostContext,
): number {
  let total = 0;
  for (const node of selection?.selections ?? []) {
    if (node.kind === Kind.FIELD) {
      total += fieldCost(node, type, context);
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? context.fragments.get(node.name.value) : node;
    const condition = fragment?.typeCondition?.name.value;
    total += selectionCost(fragment?.selectionSet, condition ? context.schema.getType(condition) : type, context);
  }
  return total;
}

function fieldCost(node: FieldNode, parent: GraphQLNamedType | undefined, context: CostContext): number {
  const type = fieldType(parent, node.name.value);
  if (!type || !isCompositeType(type)) return 0;
  if (type.name === "Count") return 10;
  if (!type.name.endsWith("Connection")) return 1 + selectionCost(node.selectionSet, type, context);
  const list = node.selectionSet?.selections.find(
    (inner): inner is FieldNode => inner.kind === Kind.FIELD && ["nodes", "edges"].includes(inner.name.value),
  );
  const content = list ? selectionCost(list.selectionSet, fieldType(type, list.name.value), context) : 0;
  return 2 + Math.max(1, Math.floor(2 * Math.log(pageSize(node, context)))) * (1 + content);
}

function fieldType(parent: GraphQLNamedType | undefined, name: string): GraphQLNamedType | undefined {
  if (!parent || !("getFields" in parent)) return undefined;
  const field = parent.getFields()[name];
  return field && getNamedType(field.type);
}

function pageSize(node: FieldNode, { numbers }: CostContext): number {
  const value = node.arguments?.find(({ name }) => ["first", "last"].includes(name.value))?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  return (value?.kind === Kind.VARIABLE ? numbers.get(value.name.value) : undefined) ?? LARGEST_PAGE;
}
