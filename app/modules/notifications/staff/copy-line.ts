import type { LedgerRow } from "../dispatch/dispatch-deps.ts";
import { readDecision } from "../log-entry.ts";
import type { StaffLine } from "./staff-mail.ts";

/** What the news of a kind is called in a list; the others are known by the parcel's status then. */
const STATES: Readonly<Record<string, string>> = {
  delivery_failed: "staff.section.attempted",
  pickup_reminder: "staff.section.pickup_ending",
  suspected_lost: "staff.section.suspected_lost",
  returned_to_sender: "staff.section.returned",
  delayed_in_transit: "staff.section.delayed",
  delay_predicted: "staff.section.delay_predicted",
  awaiting_pickup: "staff.section.unscanned",
  fulfillment_delayed: "staff.section.unshipped",
  held_customs: "reason.customs_hold",
};

/** The line of a list that stands for one copy. */
export function copyLine(
  row: Pick<LedgerRow, "id" | "kind" | "shipmentId" | "decision" | "decidedAt">,
  orderName: string,
): StaffLine {
  const then = readDecision(row.decision).evidence["statusThen"];
  return {
    title: orderName,
    detail: "",
    state: STATES[row.kind] ?? (typeof then === "string" ? `status.${then}` : ""),
    since: row.decidedAt.toISOString(),
    path: row.shipmentId === null ? `/app/messages/${row.id}` : `/app/shipments/${row.shipmentId}`,
  };
}
