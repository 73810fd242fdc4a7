import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";

/** One thing that happened, once per subject: the grain of every number on a dashboard. No personal data. */
export interface FactInput {
  kind:
    | "shipment.first_scan"
    | "shipment.delivered"
    | "shipment.returned"
    | "shipment.exception"
    | "shipment.label_unscanned"
    | "shipment.stalled"
    | "shipment.delay_predicted"
    | "shipment.delayed"
    | "shipment.suspected_lost"
    | "order.unfulfilled"
    /** Its shopper asked the tracking page where it is, once per day (UTC); opening the link of a message is not asking. */
    | "order.looked_up";
  at: Date;
  /** Civil date (`YYYY-MM-DD`) in the zone that the definition of the kind names. */
  happenedOn: string;
  subjectId: string;
  carrier: string | null;
  countryCode: string | null;
  data: Record<string, string | number | boolean | null>;
}

/** Writes facts in the transaction that made them true; a fact that is already there stays as it was. */
export async function recordFacts(
  tx: ShopTx,
  clock: Clock,
  shopId: string,
  facts: readonly FactInput[],
): Promise<void> {
  if (facts.length === 0) return;
  await tx.fact.createMany({
    data: facts.map((fact) => ({ shopId, id: newId("fct", clock), ...fact })),
    skipDuplicates: true,
  });
}
