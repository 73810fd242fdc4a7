import type { OrdersDeps } from "#app/modules/orders/orders-deps.ts";
import { reconcileOrders } from "#app/modules/orders/reconcile-orders.server.ts";
import { defineJob } from "./define-job.ts";

/** Heals what dropped webhooks left out. A failed walk is due again when its lease ends, so it is not retried here. */
export const reconcileOrdersJob = defineJob<"orders.reconcile", OrdersDeps>({
  name: "orders.reconcile",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 240,
  concurrency: 4,
  async run(payload, services) {
    const outcome = await reconcileOrders(services, payload);
    services.log.info({ ...payload, ...outcome }, "reconciled");
  },
});
