import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import type { ShopperDates } from "#app/modules/shipments/shopper-date.ts";
import { type DateWindow, readShown, type Trouble } from "./forecast-view.ts";
import { zoneOfParcel } from "./local-moment.ts";
import { shopperDateOf, type ShopperRow } from "./shopper-date.ts";

/** Parcels that one question may be about. */
const MOST_PARCELS = 500;

/** Fills the port through which storefront and messages learn what to tell a shopper. */
export function createShopperDates({ clock }: { clock: Clock }): ShopperDates {
  return {
    of: async (tx, shopId, shipmentIds) => {
      if (shipmentIds.length > MOST_PARCELS) throw new RangeError(`${shipmentIds.length} parcels in one question`);
      const rows = await readRows(tx, shopId, shipmentIds);
      const now = clock.now();
      return new Map(rows.map((row) => [row.id, shopperDateOf(toShopperRow(row), now)]));
    },
  };
}

interface StoredRow {
  id: string;
  status: string;
  subStatus: string | null;
  lifecycle: string;
  estimatedDelivery: EstimatedDelivery | null;
  country: string | null;
  region: string | null;
  shopZone: string | null;
  shown: unknown;
  window: DateWindow | null;
  promisedOn: string | null;
  promiseSource: string | null;
  troubles: Trouble[] | null;
  computedAt: Date | null;
  reviewAt: Date | null;
}

function readRows(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<StoredRow[]> {
  return tx.$queryRaw<StoredRow[]>`
    SELECT s.id, s.status, s.sub_status AS "subStatus", s.lifecycle, s.estimated_delivery AS "estimatedDelivery",
      COALESCE(s.country_code, o.country_code) AS country, o.province_code AS region, h.timezone AS "shopZone",
      p.shown, p.windows -> 'w80' AS "window", o.promised_on AS "promisedOn", o.promise_source AS "promiseSource",
      p.troubles, p.updated_at AS "computedAt", p.review_at AS "reviewAt"
    FROM shipment s JOIN orders o ON o.shop_id = s.shop_id AND o.id = s.order_id JOIN shop h ON h.id = s.shop_id
      LEFT JOIN parcel_forecast p ON p.shop_id = s.shop_id AND p.shipment_id = s.id
    WHERE s.shop_id = ${shopId} AND s.id = ANY (${[...ids]}::text[])`;
}

function toShopperRow({ lifecycle, country, region, shopZone, shown, troubles, ...row }: StoredRow): ShopperRow {
  return {
    ...row,
    active: lifecycle === "active",
    zone: zoneOfParcel({ country, region }, shopZone),
    shown: readShown(shown ?? null),
    troubles: troubles ?? [],
  };
}
