import type { Channel } from "./channels/channel.ts";

/** Why a message waits. Each is a translation key under `wait.`. */
export type WaitReason = "quiet_hours" | "delay" | "bundle" | "send_window" | "warm_up" | "staff_crowd";

/**
 * Why a message was not sent. Each is a translation key under `why.`. Rules of a single kind are named in its file; these
 * hold for all.
 */
export type SuppressionRule =
  | "imported"
  | "before_live"
  | "before_switched_on"
  | "not_live"
  | "paused"
  | "kind_disabled"
  | "channel_off"
  | "rule_says_no"
  | "shopify_tells"
  | "parcel_inactive"
  | "order_cancelled"
  | "returned_to_sender"
  | "first_seen_delivered"
  | "event_too_old"
  | "replaced_by_newer"
  | "no_longer_true"
  | "bundled"
  | "delay_said_already"
  | "said_already"
  | "told_by_other_kind"
  | "problem_on_order"
  | "replaced_by_late"
  | "muted"
  | "control_group"
  | "no_recipient"
  | "blocked"
  | "no_consent"
  | "quiet_hours"
  | "day_is_over"
  | "cap_reached"
  | "country_not_served"
  | "uninstalled"
  /** Copies for staff: so many came that they went as one mail. */
  | "gathered"
  /** The digest of a day on which nothing needed anybody. */
  | "nothing_to_tell";

export type Outcome =
  { action: "send"; dueAt: Date; wait: WaitReason | null } | { action: "suppress"; rule: SuppressionRule };

/** One decision: what, about which parcels, to whom on which channel, when or why not. */
export interface MessageDecision {
  kind: string;
  channel: Channel;
  audience: "shopper" | "staff";
  /** `kind:subject[:occurrence]:channel[:staff:n]`: a second decision with the same key changes nothing. */
  businessKey: string;
  shipmentId: string | null;
  /** All parcels it speaks of, when it speaks of several. */
  parcelIds: readonly string[];
  occurrence: string;
  outcome: Outcome;
  urgency: number;
  evidence: Readonly<Record<string, string | number | boolean | null>>;
}
