import { keepShopsAlive } from "#app/modules/shops/keep-alive.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const keepAliveJob = defineJob<"shops.keep-alive", Services>({
  name: "shops.keep-alive",
  retry: { limit: 0, delaySeconds: 60 },
  expireInSeconds: 900,
  concurrency: 1,
  everySeconds: 600,
  run: async (_payload, services) => {
    await keepShopsAlive(services);
  },
});
