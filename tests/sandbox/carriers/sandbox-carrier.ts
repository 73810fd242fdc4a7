import type { Router } from "express";
import type { Clock } from "#app/lib/clock.ts";
import type { World } from "../world.ts";
import type { BearerTokens } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import type { PushQueue } from "./push-queue.ts";
import type { RateDecision, RateLimit } from "./rate-window.ts";

/** What a carrier's server is built from. */
export interface SandboxCarrierParts {
  world: World;
  clock: Clock;
  rate(limit: RateLimit): () => RateDecision;
  tokens(lifetimeSeconds: number): BearerTokens;
  /** Webhooks that are put in here are sent with the provider's retries. */
  pushes: PushQueue;
}

export interface SandboxCarrierServer {
  router: Router;
  refusals: ProviderRefusals;
  /** Called on every tick: queues the webhooks that are due. */
  collectDue?(): void;
  /** What a merchant does in the provider's dashboard: tells where webhooks go, and the secret that signs them. */
  registerHook?(url: string, secret: string): void;
  /** What it was told, as plain JSON, for a restart. */
  snapshot?(): unknown;
  restore?(saved: unknown): void;
}

/** One carrier or aggregator of the sandbox: a file each, and a line in `sandbox-carriers.ts`. */
export interface SandboxCarrier {
  id: string;
  /** In the console's menu. */
  label: string;
  /** The company as Shopify spells it on parcels of this account; an aggregator's parcels belong to somebody else. */
  company: string;
  /** The only account there is: exactly the fields that the adapter asks for. */
  credentials: Readonly<Record<string, string>>;
  /** A number in the carrier's real format, with a right check digit. */
  makeNumber(serial: number): string;
  /** Waiting times of the provider's retries of a webhook, shortened for a demo; none when left out. */
  retryDelaysMs?: readonly number[];
  create(parts: SandboxCarrierParts): SandboxCarrierServer;
}
