import type { World } from "../world.ts";
import type { Place, SandboxCarrierId, SandboxParcel, Scenario } from "./parcel.ts";
import { FOREIGN_WAREHOUSE, WAREHOUSE } from "./places.ts";
import { fractionOf } from "./seeded-random.ts";
import { normaliseNumber } from "./normalise-number.ts";

export interface ShippedParcel {
  trackingNumber: string;
  /** As the shop wrote it; anything but UPS and FedEx is followed by the aggregator. */
  company: string;
  /** ISO instant of the fulfillment. */
  createdAt: string;
  /** 1 for history, `DEMO_SPEED` for what happens now. */
  speed: number;
  destination: Place;
  express?: boolean;
  scenario?: Scenario;
}

/** How often what happens to parcels nobody chose a scenario for. The shares add up to 1. */
const SHARES: readonly (readonly [Scenario, number])[] = [
  ["on_time", 0.8],
  ["delayed_weather", 0.08],
  ["attempted_then_delivered", 0.05],
  ["pickup_point", 0.02],
  ["returned", 0.02],
  ["lost", 0.015],
  ["label_only", 0.015],
];

function drawScenario(trackingNumber: string): Scenario {
  let rest = fractionOf(`scenario:${trackingNumber}`);
  for (const [scenario, share] of SHARES) {
    rest -= share;
    if (rest < 0) return scenario;
  }
  return "on_time";
}

/** Which of the sandbox's servers answers for a company's parcels. */
export function carrierOfCompany(company: string): SandboxCarrierId {
  const name = company.trim().toLowerCase();
  return name === "ups" || name === "fedex" ? name : "easypost";
}

/** The parcel that a shop shipped, as the world would have it; the scenario follows from the number when none is given. */
export function describeParcel(shipped: ShippedParcel): SandboxParcel {
  const trackingNumber = normaliseNumber(shipped.trackingNumber);
  const scenario = shipped.scenario ?? drawScenario(trackingNumber);
  const origin = scenario === "customs" ? FOREIGN_WAREHOUSE : WAREHOUSE;
  return { ...shipped, trackingNumber, scenario, origin, carrierId: carrierOfCompany(shipped.company) };
}

/**
 * Makes the world know a parcel that a shop shipped under a number of its own. Known numbers stay as they are, so that it
 * may be called for every fulfillment again and again.
 */
export function adoptParcel(world: World, shipped: ShippedParcel): SandboxParcel {
  return world.parcel(shipped.trackingNumber) ?? world.addParcel(describeParcel(shipped));
}
