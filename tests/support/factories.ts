import { randomBytes } from "node:crypto";
import type { Clock } from "#app/lib/clock.ts";
import { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { linkExpiry, newLinkToken, openLinkToken } from "#app/modules/orders/link-token.server.ts";
import { normaliseOrderName } from "#app/modules/orders/order-name.ts";
import type { ShopSettings } from "#app/modules/shops/settings.ts";

/** Rows for tests, small and complete, so that a test says only what it is about. */

export const testKeys = KeyRing.parse(`test:${Buffer.alloc(32, 7).toString("base64")}`);

type DeepPartial<T> = { [Key in keyof T]?: T[Key] extends object ? DeepPartial<T[Key]> : T[Key] };

export interface MadeShop {
  shopId: string;
  domain: string;
}

export async function makeShop(
  db: Database,
  clock: Clock,
  options: { domain?: string; status?: string; settings?: DeepPartial<ShopSettings> } = {},
): Promise<MadeShop> {
  const shopId = newId("shop", clock);
  const domain = options.domain ?? `${randomBytes(6).toString("hex")}.myshopify.com`;
  const now = clock.now();
  await db.forShop(shopId, (tx) =>
    tx.shop.create({
      data: {
        id: shopId,
        domain,
        status: options.status ?? "installed",
        name: "Northpeak",
        email: "owner@northpeak.example",
        currency: "USD",
        timezone: "America/New_York",
        countryCode: "US",
        settings: (options.settings ?? {}) as object,
        installedAt: now,
        createdAt: now,
        updatedAt: now,
      },
    }),
  );
  return { shopId, domain };
}

let counter = 0;
const nextNumber = (): string => String(6_000_000_000_000 + (counter += 1));

export interface OrderOptions {
  id?: string;
  name?: string;
  email?: string | null;
  customerId?: string | null;
  checkoutToken?: string | null;
  origin?: "live" | "import";
  createdAt?: Date;
  cancelledAt?: Date | null;
  locale?: string | null;
  lines?: { title: string; quantity: number }[];
}

/** An order with one line, and the raw token of its tracking link. */
export async function makeOrder(
  tx: ShopTx,
  clock: Clock,
  { shopId, ...options }: OrderOptions & { shopId: string },
): Promise<{ orderId: string; linkToken: string; lineIds: string[] }> {
  const orderId = options.id ?? `gid://shopify/Order/${nextNumber()}`;
  const now = options.createdAt ?? clock.now();
  const link = newLinkToken(testKeys, shopId);
  const name = options.name ?? "#1042";
  await tx.order.create({
    data: {
      ...{ shopId, id: orderId, name },
      lookupName: normaliseOrderName(name),
      email: options.email === undefined ? "avery@example.com" : options.email,
      customerId: options.customerId ?? null,
      checkoutToken: options.checkoutToken ?? null,
      locale: options.locale ?? "en",
      currency: "USD",
      totalMinor: 14_800n,
      recipientName: "Avery Lindqvist",
      ...{ city: "Austin", provinceCode: "TX", postalCode: "78704", countryCode: "US" },
      linkTokenSealed: link.sealed,
      linkTokenHash: link.hash,
      linkExpiresAt: linkExpiry(now),
      origin: options.origin ?? "live",
      cancelledAt: options.cancelledAt ?? null,
      ...{ placedAt: now, sourceUpdatedAt: now, createdAt: now, updatedAt: now },
    },
  });
  const lines = options.lines ?? [{ title: "Trail Shell Jacket", quantity: 1 }];
  const lineIds = lines.map(() => `gid://shopify/LineItem/${nextNumber()}`);
  await tx.orderLine.createMany({
    data: lines.map((line, position) => ({
      ...{ shopId, orderId, position, title: line.title, quantity: line.quantity },
      id: lineIds[position] ?? "",
      variantTitle: "Pine / M",
      priceMinor: 14_800n,
    })),
  });
  return { orderId, linkToken: openLinkToken(testKeys, { shopId, linkTokenSealed: link.sealed }), lineIds };
}

export interface ShipmentOptions {
  trackingNumber?: string;
  carrier?: string | null;
  status?: string;
  lifecycle?: string;
  fulfillmentId?: string;
  origin?: "live" | "import";
}

/** A parcel with its fulfillment. */
export async function makeShipment(
  tx: ShopTx,
  clock: Clock,
  { shopId, orderId, ...options }: ShipmentOptions & { shopId: string; orderId: string },
): Promise<{ shipmentId: string; fulfillmentId: string; trackingNumber: string }> {
  const now = clock.now();
  const fulfillmentId = options.fulfillmentId ?? `gid://shopify/Fulfillment/${nextNumber()}`;
  const shipmentId = newId("shp", clock);
  const trackingNumber = options.trackingNumber ?? `1ZR${randomBytes(8).toString("hex").toUpperCase()}`;
  const origin = options.origin ?? "live";
  await tx.fulfillment.upsert({
    where: { shopId_id: { shopId, id: fulfillmentId } },
    update: {},
    create: {
      ...{ shopId, id: fulfillmentId, orderId, origin, status: "success", lines: [] },
      ...{ fulfilledAt: now, sourceUpdatedAt: now, createdAt: now, updatedAt: now },
    },
  });
  await tx.shipment.create({
    data: {
      ...{ shopId, id: shipmentId, orderId, fulfillmentId, trackingNumber, origin },
      carrier: options.carrier === undefined ? "ups" : options.carrier,
      companyName: "UPS",
      status: options.status ?? "unknown",
      lifecycle: options.lifecycle ?? "active",
      countryCode: "US",
      ...{ statusSince: now, createdAt: now, updatedAt: now },
    },
  });
  return { shipmentId, fulfillmentId, trackingNumber };
}

export interface ScanOptions {
  status: string;
  occurredAt: Date;
  receivedAt?: Date;
  fingerprint?: string;
  description?: string;
  rule?: string;
  code?: string;
  unknownCode?: boolean;
}

/** Scans written straight into the log, for tests that are not about recording. */
export async function makeScans(
  tx: ShopTx,
  { shopId, shipmentId }: { shopId: string; shipmentId: string },
  scans: readonly ScanOptions[],
): Promise<void> {
  await tx.trackingEvent.createMany({
    data: scans.map((scan, sequence) => ({
      ...{ shopId, shipmentId, sequence, source: "poll", carrier: "ups", zoneSource: "carrier" },
      code: scan.code ?? null,
      unknownCode: scan.unknownCode ?? false,
      fingerprint: scan.fingerprint ?? randomBytes(8).toString("hex"),
      status: scan.status,
      description: scan.description ?? scan.status,
      location: "Austin, TX, US",
      localTime: scan.occurredAt.toISOString().slice(0, 19),
      utcOffset: "+00:00",
      occurredAt: scan.occurredAt,
      rule: scan.rule ?? "code:X",
      receivedAt: scan.receivedAt ?? scan.occurredAt,
    })),
  });
}
