import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { AppError, ConfigurationError } from "#app/lib/errors.ts";
import type { ThreadWord } from "./liquid-thread.ts";
import type { SlotAnswer, SlotRequest } from "./slot-request.ts";

/** Processor time that one message may use, in microseconds, however its texts are written. */
const CPU_LIMIT = 170_000;
/** Nothing is looked at before this: nearly every message is done in one or two milliseconds. */
const FIRST_LOOK_MS = 120;
const NEXT_LOOK_MS = 20;
/** A thread that gets no processor at all, or does not even say what it has used. */
const WALL_LIMIT_MS = 3_000;
const START_LIMIT_MS = 20_000;
const MAX_WAITING = 5_000;

/** In all at most 64 MB, beside what the runtime itself needs. */
const RESOURCES = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8, codeRangeSizeMb: 8, stackSizeMb: 2 };

/** Beside the sources; beside the bundles of web host and worker; and below them, beside Remix's own. */
const PLACES = ["./liquid-thread.ts", "./liquid-thread.js", "../liquid-thread.js", "../../liquid-thread.js"];

/** More messages wait to be rendered than ever will be in time. */
export class RenderBacklogError extends AppError {
  readonly code = "render_backlog";
  readonly retryable = true;
}

/** The thread cannot start: a fault of the installation, not of a template. */
export class RenderThreadError extends AppError {
  readonly code = "render_thread";
  readonly retryable = true;
}

/** Ended before its texts were rendered: they took too long, or too much memory. */
export type PoolAnswer = SlotAnswer | { killed: "time" | "memory" };

interface Job {
  request: SlotRequest;
  resolve(answer: PoolAnswer): void;
  reject(error: unknown): void;
}

interface Thread {
  worker: Worker;
  job: Job | null;
  ready: boolean;
  /** Microseconds used up to its last word. */
  cpu: number;
}

/**
 * A few threads in which merchants' texts are rendered: no environment, no files, little memory, and a watch on the
 * processor time of each message. A thread that uses too much is ended and replaced; the process itself never stalls.
 */
export class LiquidPool {
  readonly #size: number;
  readonly #waiting: Job[] = [];
  readonly #threads = new Set<Thread>();
  #closed = false;

  constructor({ threads = 2 }: { threads?: number } = {}) {
    this.#size = threads;
  }

  /** @throws RenderBacklogError, RenderThreadError; never because of what is in the texts. */
  render(request: SlotRequest): Promise<PoolAnswer> {
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(new RenderBacklogError("too many messages wait"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#assign();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const threads = [...this.#threads];
    this.#threads.clear();
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
    for (const job of this.#waiting.splice(0)) job.reject(new RenderThreadError("the process is stopping"));
  }

  #assign(): void {
    for (const thread of this.#threads) {
      if (thread.ready && !thread.job) this.#give(thread);
    }
    const coming = [...this.#threads].filter(({ ready }) => !ready).length;
    if (this.#waiting.length > coming && this.#threads.size < this.#size && !this.#closed) this.#start();
  }

  #give(thread: Thread): void {
    const job = this.#waiting.shift();
    if (!job) return;
    thread.job = job;
    thread.worker.postMessage(job.request);
    void this.#watch(thread, job);
  }

  #start(): void {
    const worker = new Worker(findThreadFile(), { env: {}, execArgv: [], resourceLimits: RESOURCES });
    const thread: Thread = { worker, job: null, ready: false, cpu: 0 };
    this.#threads.add(thread);
    const slow = setTimeout(() => void worker.terminate(), START_LIMIT_MS);
    worker.on("message", (word: ThreadWord) => {
      clearTimeout(slow);
      const { job } = thread;
      Object.assign(thread, { cpu: word.cpu, ready: true, job: null });
      if (word.answer) job?.resolve(word.answer);
      this.#assign();
    });
    worker.on("error", (error) => {
      const outOfMemory = (error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY";
      this.#end(thread, (job) => (outOfMemory ? job.resolve({ killed: "memory" }) : job.reject(error)));
    });
    worker.on("exit", () => {
      clearTimeout(slow);
      this.#end(thread, (job) => job.reject(new RenderThreadError("the thread has ended")));
    });
    // Whoever waits for an answer holds the process open; a thread that has nothing to do must not.
    worker.unref();
  }

  /** Settles what the thread was working on and, where it never became ready, the message that it was started for. */
  #end(thread: Thread, settle: (job: Job) => void): void {
    const known = this.#threads.delete(thread);
    const job = thread.job ?? (known && !thread.ready && !this.#closed ? this.#waiting.shift() : null);
    thread.job = null;
    if (job) settle(job);
    if (known && !this.#closed) this.#assign();
  }

  async #watch(thread: Thread, job: Job): Promise<void> {
    const before = thread.cpu;
    await pause(FIRST_LOOK_MS);
    for (let waited = FIRST_LOOK_MS; thread.job === job; waited += NEXT_LOOK_MS) {
      const used = await Promise.race([usedBy(thread.worker), pause(NEXT_LOOK_MS, null)]);
      if (thread.job !== job) return;
      if (waited > WALL_LIMIT_MS || (used !== null && used - before > CPU_LIMIT)) {
        this.#threads.delete(thread);
        thread.job = null;
        job.resolve({ killed: "time" });
        this.#assign();
        await thread.worker.terminate();
        return;
      }
      await pause(NEXT_LOOK_MS);
    }
  }
}

async function usedBy(worker: Worker): Promise<number | null> {
  try {
    const { user, system } = await worker.cpuUsage();
    return user + system;
  } catch {
    return null;
  }
}

function findThreadFile(): URL {
  const found = PLACES.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (!found) throw new ConfigurationError("liquid-thread is missing: build the app again");
  return found;
}
