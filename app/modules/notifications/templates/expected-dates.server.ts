import { z } from "zod";
import type { ShopTx } from "#app/lib/db.server.ts";

/** What shoppers are told about the day of a parcel; civil dates at the destination. */
export interface ShopperDate {
  expected: { on: string; from: string | null } | null;
  promisedOn: string | null;
}

/** Who knows the dates that shoppers are shown. A parcel of which nothing is foreseen is missing. */
export interface ShopperDates {
  of(tx: ShopTx, shopId: string, shipmentIds: readonly string[]): Promise<ReadonlyMap<string, ShopperDate>>;
}

const shown = z.object({ on: z.string(), from: z.string().optional() });

/** The dates as foresight has stored them last. */
export const storedDates: ShopperDates = {
  async of(tx, shopId, shipmentIds) {
    const rows = await tx.parcelForecast.findMany({
      where: { shopId, shipmentId: { in: [...shipmentIds] } },
      select: { shipmentId: true, shown: true, promisedOn: true },
    });
    return new Map(
      rows.map((row) => {
        const read = shown.safeParse(row.shown);
        const expected = read.success ? { on: read.data.on, from: read.data.from ?? null } : null;
        return [row.shipmentId, { expected, promisedOn: row.promisedOn }];
      }),
    );
  },
};
