import {
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

const MUTATION_COST = 10;
const COUNT_COST = 10;
const UNLIMITED = 250;

interface CostContext {
  schema: GraphQLSchema;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  /** Default values of whole-number variables. */
  defaults: ReadonlyMap<string, number>;
}

function defaultNumbers(operation: OperationDefinitionNode): Map<string, number> {
  return new Map(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
    ),
  );
}

function pageSize(node: FieldNode, context: CostContext): number {
  const value = node.arguments?.find((argument) => ["first", "last"].includes(argument.name.value))?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind === Kind.VARIABLE) {
    const given = context.variables[value.name.value] ?? context.defaults.get(value.name.value);
    if (typeof given === "number") return given;
  }
  return UNLIMITED;
}

function fieldType(type: GraphQLNamedType | undefined, name: string): GraphQLNamedType | undefined {
  if (!type || !("getFields" in type)) return undefined;
  const field = type.getFields()[name];
  return field ? getNamedType(field.type) : undefined;
}

function connectionCost(node: FieldNode, type: GraphQLNamedType, context: CostContext): number {
  const list = node.selectionSet?.selections.find(
    (selection): selection is FieldNode =>
      selection.kind === Kind.FIELD && ["nodes", "edges"].includes(selection.name.value),
  );
  const listType = list ? fieldType(type, list.name.value) : undefined;
  const content = list?.selectionSet ? selectionCost(list.selectionSet, listType, context) : 0;
  const factor = Math.max(1, Math.floor(2 * Math.log(pageSize(node, context))));
  return 2 + factor * (1 + content);
}

function selectionCost(set: SelectionSetNode, type: GraphQLNamedType | undefined, context: CostContext): number {
  let total = 0;
  for (const node of set.selections) {
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = context.fragments.get(node.name.value);
      const on = fragment && context.schema.getType(fragment.typeCondition.name.value);
      if (fragment) total += selectionCost(fragment.selectionSet, on, context);
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      const on = node.typeCondition ? context.schema.getType(node.typeCondition.name.value) : type;
      total += selectionCost(node.selectionSet, on, context);
    } else total += fieldCost(node, fieldType(type, node.name.value), context);
  }
  return total;
}

function fieldCost(node: FieldNode, type: GraphQLNamedType | undefined, context: CostContext): number {
  if (!type) return 0;
  if (type.name === "Count") return COUNT_COST;
  if (/Connection$/.test(type.name)) return connectionCost(node, type, context);
  if (!isObjectType(type) && !isAbstractType(type)) return 0;
  return 1 + (node.selectionSet ? selectionCost(node.selectionSet, type, context) : 0);
}

/**
 * Shopify's cost in points before execution, from answers of the real API: an object 1, a connection 2 + max(1, ⌊2·ln n⌋) ×
 * (1 + content of a node), a count 10, a mutation 10. An upper bound in practice, not a promise.
 */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: { node: OperationDefinitionNode; variables: Record<string, unknown> },
): number {
  if (operation.node.operation === "mutation") return MUTATION_COST * operation.node.selectionSet.selections.length;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const context = { schema, fragments, variables: operation.variables, defaults: defaultNumbers(operation.node) };
  return selectionCost(operation.node.selectionSet, schema.getQueryType() ?? undefined, context);
}

/** What an executed query is charged: one point an object that came back, never more than was asked for. */
export function actualCost(requested: number, isMutation: boolean, data: unknown): number {
  return isMutation ? requested : Math.min(requested, countObjects(data) - 1);
}

function countObjects(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + countObjects(entry), 0);
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Object.values(value).reduce<number>((sum, entry) => sum + countObjects(entry), 0);
}
