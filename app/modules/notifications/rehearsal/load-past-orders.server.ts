import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { loadLogs } from "#app/modules/shipments/recording-store.server.ts";
import { isMutedOrder, readMutes } from "../situation/mutes.server.ts";
import { type OrderRow, readOrderRows } from "../situation/order-rows.server.ts";
import { type ParcelRow, readParcelRows } from "../situation/parcel-rows.server.ts";
import { readRecipients } from "../situation/recipients.server.ts";
import { toOrder, toParcel } from "../situation/to-situation.server.ts";
import type { ForecastReplay, SaidMoment } from "./forecast-replay.ts";
import { heardAt, type OutlookMoment, type PastOrder, type PastParcel } from "./past-order.ts";

export interface PastWanted {
  shopId: string;
  orderIds: readonly string[];
  from: Date;
  to: Date;
}

/** Parcels that one replay of forecasts takes. */
const REPLAYED_AT_ONCE = 200;

/** Orders with their whole past, in the order of the ids; those that are gone, or whose buyer's data are, are left out. */
export async function loadPastOrders(
  tx: ShopTx,
  { keys, forecasts }: { keys: KeyRing; forecasts: ForecastReplay },
  wanted: PastWanted,
): Promise<PastOrder[]> {
  const { shopId, orderIds } = wanted;
  const orders = (await readOrderRows(tx, shopId, orderIds)).filter(({ redactedAt }) => redactedAt === null);
  // Since when a number that was edited away was nobody's any more is not kept: it is left out as a whole.
  const parcels = (await readParcelRows(tx, shopId, orderIds)).filter(({ lifecycle }) => lifecycle === "active");
  const ids = parcels.map(({ id }) => id);
  const logs = await loadLogs(tx, shopId, ids);
  const said = await replayAll(tx, forecasts, { ...wanted, ids });
  const recipients = await readRecipients(tx, keys, { shopId, orders, textsOn: true });
  const muted = await readMutes(tx, shopId, { orders, parcels });
  const byId = new Map(orders.map((order) => [order.id, order]));
  return orderIds.flatMap((id) => {
    const order = byId.get(id);
    const reached = recipients.get(id);
    if (!order || !reached) return [];
    const own = parcels.filter(({ orderId }) => orderId === id);
    const past = own.map((row): PastParcel => {
      const {
        status: _status,
        subStatus: _subStatus,
        scans: _scans,
        ...today
      } = toParcel(row, { order, scans: [], muted });
      return { today, ...pastOf(row, { order, log: logs.get(row.id) ?? [], said: said.get(row.id) ?? [] }) };
    });
    const bornAt = order.origin === "import" ? order.placedAt : order.createdAt;
    return [{ bornAt, today: toOrder(order, reached.seen, isMutedOrder(order, muted)), parcels: past }];
  });
}

type Log = PastParcel["log"];

function pastOf(
  row: ParcelRow,
  { order, log, said }: { order: OrderRow; log: Log; said: readonly SaidMoment[] },
): Omit<PastParcel, "today"> {
  return {
    bornAt: row.origin === "import" ? (row.shippedAt ?? row.createdAt) : row.createdAt,
    // Sorted, so that the same past is told the same way however the database returns it.
    log: log
      .map((event) => ({ ...event, receivedAt: heardAt(event, row.origin) }))
      .sort(
        (left, right) =>
          left.receivedAt.getTime() - right.receivedAt.getTime() || (left.fingerprint < right.fingerprint ? -1 : 1),
      ),
    context: { createdAt: row.createdAt, shippedAt: row.shippedAt, destinationCountry: row.countryCode },
    outlooks: said.map((moment) => outlookAt(moment, order.promisedOn)),
    promisedOn: order.promisedOn,
  };
}

function outlookAt({ at, forecast }: SaidMoment, orderPromise: string | null): OutlookMoment {
  const { promisedOn, shown, troubles } = forecast;
  return {
    at,
    outlook: {
      promisedOn: promisedOn ?? orderPromise,
      expectedOn: shown?.on ?? null,
      expectedFrom: shown?.from ?? null,
      troubles: troubles.map(({ kind, since }) => ({ kind, since: new Date(since) })),
    },
  };
}

async function replayAll(
  tx: ShopTx,
  forecasts: ForecastReplay,
  { shopId, ids, from, to }: PastWanted & { ids: readonly string[] },
): Promise<Map<string, SaidMoment[]>> {
  const all = new Map<string, SaidMoment[]>();
  for (let start = 0; start < ids.length; start += REPLAYED_AT_ONCE) {
    const shipmentIds = ids.slice(start, start + REPLAYED_AT_ONCE);
    for (const [id, moments] of await forecasts(tx, { shopId, shipmentIds, from, to })) all.set(id, moments);
  }
  return all;
}
