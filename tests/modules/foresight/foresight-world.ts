import type { ForesightDeps } from "#app/modules/foresight/foresight-deps.ts";
import { forecastParcels } from "#app/modules/foresight/forecast-parcels.server.ts";
import { LawBook } from "#app/modules/foresight/law-book.server.ts";
import { recordEvents } from "#app/modules/shipments/record-events.server.ts";
import type { StoredEvent } from "#app/modules/shipments/stored-event.ts";
import { createShipmentWorld, type ShipmentWorld } from "#tests/modules/shipments/shipment-world.ts";
import { makeOrder } from "#tests/support/factories.ts";
import { silentLog } from "#tests/support/test-queue.ts";

/** A scan: status, sub-status, and hours after the parcel left. */
export type Scan = readonly [status: StoredEvent["status"], subStatus: StoredEvent["subStatus"], hours: number];

const HOUR = 3_600_000;

export interface ShippedParcel {
  at: string;
  scans: readonly Scan[];
  origin?: "live" | "import";
  carrier?: string;
  /** When it was ordered: twenty hours before, where nothing is said. */
  placed?: Date;
}

export interface ForesightWorld extends ShipmentWorld {
  foresight: ForesightDeps;
  /** Ships a parcel at a moment with scans that have happened up to now; forecasts it. Returns its id. */
  ship(parcel: ShippedParcel): Promise<string>;
  /** Adds scans to a parcel that left at a moment, and forecasts it. */
  scan(shipmentId: string, at: string, scans: readonly Scan[]): Promise<void>;
  forecast(...shipmentIds: string[]): Promise<void>;
}

/** One shop in New York that ships to Austin, and everything that foresight needs around it. */
export async function createForesightWorld(): Promise<ForesightWorld> {
  const world = await createShipmentWorld();
  const { db, clock, queue, shopId } = world;
  await db.forShop(shopId, (tx) =>
    tx.shop.update({ where: { id: shopId }, data: { timezone: "America/New_York", countryCode: "US" } }),
  );
  const foresight: ForesightDeps = { db, clock, queue, log: silentLog, laws: new LawBook() };
  const forecast = async (...shipmentIds: string[]) => void (await forecastParcels(foresight, { shopId, shipmentIds }));
  const scan = async (shipmentId: string, at: string, scans: readonly Scan[]) => {
    await recordEvents(world.deps, { shopId, shipmentId, events: scans.map((one) => eventOf(one, at)) });
    await forecast(shipmentId);
  };
  const ship: ForesightWorld["ship"] = async ({ at, scans, origin = "live", carrier = "ups", ...ordered }) => {
    const createdAt = ordered.placed ?? new Date(Date.parse(at) - 20 * HOUR);
    const order = await db.forShop(shopId, (tx) => makeOrder(tx, clock, { shopId, createdAt }));
    const { shipmentId, fulfillmentId } = await world.addShipment({ carrier, origin, orderId: order.orderId });
    await db.forShop(shopId, async (tx) => {
      await tx.fulfillment.update({
        where: { shopId_id: { shopId, id: fulfillmentId } },
        data: { fulfilledAt: new Date(at) },
      });
      await tx.shipment.update({ where: { shopId_id: { shopId, id: shipmentId } }, data: { countryCode: "US" } });
    });
    await scan(shipmentId, at, scans);
    return shipmentId;
  };
  return { ...world, foresight, ship, scan, forecast };
}

function eventOf([status, subStatus, hours]: Scan, at: string) {
  const occurredAt = new Date(Date.parse(at) + hours * HOUR);
  return {
    ...{ fingerprint: `${status}-${subStatus ?? ""}-${hours}`, carrier: "ups" },
    // That a parcel was given up is our own word.
    source: status === "expired" ? ("system" as const) : ("poll" as const),
    ...{ status, subStatus, code: `${status}-${subStatus ?? ""}`, description: null },
    ...{ location: status === "out_for_delivery" ? "AUSTIN, TX, 78704, US" : "NASHVILLE, TN, US", countryCode: "US" },
    ...{ localTime: occurredAt.toISOString().slice(0, 19), utcOffset: "+00:00", occurredAt },
    ...{ zoneSource: "carrier" as const, zoneName: null, unknownCode: false, rule: "code:X", sequence: hours },
    ...{ raw: null, receivedAt: occurredAt },
  };
}

/** A parcel that arrives three days after it left. */
export const THREE_DAYS: readonly Scan[] = [
  ["in_transit", "accepted", 4],
  ["in_transit", "departed", 10],
  ["in_transit", "arrived_at_facility", 30],
  ["out_for_delivery", null, 64],
  ["delivered", null, 70],
];
