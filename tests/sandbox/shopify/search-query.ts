import { GraphQLError } from "graphql";

/** Value of a searchable field: text, or several texts of which one must match (tags). */
export type SearchFields = Record<string, string | string[] | null>;

interface Term {
  field: string | null;
  operator: ":" | ":>=" | ":<=" | ":>" | ":<";
  value: string;
  negated: boolean;
}

const TERM = /(-|NOT\s+)?(?:([a-z_]+)(:>=|:<=|:>|:<|:))?("[^"]*"|'[^']*'|[^\s()]+)/y;

function badQuery(query: string, at: number): GraphQLError {
  return new GraphQLError(`The sandbox cannot read the search query at ${at}: ${query}`, {
    extensions: { code: "BAD_REQUEST" },
  });
}

/** Alternatives of terms: "a AND b OR c" is [[a, b], [c]]. Brackets are dropped, they change nothing in our queries. */
function parse(query: string): Term[][] {
  const alternatives: Term[][] = [[]];
  let at = 0;
  const flat = query.replace(/[()]/g, " ");
  while (at < flat.length) {
    const blank = /\s*/y;
    blank.lastIndex = at;
    at += blank.exec(flat)?.[0].length ?? 0;
    if (at >= flat.length) break;
    const word = /(AND|OR)\b/y;
    word.lastIndex = at;
    const joint = word.exec(flat)?.[0];
    if (joint) {
      if (joint === "OR") alternatives.push([]);
      at += joint.length;
      continue;
    }
    TERM.lastIndex = at;
    const match = TERM.exec(flat);
    if (!match) throw badQuery(query, at);
    at = TERM.lastIndex;
    const value = (match[4] ?? "").replace(/^["']|["']$/g, "");
    const operator = (match[3] ?? ":") as Term["operator"];
    alternatives.at(-1)?.push({ field: match[2] ?? null, operator, value, negated: match[1] !== undefined });
  }
  return alternatives;
}

const isInstant = (value: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(value);

/** Instants are compared to the second, as Shopify's index does; everything else as text without case. */
function comparable(value: string): string | number {
  if (isInstant(value) && !Number.isNaN(Date.parse(value))) return Math.floor(Date.parse(value) / 1000);
  return value.toLowerCase();
}

function matchesOne(actual: string, term: Term): boolean {
  if (term.value === "*") return actual !== "";
  const [left, right] = [comparable(actual), comparable(term.value)];
  switch (term.operator) {
    case ":":
      return typeof right === "string" && right.endsWith("*")
        ? String(left).startsWith(right.slice(0, -1))
        : left === right;
    case ":>=":
      return left >= right;
    case ":<=":
      return left <= right;
    case ":>":
      return left > right;
    case ":<":
      return left < right;
  }
}

function matchesTerm(fields: SearchFields, term: Term): boolean {
  if (term.field === null) {
    const all = Object.values(fields).flat();
    return all.some((value) => value !== null && value.toLowerCase().includes(term.value.toLowerCase()));
  }
  if (!(term.field in fields)) {
    throw new GraphQLError(`The sandbox cannot search by ${term.field}.`, {
      extensions: { code: "SANDBOX_UNSUPPORTED" },
    });
  }
  const actual = fields[term.field] ?? [];
  return [actual].flat().some((value) => matchesOne(value, term));
}

/** A predicate for a search text such as `updated_at:>='2026-11-01T00:00:00Z' AND status:open`. */
export function searchPredicate(query: unknown): (fields: SearchFields) => boolean {
  if (typeof query !== "string" || query.trim() === "") return () => true;
  const alternatives = parse(query);
  return (fields) => alternatives.some((terms) => terms.every((term) => matchesTerm(fields, term) !== term.negated));
}
