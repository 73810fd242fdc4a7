import type { World } from "../world.ts";
import { MORE_CARRIERS } from "../carriers/sandbox-carriers.ts";
import type { Place, SandboxCarrierId, SandboxParcel, Scenario } from "./parcel.ts";
import { DEMO_SPEED } from "./parcel.ts";
import { makeTrackingNumber } from "./tracking-numbers.ts";
import { DEMO_DESTINATIONS, FOREIGN_WAREHOUSE, WAREHOUSE } from "./places.ts";

export interface LiveParcelsInput {
  carrierId: SandboxCarrierId;
  scenario: Scenario;
  /** How many parcels; `two_pieces` always makes two that belong together. */
  count: number;
  destination?: Place;
  speed?: number;
  /** ISO instant of the label; now when left out. Use a past one with `speed: 1` for history. */
  createdAt?: string;
}

/** The company name Shopify shows for parcels of this carrier's account; the aggregator's are USPS parcels. */
const COMPANIES: Readonly<Record<string, string>> = { ups: "UPS", fedex: "FedEx", easypost: "USPS" };

/** What the shop writes on the parcel; a merchant who picks the wrong line of the menu writes somebody else's name. */
export function companyOf(carrierId: SandboxCarrierId, scenario?: Scenario): string {
  if (scenario === "wrong_carrier") return carrierId === "ups" ? "FedEx" : "UPS";
  return COMPANIES[carrierId] ?? MORE_CARRIERS[carrierId]?.company ?? "";
}

/** A fresh number in the carrier's format. */
export function freshNumber(world: World, carrierId: SandboxCarrierId): string {
  return world.newTrackingNumber((serial) => makeTrackingNumber(carrierId, serial));
}

/** Makes parcels with fresh numbers and adds them to the world, ready to be written into a fulfillment. */
export function addLiveParcels(world: World, input: LiveParcelsInput): SandboxParcel[] {
  const count = input.scenario === "two_pieces" ? 2 : Math.min(Math.max(1, Math.trunc(input.count)), 20);
  const numbers = Array.from({ length: count }, () => freshNumber(world, input.carrierId));
  const fallback = DEMO_DESTINATIONS[world.size() % DEMO_DESTINATIONS.length] ?? WAREHOUSE;
  return numbers.map((trackingNumber) =>
    world.addParcel({
      trackingNumber,
      carrierId: input.carrierId,
      company: companyOf(input.carrierId, input.scenario),
      scenario: input.scenario,
      createdAt: input.createdAt ?? world.clock.now().toISOString(),
      speed: input.speed ?? DEMO_SPEED,
      origin: input.scenario === "customs" ? FOREIGN_WAREHOUSE : WAREHOUSE,
      destination: input.destination ?? fallback,
      ...(input.scenario === "two_pieces" ? { pieces: numbers } : {}),
    }),
  );
}
