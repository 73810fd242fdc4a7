import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { FRESH_FOR_DAYS } from "./decide-messages.ts";
import type { LedgerRow, Recheck } from "./dispatch/dispatch-deps.ts";
import { kindRules, type NotificationKind } from "./kinds.ts";

/** A message that waited may have become untrue or useless. */
export async function recheckByStatus({ clock }: { clock: Clock }, tx: ShopTx, row: LedgerRow): Promise<Recheck> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: row.shopId } });
  if (!readSettings(shop.settings).messages.live) return { action: "drop", rule: "paused" };
  if (clock.now().getTime() - row.decidedAt.getTime() > FRESH_FOR_DAYS * 86_400_000) {
    return { action: "drop", rule: "event_too_old" };
  }
  if (!row.shipmentId) return { action: "send" };
  const shipment = await tx.shipment.findUnique({ where: { shopId_id: { shopId: row.shopId, id: row.shipmentId } } });
  if (!shipment || shipment.lifecycle !== "active") return { action: "drop", rule: "parcel_inactive" };
  const { trueWhile } = kindRules[row.kind as NotificationKind];
  const stillTrue = trueWhile.includes(shipment.status as ShipmentStatus);
  return stillTrue ? { action: "send" } : { action: "drop", rule: "replaced_by_newer" };
}
