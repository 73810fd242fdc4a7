import { randomBytes } from "node:crypto";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";

/** The rows that a parcel stands on, as small as they may be. */

export async function addShop(db: Database, clock: Clock): Promise<string> {
  const shopId = newId("shop", clock);
  const now = clock.now();
  const data = { id: shopId, domain: `${shopId}.myshopify.com`, status: "installed", createdAt: now, updatedAt: now };
  await db.forShop(shopId, (tx) => tx.shop.create({ data }));
  return shopId;
}

export interface OrderOptions {
  shopId: string;
  name?: string;
  email?: string;
}

export async function addOrder(
  db: Database,
  clock: Clock,
  { shopId, name = "#1042", email }: OrderOptions,
): Promise<string> {
  const id = `gid://shopify/Order/${randomBytes(6).readUIntBE(0, 6)}`;
  const now = clock.now();
  const hash = randomBytes(12).toString("hex");
  await db.forShop(shopId, (tx) =>
    tx.order.create({
      data: {
        ...{
          shopId,
          id,
          name,
          lookupName: name.replace("#", ""),
          email: email ?? null,
          currency: "USD",
          totalMinor: 1n,
        },
        ...{ linkTokenSealed: hash, linkTokenHash: hash, linkExpiresAt: now, origin: "live", postalCode: "78704" },
        ...{ placedAt: now, sourceUpdatedAt: now, createdAt: now, updatedAt: now },
      },
    }),
  );
  return id;
}

export interface ShipmentOptions {
  carrier?: string | null;
  lifecycle?: string;
  origin?: "live" | "import";
  trackingNumber?: string;
  status?: string;
}

export interface AddedShipment {
  shipmentId: string;
  fulfillmentId: string;
  trackingNumber: string;
}

export async function addShipment(
  db: Database,
  clock: Clock,
  { shopId, orderId, ...options }: ShipmentOptions & { shopId: string; orderId: string },
): Promise<AddedShipment> {
  const fulfillmentId = `gid://shopify/Fulfillment/${randomBytes(6).readUIntBE(0, 6)}`;
  const shipmentId = newId("shp", clock);
  const { carrier = "ups", origin = "live", lifecycle = "active", status = "unknown" } = options;
  const trackingNumber = options.trackingNumber ?? `1ZR${randomBytes(8).toString("hex").toUpperCase()}`;
  const now = clock.now();
  const made = { createdAt: now, updatedAt: now };
  await db.forShop(shopId, async (tx) => {
    await tx.fulfillment.create({
      data: {
        shopId,
        id: fulfillmentId,
        orderId,
        status: "success",
        origin,
        fulfilledAt: now,
        sourceUpdatedAt: now,
        ...made,
      },
    });
    await tx.shipment.create({
      data: {
        ...{ shopId, id: shipmentId, orderId, fulfillmentId, trackingNumber, carrier, origin, lifecycle, status },
        ...{ statusSince: now, ...made },
      },
    });
  });
  return { shipmentId, fulfillmentId, trackingNumber };
}
