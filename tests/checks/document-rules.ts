import {
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  Kind,
  NoDeprecatedCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { bulkProblems } from "#tests/sandbox/shopify/bulk-rules.ts";
import { requestedCost } from "#tests/sandbox/shopify/query-cost.ts";
import type { FoundDocument } from "./collect-documents.ts";

/** What Shopify's package says beside the schema: scopes by "Type" and "Type.field", and who must carry `@idempotent`. */
export interface AccessRules {
  idempotency: { required: string[] };
  /** Every group must be met; any one scope inside a group meets it. */
  scopes: Record<string, string[][]>;
}

export interface DocumentReport {
  problems: string[];
  /** Scope groups that the document needs. */
  groups: string[][];
}

const MAX_COST = 1000;

/** Checks one document against the Admin schema. A document with nothing but fragments is checked where it is used. */
export function checkDocument(found: FoundDocument, schema: GraphQLSchema, access: AccessRules): DocumentReport {
  let document: DocumentNode;
  try {
    document = parse(found.text);
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : String(error)], groups: [] };
  }
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return { problems: [], groups: [] };
  const invalid = validate(schema, document, [...specifiedRules, NoDeprecatedCustomRule]).map(({ message }) => message);
  if (invalid.length > 0) return { problems: invalid, groups: [] };
  const problems = [
    ...(operations.length > 1 ? ["holds several operations; give each its own template"] : []),
    ...operations.filter(({ name }) => !name).map(() => "the operation needs a name, which logs and cost reports show"),
    ...operations.flatMap((operation) => missingIdempotency(operation, access)),
    ...(found.bulk
      ? bulkProblems(document, schema)
      : operations.flatMap((node) => costProblems(node, document, schema))),
  ];
  return { problems, groups: [...scopeGroups(document, schema, access), ...found.scopes.map((scope) => [scope])] };
}

/** The schema alone does not notice a missing key: Shopify refuses the call at run time. */
function missingIdempotency(operation: OperationDefinitionNode, access: AccessRules): string[] {
  if (operation.operation !== "mutation") return [];
  return operation.selectionSet.selections.flatMap((node) => {
    if (node.kind !== Kind.FIELD || !access.idempotency.required.includes(node.name.value)) return [];
    const has = node.directives?.some((directive) => directive.name.value === "idempotent");
    return has ? [] : [`${node.name.value} needs @idempotent(key:)`];
  });
}

function costProblems(node: OperationDefinitionNode, document: DocumentNode, schema: GraphQLSchema): string[] {
  const cost = requestedCost(schema, document, { node, variables: {} });
  return cost >= MAX_COST ? [`costs about ${cost} points, allowed are fewer than ${MAX_COST}`] : [];
}

function scopeGroups(document: DocumentNode, schema: GraphQLSchema, access: AccessRules): string[][] {
  const groups: string[][] = [];
  const add = (key: string): void => void groups.push(...(access.scopes[key] ?? []));
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const parent = info.getParentType();
        const field = info.getFieldDef();
        if (!parent || !field) return;
        add(`${parent.name}.${field.name}`);
        const type = getNamedType(field.type);
        add(type.name);
        // A connection has no entry of its own: what it holds counts.
        if (type.name.endsWith("Connection") && "getFields" in type) {
          const nodes = type.getFields()["nodes"];
          if (nodes) add(getNamedType(nodes.type).name);
        }
      },
      InlineFragment(node) {
        if (node.typeCondition) add(node.typeCondition.name.value);
      },
    }),
  );
  return groups;
}
