import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { scopeProblems } from "../checks/check-graphql.ts";
import { collectDocuments, type FoundDocument } from "../checks/collect-documents.ts";
import { type AccessRules, checkDocument } from "../checks/document-rules.ts";
import { requestedCost } from "#tests/sandbox/shopify/query-cost.ts";
import { appToml } from "./app-toml.ts";

const schema = buildSchema(/* GraphQL */ `
  directive @idempotent(key: String!) on FIELD
  type Money {
    amount: String
  }
  type Line {
    id: ID!
    old: String @deprecated(reason: "use id")
  }
  type LineConnection {
    nodes: [Line!]!
    edges: [LineEdge!]!
  }
  type LineEdge {
    node: Line!
  }
  type Fulfillment {
    events(first: Int): LineConnection!
  }
  type Order {
    id: ID!
    total: Money
    lines(first: Int): LineConnection!
    fulfillments: [Fulfillment!]!
  }
  type OrderEdge {
    node: Order!
  }
  type OrderConnection {
    nodes: [Order!]!
    edges: [OrderEdge!]!
  }
  type Query {
    order(id: ID!): Order
    node(id: ID!): Order
    orders(first: Int): OrderConnection!
  }
  type Mutation {
    refundCreate(id: ID!): Order
    eventCreate(id: ID!): Order
  }
`);

const access: AccessRules = {
  idempotency: { required: ["refundCreate"] },
  scopes: { Order: [["read_orders"]], "Mutation.eventCreate": [["write_fulfillments"]] },
};

const document = (text: string, changes: Partial<FoundDocument> = {}): FoundDocument => ({
  file: "app/x.ts",
  line: 1,
  constant: null,
  text,
  bulk: false,
  scopes: [],
  ...changes,
});

const problems = (text: string, changes: Partial<FoundDocument> = {}): string[] =>
  checkDocument(document(text, changes), schema, access).problems;

/** Eight connections side by side. */
const LINES = Array.from("abcdefgh", (alias) => `${alias}: lines(first: 250) { nodes { id } }`).join(" ");

describe("one document", () => {
  test("a good one has no problem and tells its scopes", () => {
    const report = checkDocument(document("query Q { orders(first: 5) { nodes { id } } }"), schema, access);
    expect(report).toEqual({ problems: [], groups: [["read_orders"], ["read_orders"]] });
  });

  test.each([
    ["an unknown field", "query Q { order(id: 1) { colour } }", 'Cannot query field "colour"'],
    [
      "a deprecated field",
      "query Q { orders(first: 1) { nodes { lines(first: 1) { nodes { old } } } } }",
      "deprecated",
    ],
    ["bad syntax", "query Q {", "Syntax Error"],
    ["no name", "{ order(id: 1) { id } }", "needs a name"],
    ["two operations", "query A { order(id: 1) { id } } query B { order(id: 1) { id } }", "several operations"],
    ["a missing idempotency key", "mutation M { refundCreate(id: 1) { id } }", "refundCreate needs @idempotent"],
    ["too high a cost", `query Q { orders(first: 250) { nodes { ${LINES} } } }`, "points"],
  ])("refuses %s", (_name, text, problem) => {
    expect(problems(text).join("\n")).toContain(problem);
  });

  test("accepts an idempotency key", () => {
    expect(problems('mutation M { refundCreate(id: 1) @idempotent(key: "k") { id } }')).toEqual([]);
  });

  test("adds the scopes that the author knows of", () => {
    const found = document("mutation M { eventCreate(id: 1) { id } }", { scopes: ["write_orders"] });
    expect(checkDocument(found, schema, access).groups).toEqual([
      ["write_fulfillments"],
      ["read_orders"],
      ["write_orders"],
    ]);
  });
});

test("a connection costs by the logarithm of its size", () => {
  const cost = (text: string): number => {
    const parsed = parse(text);
    return requestedCost(schema, parsed, { node: parsed.definitions[0] as OperationDefinitionNode, variables: {} });
  };
  expect(cost("query Q { order(id: 1) { id total { amount } } }")).toBe(2);
  expect(cost("query Q { orders(first: 1) { nodes { id } } }")).toBe(2 + 1);
  expect(cost("query Q { orders(first: 250) { nodes { id } } }")).toBe(2 + 11);
  expect(cost("query Q($n: Int = 10) { orders(first: $n) { edges { node { id } } } }")).toBe(2 + 4 * (1 + 1));
  expect(cost("query Q($n: Int) { orders(first: $n) { nodes { id } } }")).toBe(2 + 11);
});

describe("a bulk query", () => {
  const bulk = (text: string): string => problems(text, { bulk: true }).join("\n");

  test("is fine with edges, nodes and ids", () => {
    expect(bulk("query B { orders { edges { node { id lines { edges { node { id } } } } } } }")).toBe("");
  });

  test.each([
    ["variables", "query B($n: Int) { orders(first: $n) { edges { node { id } } } }", "cannot use variables"],
    ["no connection", "query B { order(id: 1) { id } }", "at least one connection"],
    ["nodes instead of edges", "query B { orders { nodes { id } } }", "using 'edges' > 'node'"],
    ["nodes without id", "query B { orders { edges { node { total { amount } } } } }", "with 'id'"],
    [
      "a connection in a list",
      "query B { orders { edges { node { id fulfillments { events { edges { node { id } } } } } } } }",
      "within a list field",
    ],
    ["a top-level node", "query B { node(id: 1) { id lines { edges { node { id } } } } }", "top level `node`"],
    ["fragments", "query B { orders { edges { node { ...F } } } } fragment F on Order { id }", "without fragments"],
  ])("is refused with %s", (_name, text, problem) => {
    expect(bulk(text)).toContain(problem);
  });
});

describe("collecting", () => {
  const collect = (files: Record<string, string>) => collectDocuments(new Map(Object.entries(files)));

  test("puts fragments of other files in, each once", () => {
    const { documents, problems: found } = collect({
      "a.ts":
        "export const MONEY = `#graphql\n fragment M on Money { amount }`;\nconst ORDER = `#graphql\n fragment O on Order { total { ...M } }\n${MONEY}`;",
      "b.ts":
        "const Q = `#graphql\n # scopes: write_orders, read_x\n query Q { order(id: 1) { ...O total { ...M } } }\n ${ORDER} ${MONEY}`;",
    });
    expect(found).toEqual([]);
    const query = documents.find(({ file }) => file === "b.ts");
    expect(query?.text.match(/fragment M/g)).toHaveLength(1);
    expect(query?.scopes).toEqual(["write_orders", "read_x"]);
    expect(problems(query?.text ?? "")).toEqual([]);
  });

  test("reports what it cannot put in, and where", () => {
    expect(collect({ "a.ts": "\n\nconst Q = `#graphql\n query Q { a } ${ELSEWHERE}`;" }).problems).toEqual([
      "a.ts:3 puts in ELSEWHERE, which is no #graphql constant",
    ]);
  });

  test("reports GraphQL that hides from the checks", () => {
    expect(collect({ "a.ts": "const Q = `query Q { a }`;" }).problems[0]).toContain("looks like GraphQL");
  });

  test("a comment that only speaks of `#graphql` is no document", () => {
    expect(collect({ "a.ts": "/** A `#graphql` text. */ const x = `y`;" })).toEqual({ documents: [], problems: [] });
  });

  test("knows a bulk query by its mark", () => {
    expect(collect({ "a.ts": "const Q = `#graphql\n # bulk\n query Q { a }`;" }).documents[0]?.bulk).toBe(true);
  });
});

describe("scopes", () => {
  const said = (scopes: string, groups: string[][]): string[] =>
    scopeProblems(appToml({ scopes, topics: ["orders/create", "shop/update"] }), groups, () => undefined);

  test("exactly what is needed passes", () => {
    expect(said("read_orders,write_fulfillments,write_app_proxy", [["write_fulfillments"]])).toEqual([]);
  });

  test.each([
    ["a missing one", "read_orders", [["write_fulfillments"]], "lacks a scope: write_fulfillments"],
    ["a topic's", "write_fulfillments", [["write_fulfillments"]], "lacks a scope: read_orders"],
    ["a needless one", "read_orders,read_products", [["read_orders"]], "read_products, which nothing needs"],
    ["one that is too wide", "write_orders", [["read_orders"]], "only its read part"],
  ])("%s is reported", (_name, scopes, groups, problem) => {
    expect(said(scopes, groups).join("\n")).toContain(problem);
  });

  test("a topic that nobody has looked up is reported", () => {
    const app = appToml({ topics: ["markets/create"] });
    expect(scopeProblems(app, [], () => undefined).join("\n")).toContain("topic markets/create");
  });
});
