import { enqueueAll } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { isScan as isScanRow, MAPPED, type StoredEvent } from "#app/modules/shipments/stored-event.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { type DecisionInput, decideMessages, type MessageDecision } from "./decide-first-kinds.ts";

export interface DecideDeps {
  db: Database;
  clock: Clock;
  queue: Queue;
}

/** More scans than any parcel has; a log that grew beyond it is read from its newest end. */
const MAX_SCANS = 2_000;

/**
 * Decides which messages a parcel's state deserves, and writes every decision into the ledger: the ones to send with
 * their job, the others with the rule that held them back. Running it again adds nothing.
 * @returns the number of messages to send and of those suppressed.
 */
export async function decideNotifications(
  deps: DecideDeps,
  { shopId, shipmentId }: { shopId: string; shipmentId: string },
): Promise<{ toSend: number; suppressed: number }> {
  return deps.db.forShop(shopId, async (tx) => {
    const found = await loadInput(tx, deps.clock, { shopId, shipmentId });
    if (!found) return { toSend: 0, suppressed: 0 };
    const decisions = decideMessages(found.input);
    const rows = decisions.map((decision) => ({ ...decision, id: newId("ntf", deps.clock) }));
    await writeLedger(tx, deps.clock, { shopId, shipmentId, ...found, rows });
    const sends = rows.filter(({ decision }) => decision.action === "send");
    await enqueueAll(
      { queue: deps.queue, tx },
      "notifications.send",
      sends.map(({ id }) => ({ shopId, notificationId: id })),
    );
    return { toSend: sends.length, suppressed: rows.length - sends.length };
  });
}

/** Statements about the whole parcel and decisions of ours tell no shopper anything. */
function isScan(row: { rule: string; source: string }): boolean {
  return isScanRow({ rule: row.rule, source: row.source as StoredEvent["source"] });
}

interface Loaded {
  input: DecisionInput;
  orderId: string;
  locale: string | null;
}

async function loadInput(
  tx: ShopTx,
  clock: Clock,
  { shopId, shipmentId }: { shopId: string; shipmentId: string },
): Promise<Loaded | null> {
  // The lock lets two decisions about one parcel follow each other, so that the second sees the first one's keys.
  const locked = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM shipment WHERE id = ${shipmentId} FOR UPDATE`;
  if (locked.length === 0) return null;
  const shipment = await tx.shipment.findUniqueOrThrow({
    where: { shopId_id: { shopId, id: shipmentId } },
    include: { order: true },
  });
  const scans = await tx.trackingEvent.findMany({
    where: { shopId, shipmentId },
    orderBy: { receivedAt: "desc" },
    take: MAX_SCANS,
  });
  const decided = await tx.notification.findMany({ where: { shopId, shipmentId }, select: { businessKey: true } });
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { messages } = readSettings(shop.settings);
  const { order } = shipment;
  const input: DecisionInput = {
    now: clock.now(),
    live: messages.live && shop.status !== "uninstalled",
    enabled: messages.enabled,
    parcel: {
      id: shipmentId,
      status: shipment.status as ShipmentStatus,
      active: shipment.lifecycle === "active",
      scans: scans.filter(isScan).map((scan) => {
        return { ...scan, status: scan.status as ShipmentStatus, mapped: scan.rule.startsWith(MAPPED) };
      }),
    },
    order: {
      email: order.email,
      importedAt: order.origin === "import" ? order.createdAt : null,
      cancelled: order.cancelledAt !== null,
    },
    decided: new Set(decided.map((row) => row.businessKey)),
  };
  return { input, orderId: order.id, locale: order.locale };
}

interface LedgerInput extends Loaded {
  shopId: string;
  shipmentId: string;
  rows: (MessageDecision & { id: string })[];
}

async function writeLedger(tx: ShopTx, clock: Clock, ledger: LedgerInput): Promise<void> {
  const { shopId, shipmentId, input, orderId, locale, rows } = ledger;
  const now = clock.now();
  await tx.notification.createMany({
    data: rows.map(({ id, businessKey, kind, decision, evidence }) => ({
      shopId,
      id,
      businessKey,
      kind,
      channel: "email",
      orderId,
      shipmentId,
      recipient: input.order.email,
      locale,
      state: decision.action === "send" ? "queued" : "suppressed",
      decision: { ...decision, ...evidence },
      decidedAt: now,
      updatedAt: now,
    })),
    skipDuplicates: true,
  });
  await recordActivity(
    tx,
    clock,
    shopId,
    rows.flatMap(({ id, kind, decision }) =>
      decision.action === "suppress"
        ? [
            {
              type: "notification.suppressed" as const,
              actor: "system" as const,
              subject: { type: "shipment" as const, id: shipmentId },
              data: { notificationId: id, kind, rule: decision.rule },
            },
          ]
        : [],
    ),
  );
}
