import type { ShipmentStatus } from "#app/modules/carriers/status.ts";

/** The messages that exist so far; each is about one parcel, by e-mail. */
export const NOTIFICATION_KINDS = ["shipped", "out_for_delivery", "delivered"] as const;

export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

interface KindRule {
  /** The scan that makes the message due: the first with one of these statuses. */
  triggers: readonly ShipmentStatus[];
  /** `parcel`: once in its life; `parcel-day`: once per local day of the scan. */
  once: "parcel" | "parcel-day";
  /** The message is still true while the parcel has one of these statuses; otherwise something newer has replaced it. */
  trueWhile: readonly ShipmentStatus[];
}

export const kindRules: Readonly<Record<NotificationKind, KindRule>> = {
  shipped: { triggers: ["in_transit"], once: "parcel", trueWhile: ["in_transit"] },
  out_for_delivery: { triggers: ["out_for_delivery"], once: "parcel-day", trueWhile: ["out_for_delivery"] },
  delivered: { triggers: ["delivered"], once: "parcel", trueWhile: ["delivered"] },
};
