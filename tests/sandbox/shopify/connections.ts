import { GraphQLError } from "graphql";
import type { Arguments, View } from "#tests/sandbox/shopify/graphql-context.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";

export interface ConnectionItem {
  id: string;
  /** Compared as text: ISO instants, padded numbers. Ties are settled by id. */
  sortValue: string;
  view: () => View;
}

interface Cursor {
  last_id: string;
  last_value: string;
}

const MAX_PAGE = 250;

const encode = (item: ConnectionItem): string =>
  Buffer.from(JSON.stringify({ last_id: legacyId(item.id), last_value: item.sortValue })).toString("base64");

function decode(cursor: unknown): Cursor | null {
  if (cursor === undefined || cursor === null) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(String(cursor), "base64").toString("utf8"));
    const { last_id, last_value } = parsed as Partial<Cursor>;
    if (typeof last_id === "string" && typeof last_value === "string") return { last_id, last_value };
  } catch {
    // falls through to the refusal below
  }
  throw new GraphQLError("Invalid cursor for current pagination sort.", { extensions: { code: "BAD_REQUEST" } });
}

function compare(value: string, id: string, other: Cursor): number {
  if (value !== other.last_value) return value < other.last_value ? -1 : 1;
  const difference = BigInt(id) - BigInt(other.last_id);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function requirePage(args: Arguments, bulk: boolean): { first: number | null; last: number | null } {
  const first = typeof args["first"] === "number" ? args["first"] : null;
  const last = typeof args["last"] === "number" ? args["last"] : null;
  if (bulk) return { first, last };
  if (first === null && last === null) {
    throw new GraphQLError("you must provide one of first or last", { extensions: { code: "BAD_REQUEST" } });
  }
  const size = first ?? last ?? 0;
  if (size < 1 || size > MAX_PAGE) {
    throw new GraphQLError(`first and last must be between 1 and ${MAX_PAGE}`, { extensions: { code: "BAD_REQUEST" } });
  }
  return { first, last };
}

/** A page by keyset: the cursor holds the last row's sort value and id, so rows that move do not shift the page. */
export function connection(items: ConnectionItem[], args: Arguments, bulk = false): View {
  const { first, last } = requirePage(args, bulk);
  const sign = args["reverse"] === true ? -1 : 1;
  const position = (item: ConnectionItem, cursor: Cursor) => sign * compare(item.sortValue, legacyId(item.id), cursor);
  const sorted = items.toSorted((a, b) => position(a, { last_id: legacyId(b.id), last_value: b.sortValue }));
  const after = decode(args["after"]);
  const before = decode(args["before"]);
  const inside = sorted.filter(
    (item) => (!after || position(item, after) > 0) && (!before || position(item, before) < 0),
  );
  const page = first !== null ? inside.slice(0, first) : last !== null ? inside.slice(-last) : inside;
  const [start, end] = [page[0], page.at(-1)];
  const edges = page.map((item) => ({ cursor: encode(item), node: item.view }));
  return {
    edges,
    nodes: () => page.map((item) => item.view()),
    pageInfo: {
      hasNextPage: end !== undefined && sorted.indexOf(end) < sorted.length - 1,
      hasPreviousPage: start !== undefined && sorted.indexOf(start) > 0,
      startCursor: start ? encode(start) : null,
      endCursor: end ? encode(end) : null,
    },
  };
}
