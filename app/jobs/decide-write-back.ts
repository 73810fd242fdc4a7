import { decideWriteBackFor } from "#app/modules/orders/decide-write-back.server.ts";
import type { OrdersDeps } from "#app/modules/orders/orders-deps.ts";
import { defineJob } from "./define-job.ts";

/** Decides whether Shopify lacks what we know about a parcel, from its present state, and writes the intent down. */
export const decideWriteBackJob = defineJob<"orders.decide-write-back", OrdersDeps>({
  name: "orders.decide-write-back",
  retry: { limit: 8, delaySeconds: 2, maxDelaySeconds: 600 },
  expireInSeconds: 60,
  concurrency: 4,
  async run(payload, services) {
    await decideWriteBackFor(services, payload);
  },
});
