import { text, type AdminContext, type Arguments, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { bulkProblem } from "#tests/sandbox/shopify/bulk-rules.ts";
import { bulkView } from "#tests/sandbox/shopify/views/bulk-view.ts";

const MAX_RUNNING = 5;

function run(context: AdminContext, args: Arguments): View {
  const query = text(args, "query");
  const refuse = (code: string, message: string): View => ({
    bulkOperation: null,
    userErrors: [{ code, field: ["query"], message }],
  });
  const running = context.store.records.bulk.filter((bulk) => bulk.status === "CREATED" || bulk.status === "RUNNING");
  if (running.length >= MAX_RUNNING) {
    const id = running[0]?.id ?? "";
    return refuse(
      "OPERATION_IN_PROGRESS",
      `A bulk query operation for this app and shop is already in progress: ${id}.`,
    );
  }
  const problem = bulkProblem(query);
  if (problem) return refuse("INVALID", problem);
  const bulk = {
    id: context.store.nextId("BulkOperation"),
    query,
    status: "CREATED" as const,
    createdAt: context.store.now(),
    completedAt: null,
    objectCount: 0,
    rootObjectCount: 0,
    errorCode: null,
    result: null,
  };
  context.store.records.bulk.push(bulk);
  context.runBulk(bulk.id);
  return { bulkOperation: bulkView(context, bulk), userErrors: [] };
}

function cancel(context: AdminContext, args: Arguments): View {
  const bulk = context.store.records.bulk.find((candidate) => candidate.id === text(args, "id"));
  if (!bulk) return { bulkOperation: null, userErrors: [{ field: ["id"], message: "Bulk operation does not exist" }] };
  if (bulk.status !== "CREATED" && bulk.status !== "RUNNING") {
    const message = `A bulk operation cannot be canceled when it is ${bulk.status.toLowerCase()}`;
    return { bulkOperation: bulkView(context, bulk), userErrors: [{ field: null, message }] };
  }
  bulk.status = "CANCELED";
  bulk.completedAt = context.store.now();
  return { bulkOperation: bulkView(context, bulk), userErrors: [] };
}

export function bulkMutations(context: AdminContext): View {
  return {
    bulkOperationRunQuery: (args: Arguments) => run(context, args),
    bulkOperationCancel: (args: Arguments) => cancel(context, args),
  };
}
