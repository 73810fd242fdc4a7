import type { Job, JobResult } from "pg-boss";
import { errorMessage, isRetryable } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { RunnableJob } from "./define-job.ts";

/** Without notifications (a pooler in between) a queue is asked this often, in seconds. */
const POLL_SECONDS = 2;
/** With notifications: the net under a lost one. */
const POLL_SECONDS_BESIDE_NOTIFY = 15;

/** Jobs whose worker has not said for so long that it lives are given to another: it was killed. */
const HEARTBEAT_SECONDS = 30;

interface WorkedQueue {
  queue: Queue;
  log: Logger;
}

/**
 * Registers every job with its queue and starts the timers. Jobs of one batch run side by side; each reports its own
 * outcome, so that a poisonous one neither stops nor repeats its neighbours.
 * @returns stops the timers; the queue itself is stopped by its owner.
 */
export async function workQueues<Services extends WorkedQueue>(
  jobs: readonly RunnableJob<Services>[],
  services: Services,
): Promise<() => void> {
  const timers: NodeJS.Timeout[] = [];
  for (const job of jobs) {
    await register(job, services);
    if (job.cron) await services.queue.boss.schedule(job.name, job.cron, {});
    if (job.everySeconds) timers.push(startTicking(job, job.everySeconds, services));
  }
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

async function register<Services extends WorkedQueue>(job: RunnableJob<Services>, services: Services): Promise<void> {
  const { boss } = services.queue;
  await boss.updateQueue(job.name, {
    retryLimit: job.retry.limit,
    retryDelay: job.retry.delaySeconds,
    retryBackoff: true,
    retryDelayMax: job.retry.maxDelaySeconds ?? 3_600,
    expireInSeconds: job.expireInSeconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  });
  const options = {
    batchSize: Math.max(2, job.concurrency),
    perJobResults: true,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: POLL_SECONDS,
    notifyPollingIntervalSeconds: POLL_SECONDS_BESIDE_NOTIFY,
  } as const;
  await boss.work(job.name, options, (batch: Job<object>[]) =>
    Promise.all(batch.map((one) => runOne(job, one, services))),
  );
}

async function runOne<Services extends WorkedQueue>(
  job: RunnableJob<Services>,
  one: Job<object>,
  services: Services,
): Promise<JobResult> {
  try {
    await job.runUnchecked(one.data, services);
    return { id: one.id, status: "completed" };
  } catch (error) {
    const again = isRetryable(error) && one.retryCount < job.retry.limit;
    services.log[again ? "warn" : "error"](
      { job: job.name, jobId: one.id, attempt: one.retryCount + 1, again, err: errorMessage(error) },
      "job failed",
    );
    return {
      id: one.id,
      status: again ? "failed" : "deadletter",
      output: { message: errorMessage(error).slice(0, 500) },
    };
  }
}

function startTicking<Services extends WorkedQueue>(
  job: RunnableJob<Services>,
  seconds: number,
  { queue, log }: Services,
): NodeJS.Timeout {
  const tick = () =>
    queue.sendNow(job.name, { data: {} }).catch((error: unknown) => {
      log.warn({ job: job.name, err: errorMessage(error) }, "tick failed");
    });
  void tick();
  return setInterval(() => void tick(), seconds * 1_000);
}
