import { addEvent, buildFulfillment, buildOrder } from "#tests/sandbox/shopify/build-records.ts";
import { createRandom } from "#tests/sandbox/shopify/seed/random.ts";
import { makeTracking } from "#tests/sandbox/shopify/seed/tracking-numbers.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { World } from "../world.ts";
import { adoptParcel } from "./adopt-parcel.ts";
import { type HeldParcel, heldParcels } from "./held-parcels.ts";
import { placeOfAddress } from "./places.ts";

const HOUR_MS = 3_600_000;
const COMPANY = "UPS";

/** Gives the demo shop orders whose parcels lie at a hub: what a merchant wants to hear of before the promise passes. */
export function holdParcelsBack(world: World, store: ShopStore): void {
  const random = createRandom(2_077);
  const near = store.records.customers.filter(({ address }) => address.countryCode === store.facts.address.countryCode);
  heldParcels(world.clock.now()).forEach((held, index) => {
    const customer = near[index];
    const variant = store.records.products[index]?.variants[0];
    if (!customer || !variant) return;
    const order = buildOrder(store, {
      at: held.placedAt.toISOString(),
      customerId: customer.id,
      lines: [{ variantId: variant.id, quantity: 1 }],
      shipping: { title: "Standard", cents: 695 },
    });
    const tracking = makeTracking(random, COMPANY);
    const at = held.shippedAt.toISOString();
    const fulfillment = buildFulfillment(store, { order, at, tracking: [tracking] });
    for (const [status, hours] of [
      ["CARRIER_PICKED_UP", 9],
      ["IN_TRANSIT", 24],
    ] as const) {
      const happenedAt = new Date(held.shippedAt.getTime() + hours * HOUR_MS).toISOString();
      addEvent(store, fulfillment, { status, happenedAt, at: happenedAt });
    }
    order.updatedAt = fulfillment.updatedAt;
    adopt(world, { held, number: tracking.number ?? "", address: order.shippingAddress });
  });
}

type Address = ReturnType<typeof buildOrder>["shippingAddress"];

function adopt(world: World, { held, number, address }: { held: HeldParcel; number: string; address: Address }): void {
  const { city, provinceCode, zip, countryCode } = address;
  adoptParcel(world, {
    ...{ trackingNumber: number, company: COMPANY, scenario: "held_back", speed: 1 },
    createdAt: held.shippedAt.toISOString(),
    destination: placeOfAddress({ city, region: provinceCode ?? "", zip, country: countryCode }),
  });
}
