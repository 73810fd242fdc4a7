import type { FactInput } from "#app/modules/analytics/record-fact.server.ts";
import { writeDay } from "./civil-day.ts";
import type { Trouble } from "./forecast-view.ts";
import type { StoredFacts } from "./stored-facts.ts";
import { localMoment } from "./local-moment.ts";

const KINDS = {
  unfulfilled: "order.unfulfilled",
  label_unscanned: "shipment.label_unscanned",
  stalled: "shipment.stalled",
  delay_predicted: "shipment.delay_predicted",
  delayed: "shipment.delayed",
  suspected_lost: "shipment.suspected_lost",
} as const satisfies Record<Trouble["kind"], FactInput["kind"]>;

/** The facts that a new trouble makes true; each is counted once per parcel, on the destination's day. */
export function troubleFacts(
  found: readonly Trouble[],
  { id, facts, now }: { id: string; facts: StoredFacts; now: Date },
): FactInput[] {
  const happenedOn = writeDay(localMoment(facts.zone, now).day);
  const about = { subjectId: id, carrier: facts.carrier, countryCode: facts.destination.country };
  return found.map(({ kind, probability }) => ({
    ...about,
    kind: KINDS[kind],
    at: now,
    happenedOn,
    data: { probability },
  }));
}
