import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { LawBook } from "./law-book.server.ts";

/** What foreseeing and learning need of the outside. */
export interface ForesightDeps {
  db: Database;
  clock: Clock;
  queue: Queue;
  log: Logger;
  laws: LawBook;
}
