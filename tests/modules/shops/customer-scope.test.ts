import { beforeEach, describe, expect, it } from "vitest";
import { customerRequestSchema, findCustomerScope } from "#app/modules/shops/customer-scope.server.ts";
import { makeOrder, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openEdge } from "./edge-services.ts";

const edge = keepOpen(openEdge);
let shopId: string;

beforeEach(async () => {
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
});

const order = (options: { id?: string; email?: string | null; customerId?: string | null; owner?: string }) =>
  edge.services.db.forShop(options.owner ?? shopId, async (tx) => {
    const { owner = shopId, ...rest } = options;
    return (await makeOrder(tx, edge.clock, { shopId: owner, ...rest })).orderId;
  });

const scopeOf = (body: unknown) =>
  edge.services.db.forShop(shopId, (tx) => findCustomerScope(tx, shopId, customerRequestSchema.parse(body)));

describe("whom a privacy request is about", () => {
  it("an e-mail is the same in any case, and its characters mean only themselves", async () => {
    const theirs = await order({ email: "Jo_Lee%1@example.com" });
    await order({ email: "joXleeYY1@example.com" });
    await order({ email: "jo.lee%1@example.com" });
    const scope = await scopeOf({ customer: { email: " jo_lee%1@EXAMPLE.com " } });
    expect(scope.orderIds).toEqual([theirs]);
  });

  it("orders are found by their number, their customer and the contact, each once", async () => {
    const named = await order({ id: "gid://shopify/Order/9007199254740993", email: null });
    const byCustomer = await order({ customerId: "gid://shopify/Customer/77", email: null });
    const byEmail = await order({ customerId: "gid://shopify/Customer/77", email: "jo@example.com" });
    await order({ customerId: "gid://shopify/Customer/777", email: null });
    const customer = { id: 77, email: "jo@example.com" };
    const scope = await scopeOf({ customer, orders_to_redact: ["9007199254740993"] });
    expect(scope.orderIds).toEqual([named, byCustomer, byEmail].sort());
    expect(scope.customerId).toBe("gid://shopify/Customer/77");
  });

  it.each([
    ["nobody at all", {}],
    ["a customer without anything", { customer: { id: null, email: "  ", phone: "" } }],
    ["empty lists", { customer: null, orders_requested: [], orders_to_redact: [] }],
  ])("%s takes no order", async (_name, body) => {
    await order({ email: null });
    await order({ email: "" });
    expect((await scopeOf(body)).orderIds).toEqual([]);
  });

  it("the same customer's orders in another shop stay out of it", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    await order({ owner: other.shopId, email: "jo@example.com" });
    expect((await scopeOf({ customer: { email: "jo@example.com" } })).orderIds).toEqual([]);
  });

  it.each([["-5"], ["1e9"], ["1; DROP"], [1.5]])("an order number such as %s is refused", (id) => {
    expect(customerRequestSchema.safeParse({ orders_to_redact: [id] }).success).toBe(false);
  });
});
