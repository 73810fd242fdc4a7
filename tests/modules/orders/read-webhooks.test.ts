import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readFulfillmentEvent } from "#app/modules/orders/read-fulfillment-event.ts";
import { readFulfillmentWebhook } from "#app/modules/orders/read-fulfillment-webhook.ts";
import { readOrderWebhook } from "#app/modules/orders/read-order-webhook.ts";

type Body = Record<string, unknown>;

const fixture = (name: string): Body =>
  JSON.parse(readFileSync(new URL(`../../fixtures/shopify/${name}`, import.meta.url), "utf8")) as Body;
const order = (changes: Body = {}) => ({ ...fixture("orders-create.json"), ...changes });
const fulfillment = (changes: Body = {}) => ({ ...fixture("fulfillments-create.json"), ...changes });

describe("an order's webhook body", () => {
  test("is read with ids beyond 2^53, unknown keys and all", () => {
    const { value, problems } = readOrderWebhook(order());
    expect(problems).toEqual([]);
    expect(value).toEqual({
      id: "gid://shopify/Order/820982911946154508",
      name: "EU-2210",
      confirmationNumber: "XK4T9PLQM",
      checkoutToken: "7b0c52d1e6f94a0fb3c1",
      customerId: "gid://shopify/Customer/9007199254740993",
      email: "juno.okafor@example.org",
      phone: "+4930555012",
      locale: "de-DE",
      emailMarketing: false,
      customer: null,
      total: { minor: 7980n, currency: "EUR" },
      financialStatus: "paid",
      fulfillmentStatus: null,
      shipTo: {
        ...{ name: "Juno Okafor", city: "Kassel", provinceCode: null, postalCode: "34117", countryCode: "DE" },
        phone: "+4930555012",
      },
      shippingTitle: "DHL Paket",
      tags: ["VIP", "gift"],
      test: false,
      requiresShipping: true,
      placedAt: new Date("2026-10-28T15:41:07Z"),
      cancelledAt: null,
      updatedAt: new Date("2026-10-28T15:41:12Z"),
      lines: [
        {
          id: "gid://shopify/LineItem/9007199254740995",
          title: "Kaffeemühle",
          variantTitle: "Schwarz",
          sku: "KM-02-S",
          quantity: 1,
          price: { minor: 6990n, currency: "EUR" },
          imageUrl: null,
          requiresShipping: true,
          productTags: null,
        },
        {
          id: "gid://shopify/LineItem/466157049",
          title: "Gutschein",
          variantTitle: null,
          sku: null,
          // Taken out of the order by an edit.
          quantity: 0,
          price: { minor: 495n, currency: "EUR" },
          imageUrl: null,
          requiresShipping: false,
          productTags: null,
        },
      ],
      fulfillments: [],
    });
  });

  test("without the approval for protected data has no customer, and is an order all the same", () => {
    const { value, problems } = readOrderWebhook(
      order({ customer: null, email: null, contact_email: null, phone: null, shipping_address: null }),
    );
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ customerId: null, email: null, phone: null, shipTo: null });
    expect(value.lines).toHaveLength(2);
  });

  test("with 250 lines keeps every one of them", () => {
    const lines = Array.from({ length: 250 }, (_, index) => ({ id: 1_000 + index, title: `T${index}`, quantity: 1 }));
    const { value } = readOrderWebhook(order({ line_items: lines }));
    expect(value.lines?.map((line) => line.id)).toEqual(lines.map((line) => `gid://shopify/LineItem/${line.id}`));
  });

  test("loses a line that cannot be read, says which one, and keeps the others", () => {
    const { value, problems } = readOrderWebhook(
      order({
        line_items: [
          { id: 1, title: "Good", quantity: 1, price: "3.00" },
          { id: 2, title: "Bad", quantity: "many" },
          "not a line",
          { id: 4, title: "Odd price", quantity: 1, price: "free" },
        ],
      }),
    );
    expect(value.lines?.map(({ title, price }) => [title, price?.minor ?? null])).toEqual([
      ["Good", 300n],
      ["Odd price", null],
    ]);
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "line_items[1].quantity",
      "line_items[2]",
      "line_items[3].price",
    ]);
  });

  test("never takes a number that JSON has rounded", () => {
    const rounded = { id: Number("820982911946154508"), admin_graphql_api_id: undefined };
    expect(() => readOrderWebhook(order(rounded))).toThrow(/^id: this id has lost digits/);
    expect(readOrderWebhook(order({ id: 5, admin_graphql_api_id: "gid://shopify/Cart/9" })).value.id).toBe(
      "gid://shopify/Order/5",
    );
  });

  test.each<[string, unknown, RegExp]>([
    ["nothing", null, /^: expected an object/],
    ["a list", [], /^: expected an object/],
    ["no id", order({ id: null, admin_graphql_api_id: null }), /^id: /],
    ["no name", order({ name: "" }), /^name: expected some text/],
    ["no currency", order({ currency: "euro" }), /^currency: expected a currency code/],
    ["no amount", order({ total_price: "a lot" }), /^total_price: not an amount of money/],
    ["a local time", order({ updated_at: "2026-10-28T16:41:12" }), /^updated_at: expected a time with its offset/],
  ])("with %s is refused with the path of what is wrong", (_name, body, message) => {
    expect(() => readOrderWebhook(body)).toThrow(message);
  });

  test("is cleaned of what PostgreSQL cannot store", () => {
    const { value } = readOrderWebhook(order({ name: "#1\u0000\u0007\ud800!", tags: "a\u0000b,\udc00" }));
    expect(value.name).toBe("#1 !");
    expect(value.tags).toEqual(["a b"]);
  });
});

describe("a fulfillment's webhook body", () => {
  test("gives each tracking number once, with its link where there is one", () => {
    const { value, problems } = readFulfillmentWebhook(fulfillment());
    expect(problems).toEqual([]);
    expect(value).toMatchObject({
      id: "gid://shopify/Fulfillment/9223372036854775805",
      orderId: "gid://shopify/Order/820982911946154508",
      status: "success",
      nativeStatus: null,
      tracking: [
        {
          company: "DHL",
          number: "00340434161094042557",
          url: "https://www.dhl.example/track?n=00340434161094042557",
        },
        { company: "DHL", number: "00340434161094042564", url: null },
      ],
      lines: [{ lineId: "gid://shopify/LineItem/9007199254740995", quantity: 1 }],
    });
  });

  test.each<[string, Body, string[]]>([
    ["no numbers at all", { tracking_number: null, tracking_numbers: [], tracking_urls: [] }, []],
    ["no list of numbers", { tracking_number: "A1", tracking_numbers: null, tracking_urls: null }, ["A1"]],
    ["an unreadable number", { tracking_numbers: ["A1", 7, "A2"], tracking_urls: [] }, ["A1", "A2"]],
  ])("with %s is read", (_name, changes, numbers) => {
    expect(readFulfillmentWebhook(fulfillment(changes)).value.tracking.map((one) => one.number)).toEqual(numbers);
  });

  test.each<[string, Body, string | null]>([
    ["in transit", { shipment_status: "in_transit" }, "in_transit"],
    ["merely fulfilled", { shipment_status: "fulfilled" }, null],
    ["cancelled", { shipment_status: "in_transit", status: "cancelled" }, null],
  ])("that is %s has this native status", (_name, changes, expected) => {
    expect(readFulfillmentWebhook(fulfillment(changes)).value.nativeStatus).toBe(expected);
  });

  test("without its order is refused", () => {
    expect(() => readFulfillmentWebhook(fulfillment({ order_id: "x" }))).toThrow(/^order_id: /);
  });
});

describe("a fulfillment event's webhook body", () => {
  test("is read with the instant and the text of its time", () => {
    const { value } = readFulfillmentEvent(fixture("fulfillment-events-create.json"));
    expect(value).toEqual({
      orderId: "gid://shopify/Order/820982911946154508",
      fulfillmentId: "gid://shopify/Fulfillment/9223372036854775805",
      event: {
        id: "gid://shopify/FulfillmentEvent/9007199254741111",
        status: "out_for_delivery",
        message: "In Zustellung",
        happenedAt: new Date("2026-10-30T07:15:00Z"),
        happenedAtText: "2026-10-30T08:15:00+01:00",
        city: "Kassel",
        province: null,
        country: "DE",
        postalCode: "34117",
        estimatedDeliveryAt: new Date("2026-10-30T15:00:00Z"),
      },
    });
  });

  test("with an unreadable time keeps the event and says so", () => {
    const body = { ...fixture("fulfillment-events-create.json"), happened_at: "yesterday" };
    const { value, problems } = readFulfillmentEvent(body);
    expect(value.event.happenedAt).toBeNull();
    expect(problems).toEqual(["happened_at: expected a time with its offset"]);
  });
});
