import type { Tx } from "#app/lib/db.server.ts";
import type { Queue, QueueJob } from "#app/lib/queue.server.ts";
import { jobCatalogue, type JobName, type JobPayload } from "./catalogue.ts";

export interface RetryRule {
  /** Attempts after the first. */
  limit: number;
  /** Seconds before the first repetition; doubled each time, with jitter. */
  delaySeconds: number;
  maxDelaySeconds?: number;
}

export interface JobDefinition<Name extends JobName, Services> {
  name: Name;
  retry: RetryRule;
  /** Seconds a run may take before it counts as lost and is given to another worker. */
  expireInSeconds: number;
  /** Jobs of this kind that one worker process runs at the same time. */
  concurrency: number;
  /** Runs on a timer, by cron expression in UTC or every so many seconds, once over all workers. */
  cron?: string;
  everySeconds?: number;
  /** Safe to run twice. About ten lines that call a module. */
  run(payload: JobPayload<Name>, services: Services): Promise<void>;
}

/** A job as the worker registers it, its payload still unchecked. */
export interface RunnableJob<Services> {
  name: JobName;
  retry: RetryRule;
  expireInSeconds: number;
  concurrency: number;
  cron?: string;
  everySeconds?: number;
  /** @throws ZodError when the payload is not what the catalogue says. */
  runUnchecked(payload: unknown, services: Services): Promise<void>;
}

/** Declares what a job does; what it carries and how it is keyed stands in the catalogue, because producers need that too. */
export function defineJob<Name extends JobName, Services>(
  definition: JobDefinition<Name, Services>,
): RunnableJob<Services> {
  const { run, ...rest } = definition;
  return {
    ...rest,
    runUnchecked: (payload, services) =>
      run(jobCatalogue[definition.name].payload.parse(payload) as JobPayload<Name>, services),
  };
}

export interface EnqueueOptions {
  startAfter?: Date;
  priority?: number;
}

/** Adds one job inside the caller's transaction. */
export async function enqueue<Name extends JobName>(
  { queue, tx }: { queue: Queue; tx: Tx },
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions = {},
): Promise<void> {
  await queue.insert(tx, name, [toQueueJob(name, payload, options)]);
}

/** Adds many jobs of one kind in one statement. */
export async function enqueueAll<Name extends JobName>(
  { queue, tx }: { queue: Queue; tx: Tx },
  name: Name,
  payloads: readonly JobPayload<Name>[],
  options: EnqueueOptions = {},
): Promise<void> {
  await queue.insert(
    tx,
    name,
    payloads.map((payload) => toQueueJob(name, payload, options)),
  );
}

/** The job as the queue takes it: keyed by the catalogue's rule. */
export function toQueueJob<Name extends JobName>(
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions = {},
): QueueJob {
  const entry = jobCatalogue[name] as { key?: (payload: JobPayload<Name>) => string };
  return { data: payload, ...options, ...(entry.key ? { singletonKey: entry.key(payload) } : {}) };
}
