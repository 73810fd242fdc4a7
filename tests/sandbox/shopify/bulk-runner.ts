import { execute, parse } from "graphql";
import { resolveField, resolveType } from "#tests/sandbox/shopify/resolve-field.ts";
import type { AdminContext } from "#tests/sandbox/shopify/graphql-context.ts";
import { queryRoot } from "#tests/sandbox/shopify/query-root.ts";
import { restTime } from "#tests/sandbox/shopify/rest/rest-values.ts";
import { loadAdminSchema } from "#tests/sandbox/shopify/schema/load-schema.ts";
import type { BulkRecord } from "#tests/sandbox/shopify/store-records.ts";

interface Counts {
  lines: string[];
  roots: number;
}

const isConnection = (value: unknown): value is { edges: { node: Record<string, unknown> }[] } =>
  typeof value === "object" && value !== null && Array.isArray((value as { edges?: unknown }).edges);

/** A node is one line; the nodes of its connections follow as lines of their own with `__parentId`. */
function writeNode(node: Record<string, unknown>, parentId: string | null, counts: Counts): void {
  const own: Record<string, unknown> = {};
  const children: Record<string, unknown>[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (isConnection(value)) children.push(...value.edges.map((edge) => edge.node));
    else own[key] = value;
  }
  counts.lines.push(JSON.stringify(parentId === null ? own : { ...own, __parentId: parentId }));
  for (const child of children) writeNode(child, String(node["id"]), counts);
}

function writeRoots(value: unknown, counts: Counts): void {
  if (typeof value !== "object" || value === null) return;
  if (isConnection(value)) {
    counts.roots += value.edges.length;
    for (const edge of value.edges) writeNode(edge.node, null, counts);
    return;
  }
  for (const entry of Object.values(value)) writeRoots(entry, counts);
}

async function fill(context: AdminContext, bulk: BulkRecord): Promise<void> {
  const result = await execute({
    schema: loadAdminSchema(),
    document: parse(bulk.query),
    rootValue: queryRoot(context),
    contextValue: context,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  if (result.errors?.length) {
    bulk.status = "FAILED";
    bulk.errorCode =
      result.errors[0]?.extensions["code"] === "ACCESS_DENIED" ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR";
    return;
  }
  const counts: Counts = { lines: [], roots: 0 };
  writeRoots(result.data, counts);
  bulk.status = "COMPLETED";
  bulk.objectCount = counts.lines.length;
  bulk.rootObjectCount = counts.roots;
  bulk.result = counts.lines.map((line) => `${line}\n`).join("");
}

/** Runs one operation to its end and sends `bulk_operations/finish`. A cancelled one is left alone. */
export async function runBulkOperation(context: AdminContext, id: string): Promise<void> {
  const bulk = context.store.records.bulk.find((candidate) => candidate.id === id);
  if (!bulk || bulk.status === "CANCELED") return;
  bulk.status = "RUNNING";
  await fill({ ...context, bulk: true }, bulk);
  const zone = context.store.facts.timeZone;
  bulk.completedAt = context.store.now();
  context.actions.send({
    topic: "bulk_operations/finish",
    body: {
      admin_graphql_api_id: bulk.id,
      completed_at: restTime(bulk.completedAt, zone),
      created_at: restTime(bulk.createdAt, zone),
      error_code: bulk.errorCode?.toLowerCase() ?? null,
      status: bulk.status.toLowerCase(),
      type: "query",
    },
  });
}
