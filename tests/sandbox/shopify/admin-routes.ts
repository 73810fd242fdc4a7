import { setTimeout as sleep } from "node:timers/promises";
import express, { Router, type Request, type Response } from "express";
import { oauthRoute } from "#tests/sandbox/shopify/oauth-route.ts";
import { answerAdminRequest } from "#tests/sandbox/shopify/admin-api.ts";
import type { SandboxCore } from "#tests/sandbox/shopify/sandbox-core.ts";

const BODY_LIMIT = "2mb";

async function adminGraphql(core: SandboxCore, request: Request, response: Response): Promise<void> {
  const domain = String(request.header("x-loopback-shop") ?? "");
  const shop = core.shops.get(domain);
  const body = (request.body ?? {}) as { query?: unknown; variables?: unknown; operationName?: unknown };
  const query = typeof body.query === "string" ? body.query : "";
  const name =
    typeof body.operationName === "string"
      ? body.operationName
      : (/(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? "anonymous");
  const log = (status: number, detail?: unknown): void =>
    core.log.add({ at: core.clock.now().toISOString(), kind: "graphql", shop: domain, what: name, status, detail });
  const failure = core.nextFailure();
  if (failure) {
    log(failure);
    response.status(failure).json({ errors: "The sandbox was told to fail" });
    return;
  }
  const grant = shop?.store.records.installation.installed
    ? core.tokens.use(domain, request.header("x-shopify-access-token"))
    : null;
  if (!shop || !grant) {
    log(401);
    response
      .status(401)
      .json({ errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" });
    return;
  }
  const variables = typeof body.variables === "object" && body.variables !== null ? body.variables : {};
  const context = core.context(shop, new Set(grant.scope.split(",").filter(Boolean)));
  if (core.latencyMs > 0) await sleep(core.latencyMs);
  const answer = await answerAdminRequest(
    { query, variables: variables as Record<string, unknown> },
    context,
    shop.bucket,
  );
  log(200, { variables, errors: answer.errors });
  response.set("x-request-id", crypto.randomUUID()).json(answer);
}

/** The parts of Shopify that the app calls: OAuth, Admin GraphQL, bulk results. */
export function adminRoutes(core: SandboxCore): Router {
  const router = Router();
  const parse = [express.json({ limit: BODY_LIMIT }), express.urlencoded({ extended: false })];
  const nowMs = () => core.clock.now().getTime();
  const shop = (domain: string) => core.shops.get(domain)?.store;
  router.post("/admin/oauth/access_token", ...parse, logOauth(core), oauthRoute({ tokens: core.tokens, shop, nowMs }));
  router.post(`/admin/api/${core.apiVersion}/graphql.json`, ...parse, (request, response, next) => {
    adminGraphql(core, request, response).catch(next);
  });
  router.post("/admin/api/:version/graphql.json", (request, response) => {
    response
      .status(404)
      .json({ errors: `The sandbox Shopify speaks ${core.apiVersion}, not ${request.params["version"]}` });
  });
  router.get("/bulk/:shop/:file", (request, response) => {
    const id = `gid://shopify/BulkOperation/${String(request.params["file"]).replace(/\.jsonl$/, "")}`;
    const bulk = core.shops.get(String(request.params["shop"]))?.store.records.bulk.find((one) => one.id === id);
    if (!bulk?.result) response.status(404).type("text/plain").send("no such result");
    else response.type("application/jsonl").send(bulk.result);
  });
  return router;
}

function logOauth(core: SandboxCore): express.RequestHandler {
  return (request, response, next) => {
    const shop = String(request.header("x-loopback-shop") ?? "");
    const grantType = String((request.body as Record<string, unknown> | undefined)?.["grant_type"] ?? "");
    const what = grantType.includes("token-exchange") ? "token exchange" : grantType;
    response.on("finish", () => {
      core.log.add({ at: core.clock.now().toISOString(), kind: "oauth", shop, what, status: response.statusCode });
    });
    next();
  };
}
