import type { OrdersDeps } from "#app/modules/orders/orders-deps.ts";
import { SWEEP_EVERY_SECONDS } from "#app/modules/orders/reconcile-schedule.ts";
import { sweepReconciliation } from "#app/modules/orders/sweep-reconciliation.server.ts";
import { defineJob } from "./define-job.ts";

/** Queues a comparison with Shopify for every shop that is due. */
export const reconcileSweepJob = defineJob<"orders.reconcile-sweep", OrdersDeps>({
  name: "orders.reconcile-sweep",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 60,
  concurrency: 1,
  everySeconds: SWEEP_EVERY_SECONDS,
  async run(_payload, services) {
    await sweepReconciliation(services);
  },
});
