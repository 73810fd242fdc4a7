import type { ActivityEvent } from "#app/modules/activity/activity-event.ts";
import type { Trouble } from "./forecast-view.ts";
import { readShown } from "./forecast-view.ts";
import type { Foreseen } from "./foresee-parcel.ts";

/** A parcel's forecast before and after. */
interface Told {
  row: { id: string; shown: unknown; troubles: readonly Trouble[] | null };
  after: { foreseen: Foreseen | null };
}

/** What the audit trail says about a new forecast: what went wrong, what is over, and a shown date that moved. */
export function activitiesOf({ row, after }: Told): ActivityEvent[] {
  const subject = { type: "shipment" as const, id: row.id };
  const was = row.troubles ?? [];
  const events: ActivityEvent[] = newTroubles({ row, after }).map(({ kind, probability }) => {
    return { type: "shipment.trouble_found", actor: "system", subject, data: { kind, probability } };
  });
  const now = after.foreseen?.troubles ?? [];
  for (const { kind } of was)
    if (!now.some((one) => one.kind === kind))
      events.push({ type: "shipment.trouble_cleared", actor: "system", subject, data: { kind } });
  const from = readShown(row.shown ?? null);
  const to = after.foreseen?.shown;
  if (from && to && from.on !== to.on) {
    const data = { from: from.on, to: to.on, source: to.source };
    events.push({ type: "shipment.date_moved", actor: "system", subject, data });
  }
  return events;
}

/** What is wrong now and was not before. */
export function newTroubles({ row, after }: Told): Trouble[] {
  const was = row.troubles ?? [];
  return (after.foreseen?.troubles ?? []).filter((now) => !was.some(({ kind }) => kind === now.kind));
}
