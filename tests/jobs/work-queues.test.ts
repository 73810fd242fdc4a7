import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DEAD_LETTER_QUEUE, type JobName } from "#app/jobs/catalogue.ts";
import type { RunnableJob } from "#app/jobs/define-job.ts";
import { workQueues } from "#app/jobs/work-queues.server.ts";
import { InvalidInputError } from "#app/lib/errors.ts";
import { Queue } from "#app/lib/queue.server.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { silentLog } from "#tests/support/test-queue.ts";

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

interface Services {
  queue: Queue;
  log: typeof silentLog;
}

function job(name: JobName, run: (payload: unknown) => Promise<void>, more: Partial<RunnableJob<Services>> = {}) {
  const retry = { limit: 2, delaySeconds: 60, maxDelaySeconds: 600 };
  return { name, retry, expireInSeconds: 90, concurrency: 5, runUnchecked: run, ...more };
}

interface JobRow {
  state: string;
  output: { message?: string } | null;
  data: { n?: number };
}

async function rows(name: string): Promise<JobRow[]> {
  const found = await owner.query<JobRow>(
    "SELECT state, output, data FROM pgboss.job WHERE name = $1 ORDER BY created_on, id",
    [name],
  );
  return found.rows;
}

/** Works these jobs until the check holds, then stops. */
async function working(jobs: RunnableJob<Services>[], work: (queue: Queue) => Promise<void>): Promise<void> {
  const queue = new Queue({ url: database.url, log: silentLog, role: "worker", poolSize: 3 });
  await queue.start();
  const stop = await workQueues(jobs, { queue, log: silentLog });
  try {
    await work(queue);
  } finally {
    stop();
    await queue.stop({ graceful: true, timeoutMs: 5_000 });
  }
}

const settled = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 12_000, interval: 100 });
const waits = async (queue: Queue, name: JobName, count: number) => {
  await queue.boss.insert(
    name,
    Array.from({ length: count }, (_, n) => ({ data: { n } })),
  );
};

describe("a batch", () => {
  test("with poison in it: the neighbours are done, the hopeless is set aside, the hopeful is tried again", async () => {
    const name = "orders.write-back";
    const seen: unknown[] = [];
    const poison = job(name, async (payload) => {
      const { n } = payload as { n: number };
      seen.push(n);
      // What a hostile payload may leave in a message: neither of them can stand in PostgreSQL's JSON.
      if (n === 1) throw new InvalidInputError("not \0 an event \ud800");
      if (n === 2) throw new Error("the database was away");
    });
    await working([poison], async (queue) => {
      await waits(queue, name, 5);
      await settled(async () => {
        const states = (await rows(name)).map(({ data, state }) => `${data.n} ${state}`).sort();
        expect(states).toEqual(["0 completed", "1 failed", "2 retry", "3 completed", "4 completed"]);
      });
    });
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
    const dead = await rows(DEAD_LETTER_QUEUE);
    expect(dead.map(({ data }) => data)).toEqual([{ n: 1 }]);
  });

  test("a job that has used up its tries is set aside too", async () => {
    const name = "notifications.decide";
    const hopeless = job(name, () => Promise.reject(new Error("still away")), { retry: { limit: 0, delaySeconds: 1 } });
    await working([hopeless], async (queue) => {
      await waits(queue, name, 1);
      await settled(async () => expect((await rows(name)).map(({ state }) => state)).toEqual(["failed"]));
    });
    expect((await rows(name))[0]?.output).toEqual({ message: "still away" });
    expect(await rows(DEAD_LETTER_QUEUE)).toHaveLength(2);
  });
});

describe("registering", () => {
  test("gives the queue the definition's terms, and the schedule its hour", async () => {
    const done = () => Promise.resolve();
    const nightly = job("shops.apply-retention", done, { cron: "17 3 * * *", expireInSeconds: 600 });
    await working([nightly], async () => {
      const queues = await owner.query("SELECT * FROM pgboss.queue WHERE name = 'shops.apply-retention'");
      expect(queues.rows[0]).toMatchObject({
        retry_limit: 2,
        retry_delay: 60,
        retry_backoff: true,
        retry_delay_max: 600,
        expire_seconds: 600,
        policy: "exclusive",
        dead_letter: DEAD_LETTER_QUEUE,
      });
      const schedules = await owner.query("SELECT name, cron FROM pgboss.schedule");
      expect(schedules.rows).toEqual([{ name: "shops.apply-retention", cron: "17 3 * * *" }]);
    });
  });

  test("a ticking job starts at once, and many workers ticking do not pile it up", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let runs = 0;
    const sweep = job(
      "outbox.sweep",
      async () => {
        runs += 1;
        await held;
      },
      { everySeconds: 3_600 },
    );
    await working([sweep], async (queue) => {
      await settled(async () => expect(runs).toBe(1));
      for (let tick = 0; tick < 3; tick += 1) await queue.sendNow("outbox.sweep", { data: {} });
      expect(await rows("outbox.sweep")).toHaveLength(1);
      release();
      await settled(async () => expect((await rows("outbox.sweep"))[0]?.state).toBe("completed"));
    });
    expect(runs).toBe(1);
  });

  test("a job queued by itself waits behind the run that queued it", async () => {
    const name = "orders.import";
    const runs: unknown[] = [];
    let again: () => Promise<void> = () => Promise.resolve();
    await working(
      [
        job(name, async () => {
          runs.push(runs.length);
          if (runs.length === 1) await again();
        }),
      ],
      async (queue) => {
        again = () => queue.sendNow(name, { data: { n: 1 }, singletonKey: "shop_a" });
        await queue.sendNow(name, { data: { n: 0 }, singletonKey: "shop_a" });
        await settled(async () =>
          expect((await rows(name)).map(({ state }) => state)).toEqual(["completed", "completed"]),
        );
      },
    );
    expect(runs).toEqual([0, 1]);
  });
});
