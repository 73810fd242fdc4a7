import { fromPrisma, type JobInsert, PgBoss } from "pg-boss";
import type { Tx } from "./db.server.ts";
import { errorMessage } from "./errors.ts";
import type { Logger } from "./logger.server.ts";

export interface QueueJob {
  data: object;
  /** With a queue's policy: jobs with the same key are one job. */
  singletonKey?: string;
  /** Not before this moment. */
  startAfter?: Date;
  /** Higher goes first; 0 by default. */
  priority?: number;
}

export interface QueueStats {
  name: string;
  waiting: number;
  active: number;
  failed: number;
}

/**
 * Jobs in PostgreSQL. Enqueuing joins the caller's transaction: the job exists exactly when the change does.
 */
export class Queue {
  readonly boss: PgBoss;
  #used = false;

  constructor(options: { url: string; log: Logger; poolSize?: number; role: "web" | "worker" }) {
    const works = options.role === "worker";
    this.boss = new PgBoss({
      connectionString: options.url,
      options: "-c role=doorstep_app",
      application_name: `doorstep-queue-${options.role}`,
      max: options.poolSize ?? (works ? 6 : 2),
      // The release step installs the schema: processes only use it.
      migrate: false,
      createSchema: false,
      useListenNotify: works,
      supervise: works,
      schedule: works,
      // The app's role owns no index.
      reindex: false,
      monitorVacuum: false,
    });
    this.boss.on("error", (error) => options.log.error({ err: errorMessage(error) }, "queue"));
  }

  /** Does nothing when it has started; after a failure (no database yet) the next call tries again. */
  start(): Promise<unknown> {
    this.#used = true;
    return this.boss.start();
  }

  async stop(options: { graceful: boolean; timeoutMs: number }): Promise<void> {
    if (this.#used) await this.boss.stop({ graceful: options.graceful, timeout: options.timeoutMs, close: true });
  }

  /** Adds the jobs inside the caller's transaction. Jobs that a policy refuses as duplicates are silently left out. */
  async insert(tx: Tx, name: string, jobs: readonly QueueJob[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.start();
    await this.boss.insert(name, jobs as JobInsert[], { db: fromPrisma(tx) });
  }

  /** Adds one job outside any transaction: only for tickers and operators. */
  async sendNow(name: string, job: QueueJob): Promise<void> {
    await this.start();
    const { data, ...options } = job;
    await this.boss.send(name, data, options);
  }

  /** Counts per queue, at most a minute old. */
  async stats(names: readonly string[]): Promise<QueueStats[]> {
    await this.start();
    const queues = await this.boss.getQueues([...names]);
    return queues.map((queue) => ({
      name: queue.name,
      waiting: queue.queuedCount,
      active: queue.activeCount,
      failed: queue.failedCount,
    }));
  }
}
