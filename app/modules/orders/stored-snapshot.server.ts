import { z } from "zod";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { FulfillmentSnapshot, Origin, ShipFrom } from "./snapshot.ts";

const storedLines = z.array(z.object({ lineId: z.string(), quantity: z.number() })).catch([]);

/**
 * The fulfillments of an order as they were last told, put together from our own rows: for a change of the whole order
 * (its cancellation) that concerns parcels which the message does not mention.
 */
export async function storedSnapshots(
  tx: ShopTx,
  shopId: string,
  orderId: string,
): Promise<{ snapshot: FulfillmentSnapshot; origin: Origin }[]> {
  const rows = await tx.fulfillment.findMany({
    where: { shopId, orderId },
    include: {
      shipments: {
        where: { lifecycle: { not: "removed" } },
        select: { trackingNumber: true, companyName: true, trackingUrl: true },
        orderBy: { id: "asc" },
      },
    },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => ({
    origin: row.origin === "live" ? "live" : "import",
    snapshot: {
      id: row.id,
      orderId: row.orderId,
      name: row.name,
      status: row.status,
      nativeStatus: row.nativeStatus,
      nativeDeliveredAt: row.nativeDeliveredAt,
      estimatedDeliveryAt: row.estimatedDeliveryAt,
      shipFrom: shipFromOf(row),
      tracking: row.shipments.map((one) => ({
        company: one.companyName,
        number: one.trackingNumber,
        url: one.trackingUrl,
      })),
      lines: storedLines.parse(row.lines),
      createdAt: row.fulfilledAt,
      updatedAt: row.sourceUpdatedAt,
    },
  }));
}

function shipFromOf(row: {
  shipFromCountry: string | null;
  shipFromProvince: string | null;
  shipFromZip: string | null;
  shipFromSource: string | null;
}): ShipFrom | null {
  const { shipFromCountry: countryCode, shipFromProvince: provinceCode, shipFromZip: postalCode } = row;
  if (countryCode === null) return null;
  return { countryCode, provinceCode, postalCode, source: row.shipFromSource === "location" ? "location" : "origin" };
}
