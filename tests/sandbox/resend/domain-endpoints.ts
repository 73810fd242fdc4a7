import type { RequestHandler, Router } from "express";

import { isRecord, jsonBody } from "../carriers/read-body.ts";
import { answerFound } from "./answer-found.ts";
import { resendError, sendError, validationError } from "./resend-error.ts";
import type { SenderDomain, SenderDomains } from "./sender-domains.ts";

const REGIONS = ["us-east-1", "eu-west-1", "sa-east-1", "ap-northeast-1"];
const FIELDS: ReadonlySet<string> = new Set(
  "name region custom_return_path open_tracking click_tracking tracking_subdomain tls capabilities".split(" "),
);
const NAME = /^(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

function render({ id, name, status, region, createdAt, ...domain }: SenderDomain) {
  return {
    ...{ id, name, status, created_at: createdAt, region },
    ...{ open_tracking: domain.openTracking, click_tracking: domain.clickTracking },
    capabilities: { sending: "enabled", receiving: "disabled" },
  };
}

/** What a webhook says about a domain. */
export function renderDomainEvent(domain: SenderDomain) {
  return { ...render(domain), records: domain.records };
}

function create(domains: SenderDomains): RequestHandler {
  return (request, response) => {
    const body = jsonBody(request.body);
    if (!isRecord(body)) return sendError(response, validationError("The request body must be a JSON object."));
    const unknown = Object.keys(body).find((key) => !FIELDS.has(key));
    if (unknown) return sendError(response, validationError(`Unknown field \`${unknown.slice(0, 80)}\`.`));
    const { name, region = "us-east-1" } = body;
    if (typeof name !== "string" || name === "") {
      return sendError(response, resendError(422, "missing_required_field", "Missing `name` field."));
    }
    if (!NAME.test(name)) return sendError(response, validationError("The `name` field is not a valid domain."));
    if (typeof region !== "string" || !REGIONS.includes(region)) {
      return sendError(response, resendError(422, "invalid_region", "Region must be one of the available regions."));
    }
    const domain = domains.add(name, region);
    if (!domain)
      return sendError(response, resendError(403, "validation_error", "The domain has been registered already."));
    response.status(201).json({ ...render(domain), records: domain.records });
  };
}

const list =
  (domains: SenderDomains): RequestHandler =>
  (request, response) => {
    const { limit = "20", after } = request.query;
    const count = Number(limit);
    if (!Number.isInteger(count) || count < 1 || count > 100) {
      return sendError(response, validationError("The `limit` must be a number between 1 and 100."));
    }
    const all = domains.all();
    const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const data = all.slice(start, start + count).map(render);
    response.json({ object: "list", has_more: start + count < all.length, data });
  };

/** `/domains` of the account: shapes, states and refusals as Resend's, a look at the DNS that ends a moment later. */
export function addDomainRoutes(router: Router, domains: SenderDomains): void {
  const withDomain = answerFound(domains.find, "Domain not found");
  router.route("/domains").post(create(domains)).get(list(domains));
  router.post(
    "/domains/:id/verify",
    withDomain((domain) => {
      domains.look(domain);
      return { object: "domain", id: domain.id };
    }),
  );
  router
    .route("/domains/:id")
    .get(withDomain((domain) => ({ object: "domain", ...render(domain), records: domain.records })))
    .delete(
      withDomain(({ id }) => {
        domains.remove(id);
        return { object: "domain", id, deleted: true };
      }),
    );
}
