import type { ShopTx } from "#app/lib/db.server.ts";
import { FreshPages } from "./fresh-pages.ts";
import type { Load } from "./share-budget.ts";

/** How many parcels a carrier is asked about. */
export type LoadOf = (carrier: string) => Load;

const NOTHING: Load = { parcels: 0, pressing: 0 };
/** Followed parcels that are counted. */
const MAX_FOLLOWED = 5_000;

/** How many parcels each shop follows per carrier, as one process remembers it. */
export class LoadBook {
  readonly #pages = new FreshPages<LoadOf>({ freshFor: 15 * 60_000, most: 500 });

  /** Reads inside the caller's transaction when it is not fresh. */
  of(tx: ShopTx, { shopId, now }: { shopId: string; now: Date }): Promise<LoadOf> {
    return this.#pages.of(shopId, now, async () => {
      const rows = await tx.$queryRaw<(Load & { carrier: string | null })[]>`
        SELECT s.carrier, count(*)::int AS parcels,
          (count(*) FILTER (WHERE s.status IN ('out_for_delivery', 'delivery_attempted')))::int AS pressing
        FROM (
          SELECT w.shipment_id FROM shipment_watch w WHERE w.shop_id = ${shopId} LIMIT ${MAX_FOLLOWED}
        ) watched JOIN shipment s ON s.shop_id = ${shopId} AND s.id = watched.shipment_id
        GROUP BY s.carrier`;
      const loads = new Map(rows.map(({ carrier, ...load }) => [carrier, load]));
      return (carrier) => loads.get(carrier) ?? NOTHING;
    });
  }
}
