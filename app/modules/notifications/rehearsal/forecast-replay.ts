import type { ShopTx } from "#app/lib/db.server.ts";

/** What was said of a parcel from a moment on. */
export interface SaidMoment {
  at: Date;
  forecast: {
    /** Civil dates at the destination. */
    promisedOn: string | null;
    shown: { on: string; from?: string | undefined } | null;
    troubles: readonly { kind: string; since: string }[];
  };
}

/** What would have been foreseen of at most 200 parcels between two moments, oldest first. */
export type ForecastReplay = (
  tx: ShopTx,
  wanted: { shopId: string; shipmentIds: readonly string[]; from: Date; to: Date },
) => Promise<Map<string, SaidMoment[]>>;
