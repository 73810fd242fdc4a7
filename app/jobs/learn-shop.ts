import type { ForesightDeps } from "#app/modules/foresight/foresight-deps.ts";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import { defineJob } from "./define-job.ts";

export const learnShopJob = defineJob<"foresight.learn", ForesightDeps>({
  name: "foresight.learn",
  // The mark's lease brings a lost night back.
  retry: { limit: 2, delaySeconds: 60 },
  expireInSeconds: 1_200,
  concurrency: 1,
  run: async (payload, services) => {
    const report = await learnShop(services, payload);
    services.log.info({ ...payload, ...report }, "learnt");
  },
});
