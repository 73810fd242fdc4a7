import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";

/** Workers' clocks may be this far from the database's; beyond it, quiet hours and due times would be wrong. */
const MAX_APART_MS = 5 * 60_000;

/** A worker whose clock has leapt sends nothing until it is right again: the others do. @returns whether it may send. */
export async function clockIsRight(deps: { db: Database; clock: Clock; log: Logger }): Promise<boolean> {
  const [row] = await deps.db.once<{ now: Date }>`SELECT clock_timestamp() AS now`;
  const apartMs = row ? Math.abs(row.now.getTime() - deps.clock.now().getTime()) : 0;
  if (apartMs <= MAX_APART_MS) return true;
  deps.log.error({ apartMs }, "this worker's clock is wrong: it sends nothing");
  return false;
}
