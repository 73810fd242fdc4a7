import {
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type OperationDefinitionNode,
} from "graphql";
import type { CostBucket } from "#tests/sandbox/shopify/cost-bucket.ts";
import type { AdminContext } from "#tests/sandbox/shopify/graphql-context.ts";
import {
  idempotencyProblems,
  validationProblem,
  variableProblems,
  type Problem,
} from "#tests/sandbox/shopify/graphql-problems.ts";
import { mutationRoot } from "#tests/sandbox/shopify/mutations/mutation-root.ts";
import { actualCost, requestedCost } from "#tests/sandbox/shopify/query-cost.ts";
import { queryRoot } from "#tests/sandbox/shopify/query-root.ts";
import { resolveField, resolveType } from "#tests/sandbox/shopify/resolve-field.ts";
import { loadAdminSchema } from "#tests/sandbox/shopify/schema/load-schema.ts";

const MAX_QUERY_COST = 1000;
const RATE_DOCUMENTATION = "https://shopify.dev/api/usage/rate-limits";

export interface AdminRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

export interface AdminAnswer {
  data?: unknown;
  errors?: unknown[];
  extensions?: Record<string, unknown>;
}

interface Prepared {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

function prepare(request: AdminRequest): Prepared | { problems: Problem[] } {
  const schema = loadAdminSchema();
  let document: DocumentNode;
  try {
    document = parse(request.query);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problems: [{ message, extensions: { code: "PARSE_ERROR" } }] };
  }
  const invalid = validate(schema, document, specifiedRules);
  if (invalid.length > 0) return { problems: invalid.map(validationProblem) };
  const operation = getOperationAST(document, request.operationName ?? null);
  if (!operation) return { problems: [{ message: "No operation to run", extensions: { code: "BAD_REQUEST" } }] };
  const problems = [...variableProblems(schema, operation, request.variables), ...idempotencyProblems(operation)];
  return problems.length > 0 ? { problems } : { document, operation };
}

function tooExpensive(cost: number): AdminAnswer {
  const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).`;
  const extensions = { code: "MAX_COST_EXCEEDED", cost, maxCost: MAX_QUERY_COST, documentation: RATE_DOCUMENTATION };
  return { errors: [{ message, extensions }] };
}

function costExtension(requested: number, actual: number | null, bucket: CostBucket): Record<string, unknown> {
  return { cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() } };
}

async function run({ document, operation }: Prepared, request: AdminRequest, context: AdminContext) {
  return execute({
    schema: loadAdminSchema(),
    document,
    rootValue: operation.operation === "mutation" ? mutationRoot(context) : queryRoot(context),
    contextValue: context,
    variableValues: request.variables,
    operationName: operation.name?.value ?? null,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
}

/** One request to the Admin API: validated, paid from the bucket, executed. Everything but a bad token is HTTP 200. */
export async function answerAdminRequest(
  request: AdminRequest,
  context: AdminContext,
  bucket: CostBucket,
): Promise<AdminAnswer> {
  const prepared = prepare(request);
  if ("problems" in prepared) return { errors: prepared.problems };
  const { document, operation } = prepared;
  const requested = requestedCost(loadAdminSchema(), document, {
    node: operation,
    variables: request.variables,
  });
  if (requested > MAX_QUERY_COST) return tooExpensive(requested);
  if (!bucket.take(requested)) {
    const extensions = { code: "THROTTLED", documentation: RATE_DOCUMENTATION };
    return { errors: [{ message: "Throttled", extensions }], extensions: costExtension(requested, null, bucket) };
  }
  const result = await run(prepared, request, context);
  const actual = actualCost(requested, operation.operation === "mutation", result.data);
  bucket.giveBack(requested - actual);
  const errors = result.errors?.map((error) => (error instanceof GraphQLError ? error.toJSON() : error));
  return { data: result.data, ...(errors ? { errors } : {}), extensions: costExtension(requested, actual, bucket) };
}
