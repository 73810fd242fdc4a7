import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { ActivityEvent } from "./activity-event.ts";

/** Writes what happened into the audit trail, inside the transaction that made it happen. */
export async function recordActivity(
  tx: ShopTx,
  clock: Clock,
  shopId: string,
  events: readonly ActivityEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const at = clock.now();
  await tx.activity.createMany({
    data: events.map((event) => ({
      shopId,
      id: newId("act", clock),
      at,
      actor: event.actor,
      actorId: event.actorId ?? null,
      type: event.type,
      subjectType: event.subject.type,
      subjectId: event.subject.id,
      data: event.data,
    })),
  });
}
