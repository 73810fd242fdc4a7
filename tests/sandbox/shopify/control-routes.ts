import express, { Router, type Request, type Response } from "express";
import {
  changeScopes,
  requestCompliance,
  uninstallApp,
  updateShop,
  type ComplianceKind,
} from "#tests/sandbox/shopify/app-lifecycle.ts";
import { listParcels } from "#tests/sandbox/shopify/list-parcels.ts";
import type { SandboxCore, SandboxShop } from "#tests/sandbox/shopify/sandbox-core.ts";
import { COMPLIANCE_TOPICS } from "#tests/sandbox/shopify/webhook-router.ts";
import type { OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

type Body = Record<string, unknown>;
type Handler = (shop: SandboxShop, body: Body, request: Request) => unknown;

function orderSummary(shop: SandboxShop, order: OrderRecord) {
  const { store } = shop;
  const customer = store.customer(order.customerId);
  return {
    ...order,
    customerName: customer ? `${customer.firstName} ${customer.lastName}` : null,
    fulfillmentState: store.fulfillmentState(order),
    fulfillments: store.fulfillmentsOf(order.id),
  };
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
type Tracking = Parameters<SandboxShop["actions"]["fulfil"]>[1];
type Lines = Parameters<SandboxShop["actions"]["fulfil"]>[2];

/** What can be done to one shop: POST /control/shops/:shop/<name> with a JSON body. */
const SHOP_ACTIONS: Record<string, Handler> = {
  "place-order": (shop, body) => orderSummary(shop, shop.actions.placeOrder(body)),
  fulfil: (shop, body) => {
    const tracking = list(body["tracking"]) as Tracking;
    return shop.actions.fulfil(String(body["order"]), tracking, body["lines"] as Lines);
  },
  "edit-tracking": (shop, body) =>
    shop.actions.editTracking(String(body["fulfillment"]), list(body["tracking"]) as Tracking),
  "cancel-fulfillment": (shop, body) => shop.actions.cancelFulfillment(String(body["fulfillment"])),
  "cancel-order": (shop, body) => orderSummary(shop, shop.actions.cancelOrder(String(body["order"]))),
  "add-line": (shop, body) =>
    orderSummary(
      shop,
      shop.actions.addLine(String(body["order"]), String(body["variant"]), Number(body["quantity"] ?? 1)),
    ),
  "add-event": (shop, { fulfillment, status, ...rest }) =>
    shop.actions.addFulfillmentEvent(String(fulfillment), { ...rest, status: String(status) }),
  "update-shop": (shop) => updateShop(shop),
};

function fail(response: Response, error: unknown): void {
  response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
}

function appActions(core: SandboxCore): Record<string, Handler> {
  return {
    uninstall: (shop) => uninstallApp(core, shop),
    install: (shop) => {
      shop.store.records.installation.installed = true;
    },
    scopes: (shop, body) => changeScopes(core, shop, list(body["scopes"]).map(String)),
    compliance: (shop, body) => {
      const topic = String(body["topic"]);
      if (!COMPLIANCE_TOPICS.includes(topic)) throw new Error(`topic must be one of ${COMPLIANCE_TOPICS.join(", ")}`);
      const customer = body["customer"];
      requestCompliance(shop, topic as ComplianceKind, typeof customer === "string" ? customer : undefined);
    },
    "expire-tokens": (shop) => core.tokens.expireAccess(shop.store.facts.domain),
    "id-token": async (shop) => ({ token: await core.tokens.idToken(shop.store.facts.domain) }),
    "customer-token": async (shop, body) => {
      const customer = typeof body["customer"] === "string" ? body["customer"] : undefined;
      return { token: await core.tokens.customerToken(shop.store.facts.domain, customer) };
    },
  };
}

/** What a page refuses (an unknown shop, an unknown order) is an answer in JSON and not an error page. */
function guard(answer: express.RequestHandler): express.RequestHandler {
  return (request, response, next) => {
    try {
      answer(request, response, next);
    } catch (error) {
      fail(response, error);
    }
  };
}

const param = (request: Request, name: string): string => String(request.params[name] ?? "");

function readRoutes(core: SandboxCore, router: Router): void {
  router.get("/shops", (_request, response) => {
    const shops = [...core.shops.values()].map(({ store }) => ({
      domain: store.facts.domain,
      name: store.facts.name,
      installed: store.records.installation.installed,
      orders: store.records.orders.length,
    }));
    response.json({ shops });
  });
  const orders = guard((request, response) => {
    const shop = core.requireShop(param(request, "shop"));
    const limit = Math.min(Number(request.query["limit"] ?? 50), 500);
    const newest = shop.store.records.orders.slice(-limit).reverse();
    response.json({ orders: newest.map((order) => orderSummary(shop, order)) });
  });
  const order = guard((request, response) => {
    const shop = core.requireShop(param(request, "shop"));
    response.json(orderSummary(shop, shop.actions.requireOrder(param(request, "order"))));
  });
  const catalog = guard((request, response) => {
    const { products, customers } = core.requireShop(param(request, "shop")).store.records;
    response.json({ products, customers });
  });
  const parcels = guard((request, response) => {
    response.json({ parcels: listParcels(core.requireShop(param(request, "shop")).store) });
  });
  router.get("/shops/:shop/orders", orders);
  router.get("/shops/:shop/orders/:order", order);
  router.get("/shops/:shop/catalog", catalog);
  router.get("/shops/:shop/parcels", parcels);
  router.get("/calls", (_request, response) => {
    response.json({ calls: core.log.calls.toReversed() });
  });
  router.get("/webhooks", (_request, response) => {
    response.json({ options: core.webhooks.options, deliveries: core.webhooks.deliveries.slice(-200).reverse() });
  });
}

/** JSON over HTTP for the console and the tests. */
export function controlRoutes(core: SandboxCore): Router {
  const router = Router();
  router.use(express.json({ limit: "1mb" }));
  readRoutes(core, router);
  router.post("/webhooks/options", (request, response) => {
    Object.assign(core.webhooks.options, request.body as object);
    response.json({ options: core.webhooks.options });
  });
  router.post("/webhooks/repeat", (request, response) => {
    response.json({ repeated: core.webhooks.repeat(String((request.body as Body)["webhookId"])) });
  });
  router.post("/api", (request, response) => {
    const body = request.body as Body;
    if (typeof body["latencyMs"] === "number") core.latencyMs = body["latencyMs"];
    if (Array.isArray(body["failures"])) core.failures = body["failures"].map(Number);
    response.json({ latencyMs: core.latencyMs, failures: core.failures });
  });
  const actions: Record<string, Handler> = { ...SHOP_ACTIONS, ...appActions(core) };
  router.post("/shops/:shop/:action", (request, response) => {
    const handler = Object.hasOwn(actions, request.params["action"]) ? actions[request.params["action"]] : undefined;
    if (!handler) return void response.status(404).json({ error: `no action ${request.params["action"]}` });
    const work = async () => handler(core.requireShop(request.params["shop"]), (request.body ?? {}) as Body, request);
    work().then(
      (result) => {
        core.onChange();
        response.json(result ?? { ok: true });
      },
      (error: unknown) => fail(response, error),
    );
  });
  return router;
}
