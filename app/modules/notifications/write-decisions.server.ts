import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { MessageDecision } from "./message-decision.ts";
import type { LoadedSituation } from "./situation/load-situations.server.ts";

interface Decided extends LoadedSituation {
  decisions: readonly MessageDecision[];
}

/** Writes decisions into the ledger, each with its evidence; a key that is there already stays as it is. */
export async function writeDecisions(tx: ShopTx, clock: Clock, decided: Decided): Promise<void> {
  const { situation, decisions } = decided;
  if (decisions.length === 0) return;
  const rows = decisions.map((decision) => ({ decision, id: newId("ntf", clock) }));
  await tx.notification.createMany({
    data: rows.map(({ decision, id }) => ledgerRow(decided, decision, id)),
    skipDuplicates: true,
  });
  await joinBundles(tx, situation.shop.id, decisions);
  await recordActivity(
    tx,
    clock,
    situation.shop.id,
    rows.flatMap(({ decision: { kind, shipmentId, outcome, audience }, id }) => {
      if (outcome.action !== "suppress" || shipmentId === null || audience === "staff") return [];
      const subject = { type: "shipment" as const, id: shipmentId };
      const data = { notificationId: id, kind, rule: outcome.rule };
      return [{ type: "notification.suppressed" as const, actor: "system" as const, subject, data }];
    }),
  );
}

function ledgerRow({ situation, rulesNumber, recipients }: Decided, decision: MessageDecision, id: string) {
  const { now, shop, order, rules } = situation;
  const { kind, channel, audience, businessKey, shipmentId, parcelIds, occurrence, urgency, outcome, evidence } =
    decision;
  const copy = audience === "staff" ? (rules.staff.addresses[staffNumber(businessKey)] ?? null) : null;
  const { seen, addresses } = recipients;
  return {
    ...{ shopId: shop.id, id, businessKey, kind, channel, audience, shipmentId, occurrence, urgency, rulesNumber },
    parcelIds: [...parcelIds],
    orderId: order.id,
    recipient: audience === "staff" ? copy : addresses[channel],
    personKey: audience === "staff" ? null : seen[channel].personKey,
    countryCode: channel === "email" ? order.countryCode : seen[channel].countryCode,
    locale: order.locale,
    state: outcome.action === "send" ? "queued" : "suppressed",
    dueAt: outcome.action === "send" ? outcome.dueAt : null,
    decision: {
      action: outcome.action,
      rule: outcome.action === "suppress" ? outcome.rule : null,
      wait: outcome.action === "send" ? outcome.wait : null,
      evidence,
    },
    decidedAt: now,
    updatedAt: now,
  };
}

const staffNumber = (businessKey: string): number => Number(businessKey.slice(businessKey.lastIndexOf(":") + 1));

/** A message that still waits speaks of the parcels that joined it as well; its row is locked by whoever decides. */
async function joinBundles(tx: ShopTx, shopId: string, decisions: readonly MessageDecision[]): Promise<void> {
  const written = new Set(decisions.map(({ businessKey }) => businessKey));
  for (const { outcome, evidence, shipmentId } of decisions) {
    const into = evidence["bundledInto"];
    if (outcome.action === "send" || typeof into !== "string" || written.has(into)) continue;
    await tx.$executeRaw`
      UPDATE notification SET parcel_ids = array_append(parcel_ids, ${shipmentId})
      WHERE shop_id = ${shopId} AND business_key = ${into} AND NOT (${shipmentId} = ANY (parcel_ids))`;
  }
}
