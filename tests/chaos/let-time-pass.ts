import { PgBoss } from "pg-boss";
import { runAsOwner } from "#tests/support/run-as-owner.ts";

const HOUR = "interval '1 hour'";

/**
 * Lets an hour pass for everything that waits in the database: leases of dead workers, jobs they held, repetitions, the
 * next look. Only called while no worker runs, so that nothing at work is taken for dead.
 */
export async function letAnHourPass(ownerUrl: string): Promise<void> {
  await runAsOwner(ownerUrl, [
    `UPDATE pgboss.job SET start_after = start_after - ${HOUR}, started_on = started_on - ${HOUR},
       heartbeat_on = heartbeat_on - ${HOUR} WHERE state IN ('created', 'retry', 'active')`,
    "UPDATE pgboss.queue SET monitor_on = NULL",
    `UPDATE notification SET leased_until = leased_until - ${HOUR}, first_attempt_at = first_attempt_at - ${HOUR},
       last_attempt_at = last_attempt_at - ${HOUR} WHERE state = 'sending'`,
    `UPDATE send_pace SET next_at = next_at - ${HOUR}, held_until = held_until - ${HOUR}`,
    `UPDATE send_turn SET not_before = not_before - ${HOUR}`,
    `UPDATE effect SET leased_until = leased_until - ${HOUR}, updated_at = updated_at - ${HOUR}
       WHERE state IN ('queued', 'sending')`,
    `UPDATE inbound_delivery SET received_at = received_at - ${HOUR} WHERE status = 'stored'`,
    `UPDATE shipment SET next_check_at = next_check_at - ${HOUR}`,
    `UPDATE sync_mark SET due_at = due_at - ${HOUR}`,
  ]);
  const boss = new PgBoss({
    connectionString: ownerUrl,
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
  });
  boss.on("error", () => undefined);
  await boss.start();
  // Gives the jobs of the dead back to their queues, as the minute's round of a worker does.
  await boss.supervise();
  await boss.stop({ graceful: false, close: true });
}
