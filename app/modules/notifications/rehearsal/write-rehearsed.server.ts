import type { ShopTx } from "#app/lib/db.server.ts";
import { personOf } from "../control-group.ts";
import { localDay } from "../local-day.ts";
import type { OrderSituation } from "../situation.ts";
import type { ComparedMessage } from "./compare-runs.ts";

interface Rehearsed {
  shopId: string;
  dryRunId: string;
  firstPosition: number;
  /** The shop's clock, by whose days the messages are counted. */
  zone: string | null;
  rows: readonly (ComparedMessage & { order: OrderSituation })[];
}

/** Writes what would have been sent or held back, in the order in which it was rehearsed. */
export async function writeRehearsed(
  tx: ShopTx,
  { shopId, dryRunId, firstPosition, zone, rows }: Rehearsed,
): Promise<void> {
  const data = rows.map(({ message, difference, order }, index) => {
    const { decision, at, rule, wait, decidedAt, parcelIds } = message;
    const { businessKey, kind, channel, shipmentId, audience, evidence } = decision;
    const recipient = order.recipient[channel];
    return {
      ...{ shopId, dryRunId, position: firstPosition + index, businessKey, kind, channel, shipmentId, at, rule },
      orderId: order.id,
      // One person on all channels: whoever hears most hears it by mail and by text.
      personKey: audience === "staff" ? null : personOf(order),
      on: localDay(at, zone),
      // What only the published rules would have sent is not sent by these.
      outcome: difference === "removed" && rule === null ? "gone" : message.outcome,
      decision: {
        ...{ audience, wait, evidence, parcelIds: [...parcelIds] },
        decidedAt: decidedAt.toISOString(),
        locale: order.locale,
        countryCode: channel === "email" ? order.countryCode : recipient.countryCode,
      },
      difference,
    };
  });
  if (data.length > 0) await tx.dryRunMessage.createMany({ data });
}
