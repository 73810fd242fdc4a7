import type { Logger } from "#app/lib/logger.server.ts";
import type { CarrierAccess, CarrierDirectory } from "./carrier-access.ts";
import type { RecordDeps } from "./record-events.server.ts";

/** What making parcels match a fulfillment needs; the transaction is the caller's. */
export interface SyncDeps extends Omit<RecordDeps, "db"> {
  access: Pick<CarrierAccess, "accountsFor">;
  carriers: CarrierDirectory;
  log: Logger;
}
