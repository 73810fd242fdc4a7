import type { RequestHandler, Response, Router } from "express";
import express from "express";

import { normaliseNumber } from "../world/normalise-number.ts";
import { DEMO_SPEED } from "../world/parcel.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { dhlUnifiedAnswer } from "./dhl-unified-answer.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";

const CREDENTIALS = { apiKey: "sandbox-dhl-unified-key", service: "express" };
const SERVICES = [
  ...["dgf", "ecommerce", "ecommerce-apac", "ecommerce-europe", "ecommerce-iberia", "ecommerce-ppl", "express"],
  ...["freight", "parcel-de", "parcel-nl", "parcel-pl", "parcel-uk", "post-de", "post-international", "sameday", "svb"],
];
/** One call a second, with the tolerance of a gateway, and 250 a day, where a day passes as fast as a parcel travels. */
const PER_SECOND = { requests: 2, perMs: 1_000 };
const PER_DAY = { requests: 250, perMs: 86_400_000 / DEMO_SPEED };

interface Problem {
  status: number;
  title: string;
  detail: string;
}

function refuse(response: Response, problem: Problem): void {
  response.status(problem.status).type("application/problem+json").json(problem);
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    refuse(response.set("Retry-After", "1"), {
      status: 429,
      title: "Too many requests",
      detail: "Too many requests within defined time period, please try again later.",
    }),
  server_error: (_request, response) =>
    refuse(response, { status: 503, title: "Service unavailable", detail: "The service is not available." }),
  forbidden: (_request, response) =>
    refuse(response, { status: 403, title: "Forbidden", detail: "The app has no access to this service." }),
};

const requireKey: RequestHandler = (request, response, next) =>
  request.get("DHL-API-Key") === CREDENTIALS.apiKey
    ? next()
    : refuse(response, { status: 401, title: "Unauthorized", detail: "The API key is missing or invalid." });

function trackShipment({ world }: SandboxCarrierParts): RequestHandler {
  return (request, response) => {
    const { trackingNumber, service = "express" } = request.query;
    if (typeof trackingNumber !== "string" || trackingNumber === "" || trackingNumber.length > 60) {
      return refuse(response, { status: 400, title: "Bad Request", detail: "Parameter trackingNumber is required." });
    }
    if (typeof service !== "string" || !SERVICES.includes(service)) {
      return refuse(response, { status: 400, title: "Bad Request", detail: "Parameter service is not valid." });
    }
    const parcel = world.parcel(normaliseNumber(trackingNumber));
    const known = parcel?.carrierId === "dhl-unified" && service === "express";
    const answer = known ? dhlUnifiedAnswer(world, parcel, service) : null;
    if (answer === null) {
      const detail = "No shipment with given tracking number found.";
      return refuse(response, { status: 404, title: "No result found", detail });
    }
    response.json(answer);
  };
}

function createRouter(parts: SandboxCarrierParts): Router {
  const limits = [parts.rate(PER_SECOND), parts.rate(PER_DAY)];
  const router = express.Router();
  const keepLimits: RequestHandler = (request, response, next) =>
    limits.every((limit) => limit().allowed) ? next() : REFUSALS.rate_limited(request, response, next);
  router.get("/track/shipments", requireKey, keepLimits, trackShipment(parts));
  router.use((_request, response) =>
    refuse(response, { status: 404, title: "Not Found", detail: "The requested resource does not exist." }),
  );
  return router;
}

/** DHL Express waybill: nine digits and their remainder by seven. */
export function waybill(prefix: string, serial: number): string {
  const body = `${prefix}${String(serial % 1_000_000).padStart(6, "0")}`;
  return `${body}${Number(body) % 7}`;
}

/** DHL, Shipment Tracking - Unified. */
export const dhlUnified: SandboxCarrier = {
  id: "dhl-unified",
  label: "DHL",
  company: "DHL eCommerce",
  credentials: CREDENTIALS,
  makeNumber: (serial) => waybill("777", serial),
  create: (parts) => ({ router: createRouter(parts), refusals: REFUSALS }),
};
