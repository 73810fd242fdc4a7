import { listParcels } from "#tests/sandbox/shopify/list-parcels.ts";
import type { SandboxShopify } from "#tests/sandbox/shopify/create-sandbox-shopify.ts";
import type { World } from "../world.ts";
import { adoptParcel } from "./adopt-parcel.ts";
import { DEMO_SPEED } from "./parcel.ts";
import { placeOfAddress } from "./places.ts";

interface Address {
  city: string;
  provinceCode: string | null;
  zip: string;
  countryCode: string;
}

/**
 * Lets the carriers know what the demo shop ships: its history at the pace of real parcels, what it ships from now on at
 * a pace one can watch. Returns a function that ends it.
 */
export function followShop(world: World, shopify: SandboxShopify): () => void {
  const history = listParcels(shopify.store).filter(({ cancelled }) => !cancelled);
  for (const { number, company, shippedAt, destination, express } of history) {
    if (world.parcel(number)) continue;
    adopt(world, { number, company, createdAt: shippedAt, speed: 1, address: destination, express });
  }
  type Observed = Parameters<NonNullable<Parameters<typeof shopify.shop.observers.add>[0]["fulfilled"]>>;
  const follow = (...[order, fulfillment]: Observed) => {
    for (const { number, company } of fulfillment.tracking) {
      if (number === null) continue;
      const createdAt = fulfillment.createdAt;
      adopt(world, { number, company, createdAt, speed: DEMO_SPEED, address: order.shippingAddress });
    }
  };
  const observer = { fulfilled: follow, trackingChanged: follow };
  shopify.shop.observers.add(observer);
  return () => void shopify.shop.observers.delete(observer);
}

interface Shipped {
  number: string;
  company: string | null;
  createdAt: string;
  speed: number;
  address: Address;
  express?: boolean;
}

function adopt(world: World, { number, company, address, ...shipped }: Shipped): void {
  const { city, provinceCode, zip, countryCode } = address;
  const destination = placeOfAddress({ city, region: provinceCode ?? "", zip, country: countryCode });
  adoptParcel(world, { ...shipped, trackingNumber: number, company: company ?? "", destination });
}
