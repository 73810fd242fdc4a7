import { createConsoleActions } from "./console-wiring.ts";
import type { PlaceAndShip } from "./console/console-actions.ts";
import type { Sandbox } from "./start-sandbox.ts";

const EVERY_MS = 90_000;
/** A demo that runs over night must not fill the disk. */
const MAX_ORDERS = 100;

/** What a visitor sees happen without touching anything: the main case first, then what can go differently. */
const STORIES: readonly PlaceAndShip[] = [
  { carrierId: "ups", scenario: "on_time", parcels: 1 },
  { carrierId: "easypost", scenario: "on_time", parcels: 1 },
  { carrierId: "fedex", scenario: "on_time", parcels: 2 },
  { carrierId: "ups", scenario: "attempted_then_delivered", parcels: 1 },
  { carrierId: "fedex", scenario: "delayed_weather", parcels: 1 },
  { carrierId: "easypost", scenario: "returned", parcels: 1 },
];

/** Ships three orders at once and one more every now and then. Returns a function that ends it. */
export function keepOrdersComing(sandbox: Sandbox): () => void {
  const actions = createConsoleActions({ world: sandbox.world, shopify: () => sandbox.shopify });
  let told = 0;
  const next = () => {
    const story = STORIES[told % STORIES.length];
    told += 1;
    if (story && told <= MAX_ORDERS) void actions.placeAndShip(story);
  };
  for (let count = 0; count < 3; count += 1) next();
  const timer = setInterval(next, EVERY_MS);
  return () => clearInterval(timer);
}
