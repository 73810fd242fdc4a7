import { type CheckDeps, checkShipments } from "#app/modules/shipments/check-shipments.server.ts";
import { defineJob } from "./define-job.ts";

/** What this job needs of the services. */
export interface CheckServices {
  shipments: CheckDeps;
}

export const checkShipmentsJob = defineJob<"shipments.check", CheckServices>({
  name: "shipments.check",
  retry: { limit: 3, delaySeconds: 30 },
  expireInSeconds: 300,
  concurrency: 4,
  run: async (payload, services) => {
    const report = await checkShipments(services.shipments, payload);
    services.shipments.log.debug({ shopId: payload.shopId, ...report }, "parcels checked");
  },
});
