import type { OrdersDeps } from "#app/modules/orders/orders-deps.ts";
import { refreshOrder } from "#app/modules/orders/refresh-order.server.ts";
import { defineJob } from "./define-job.ts";

/** Fetches one order whole, when a webhook said less than we need. */
export const refreshOrderJob = defineJob<"orders.refresh", OrdersDeps>({
  name: "orders.refresh",
  retry: { limit: 8, delaySeconds: 5, maxDelaySeconds: 900 },
  expireInSeconds: 120,
  concurrency: 4,
  async run(payload, services) {
    const outcome = await refreshOrder(services, payload);
    if (outcome.kind !== "applied") services.log.warn({ ...payload, outcome: outcome.kind }, "order not refreshed");
  },
});
