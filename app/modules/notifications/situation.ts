import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import type { MessageRules } from "./message-rules.ts";
import type { Channel } from "./channels/channel.ts";

/**
 * Everything a decision about the messages of one order depends on. Plain data: the live engine reads it from the
 * database, the rehearsal builds it from the history on a virtual clock, and both decide with the same functions.
 */
export interface Situation {
  now: Date;
  shop: ShopSituation;
  rules: MessageRules;
  order: OrderSituation;
  /** Parcels of the order that were not removed, in the order in which they were made. */
  parcels: readonly ParcelSituation[];
  /** What was decided before about this order, in the order of the decisions. */
  history: readonly DecidedMessage[];
}

export interface ShopSituation {
  id: string;
  /** IANA zone of the shop; null when unknown. */
  zone: string | null;
  countryCode: string | null;
  /** Why no message goes out at all; null when messages do. */
  closed: "not_live" | "paused" | "uninstalled" | null;
  /** The channels that are set up. */
  channels: readonly Channel[];
  /** Nothing that happened before is ever told; null while the shop has never gone live. */
  liveSince: Date | null;
}

export interface OrderSituation {
  id: string;
  placedAt: Date;
  /** When the order came in by import; nothing that happened before is told. Null for orders seen live. */
  importedAt: Date | null;
  cancelledAt: Date | null;
  /** Since when nothing of it has shipped although it should have; null when all is well. */
  unfulfilledSince: Date | null;
  /** Every shippable line has been fulfilled. */
  completelyFulfilled: boolean;
  countryCode: string | null;
  provinceCode: string | null;
  postalCode: string | null;
  tags: readonly string[];
  customerTags: readonly string[];
  productTags: readonly string[];
  /** Minor units of the shop's currency. */
  totalMinor: number;
  shippingOption: string | null;
  /** No earlier order of the same customer is known. */
  firstOrder: boolean;
  /** The merchant has silenced the order, its customer or one of its tags. */
  muted: boolean;
  /** Who can be reached where, and what stands in the way. */
  recipient: Readonly<Record<Channel, RecipientSituation>>;
  locale: string | null;
}

/** How the shopper can be reached on one channel. */
export interface RecipientSituation {
  /** A keyed hash of the address, so that decisions name nobody; null without an address. */
  personKey: string | null;
  /** ISO country of the phone number; null for mail. */
  countryCode: string | null;
  /** Why nothing may be sent there: bounced, complained, stopped, unsubscribed, invalid … */
  blocked: string | null;
  /** May be sent what serves the order. */
  service: boolean;
  /** May be sent advertising. */
  marketing: boolean;
}

export interface ParcelSituation {
  id: string;
  /** Folded: what the parcel's log says as of `now`. */
  status: ShipmentStatus;
  subStatus: string | null;
  /** Our carrier id; null while unknown. */
  carrier: string | null;
  service: string | null;
  active: boolean;
  muted: boolean;
  /** When the fulfillment was made. */
  createdAt: Date;
  /** Its scans, in no particular order; statements of ours and about the whole parcel are not among them. */
  scans: readonly ParcelScan[];
  /** IANA zone at the destination; null when unknown. */
  zone: string | null;
  /** What is foreseen as of `now`; null while nothing is. */
  forecast: ParcelOutlook | null;
}

export interface ParcelScan {
  fingerprint: string;
  status: ShipmentStatus;
  subStatus: string | null;
  /** The scan's own instant, or null when the carrier did not make it known. */
  occurredAt: Date | null;
  localTime: string | null;
  /** When we heard of it: scans of one answer came at one moment. */
  receivedAt: Date;
  /** Read by the merchant's own mapping, which may have come long after the scan. */
  mapped?: boolean;
  countryCode?: string | null;
}

/** What foresight says about a parcel, as far as messages need it. Dates are civil dates at the destination. */
export interface ParcelOutlook {
  /** The last day that keeps what the shopper was told when buying. */
  promisedOn: string | null;
  /** The date shown to the shopper: the last day of the window. */
  expectedOn: string | null;
  /** First day of the window, where a range is shown. */
  expectedFrom: string | null;
  troubles: readonly { kind: string; since: Date }[];
}

/** One line of the ledger as the decisions see it. */
export interface DecidedMessage {
  id: string;
  businessKey: string;
  kind: string;
  channel: Channel;
  audience: "shopper" | "staff";
  shipmentId: string | null;
  /** All parcels it speaks of, the first of which is the one above; empty where it is about the order. */
  parcelIds: readonly string[];
  occurrence: string;
  /** queued | sending | sent | failed | unknown | dropped | suppressed; what has been rendered waits as `sending`. */
  state: string;
  rule: string | null;
  decidedAt: Date;
  /** When it was (or is to be) sent; null for what was held back. */
  dueAt: Date | null;
  evidence: Readonly<Record<string, string | number | boolean | null>>;
}
