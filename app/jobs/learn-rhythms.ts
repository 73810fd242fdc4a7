import { type LearnDeps, learnRhythms } from "#app/modules/shipments/learn-rhythms.server.ts";
import { defineJob } from "./define-job.ts";

export const learnRhythmsJob = defineJob<"shipments.learn-rhythms", LearnDeps>({
  name: "shipments.learn-rhythms",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 300,
  concurrency: 1,
  everySeconds: 600,
  run: async (_payload, services) => {
    await learnRhythms(services);
  },
});
