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
  const column = <Value>(read: (event: ActivityEvent) => Value) => events.map(read);
  await tx.$executeRaw`
    INSERT INTO activity (shop_id, id, at, actor, actor_id, type, subject_type, subject_id, data)
    SELECT ${shopId}::text, e.id, ${clock.now().toISOString()}::timestamptz, e.actor, e.actor_id, e.type, e.subject_type,
      e.subject_id, e.data::jsonb
    FROM unnest(${column(() => newId("act", clock))}::text[], ${column(({ actor }) => actor)}::text[],
      ${column(({ actorId }) => actorId ?? null)}::text[], ${column(({ type }) => type)}::text[],
      ${column(({ subject }) => subject.type)}::text[], ${column(({ subject }) => subject.id)}::text[],
      ${column(({ data }) => JSON.stringify(data))}::text[])
      AS e (id, actor, actor_id, type, subject_type, subject_id, data)`;
}
