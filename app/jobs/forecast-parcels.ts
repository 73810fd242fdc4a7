import { forecastParcels } from "#app/modules/foresight/forecast-parcels.server.ts";
import type { ForesightDeps } from "#app/modules/foresight/foresight-deps.ts";
import { defineJob } from "./define-job.ts";

export const forecastParcelsJob = defineJob<"foresight.forecast", ForesightDeps>({
  name: "foresight.forecast",
  // A forecast that fails is made again by the next scan and by the sweep.
  retry: { limit: 3, delaySeconds: 10 },
  expireInSeconds: 120,
  concurrency: 2,
  run: async (payload, services) => {
    const report = await forecastParcels(services, payload);
    services.log.debug({ shopId: payload.shopId, ...report }, "parcels foreseen");
  },
});
