import { describe, expect, test } from "vitest";
import { allJobs } from "#app/jobs/all-jobs.ts";
import { type JobName, jobCatalogue, jobNames } from "#app/jobs/catalogue.ts";
import { toQueueJob } from "#app/jobs/define-job.ts";
import { reactions } from "#app/jobs/reactions.ts";

const timed = allJobs.filter((job) => job.cron !== undefined || job.everySeconds !== undefined);
/** May run beside themselves: a run whose worker died must not keep the next from starting. */
const holdsUpNobody: JobName[] = ["notifications.dispatch", "notifications.dispatch-texts"];
/** Enqueued from inside its own run: the run that is going on must not swallow the next one. */
const queuedByThemselves: JobName[] = ["orders.import", "orders.refresh", "orders.write-back"];

describe("the catalogue and the definitions", () => {
  test("every job has one definition, and every definition is in the catalogue", () => {
    expect(allJobs.map(({ name }) => name).sort()).toEqual([...jobNames].sort());
  });

  test("what follows a change is in the catalogue", () => {
    for (const { job } of reactions) expect(jobNames).toContain(job);
  });

  test.each(timed.map((job) => [job.name, job] as const))("%s, which a timer starts, does not pile up", (name, job) => {
    expect(jobCatalogue[name].policy).toBe(holdsUpNobody.includes(name) ? "one-waiting" : "one");
    // A ticker gives no payload.
    expect(jobCatalogue[name].payload.safeParse({}).success).toBe(true);
    expect(job.concurrency).toBe(1);
  });

  test.each(queuedByThemselves)("%s can queue itself while it runs", (name) => {
    expect(jobCatalogue[name].policy).not.toBe("one");
  });

  test.each(allJobs.map((job) => [job.name, job] as const))("%s has an end, and waits between tries", (_name, job) => {
    expect(job.expireInSeconds).toBeGreaterThan(0);
    expect(job.expireInSeconds).toBeLessThanOrEqual(3_600);
    expect(job.retry.limit).toBeLessThanOrEqual(12);
    if (job.retry.limit > 0) expect(job.retry.delaySeconds).toBeGreaterThan(0);
  });
});

describe("the key of a job", () => {
  test("keeps shops apart, and orders within a shop", () => {
    const key = (shopId: string, orderId: string) => toQueueJob("orders.refresh", { shopId, orderId }).singletonKey;
    expect(key("shop_a", "gid://shopify/Order/1")).not.toBe(key("shop_b", "gid://shopify/Order/1"));
    expect(key("shop_a", "gid://shopify/Order/1")).not.toBe(key("shop_a", "gid://shopify/Order/2"));
    expect(toQueueJob("orders.import", { shopId: "shop_a", importId: "imp_1" }).singletonKey).toBe("shop_a");
  });

  test("is left out where every job counts", () => {
    const startAfter = new Date("2026-03-02T10:00:00Z");
    const job = toQueueJob("orders.write-back", { shopId: "shop_a", effectId: "eff_1" }, { startAfter, priority: 3 });
    expect(job).toEqual({ data: { shopId: "shop_a", effectId: "eff_1" }, startAfter, priority: 3 });
  });
});

describe("payloads", () => {
  test.each([
    ["shipments.check", { shopId: "shop_a", shipmentIds: [] }],
    ["shipments.check", { shopId: "shop_a", shipmentIds: Array.from({ length: 201 }, (_, index) => `shp_${index}`) }],
    ["orders.decide-write-back", { shopId: "shop_a", shipmentId: "shp_1", version: 1.5 }],
    ["orders.import", { shopId: "", importId: "imp_1" }],
    ["notifications.decide", { shopId: "shop_a" }],
  ] as const)("%s refuses %j", (name, payload) => {
    expect(jobCatalogue[name].payload.safeParse(payload).success).toBe(false);
  });
});
