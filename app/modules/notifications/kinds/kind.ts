import type { Locale } from "#app/lib/i18n.ts";
import type { SuppressionRule } from "../message-decision.ts";
import type { OrderSituation, ParcelSituation, Situation } from "../situation.ts";

/** The sections of the admin, by meaning. */
export type KindGroup = "status" | "predicted" | "problem" | "returns" | "order";

/**
 * Texts of one kind in one language, in Liquid over the variables of `message-facts.ts`. `sms` serves WhatsApp too,
 * unless the merchant writes another one.
 */
export interface KindTexts {
  subject: string;
  preheader: string;
  heading: string;
  /** Paragraphs, separated by an empty line. */
  body: string;
  /** What happens next, and when the shopper hears again; empty where nothing follows. */
  next: string;
  sms: string;
}

/** One thing that calls for a message of this kind. */
export interface Trigger {
  /** The parcel it is about; null for what is about the whole order. */
  shipmentId: string | null;
  /** The day, the attempt or the announced date that makes it another message of the same kind; empty for what comes once. */
  occurrence: string;
  /** When it happened, for rules about the past: nothing from before the import or from before going live is told. */
  happenedAt: Date;
  /** From when its age counts, where that is later: what is asked days after the delivery is fresh on that day. */
  agesFrom?: Date;
  /** What it was seen in: kept with the decision. Codes, ids and dates only; never names or addresses. */
  evidence: Readonly<Record<string, string | number | boolean | null>>;
}

/** A number that belongs to a kind. Outside of its bounds it would flood shoppers, or come when nobody needs it any more. */
export interface Threshold {
  unit: "hours" | "days";
  /** Where the merchant has set none; null = what foresight has learnt decides. */
  usual: number | null;
  min: number;
  max: number;
}

/** Everything about one kind of message; each stands in a file of its own. */
export interface KindDefinition {
  /** Stable: it stands in business keys, rules and statistics. */
  key: string;
  group: KindGroup;
  /** On when a shop starts; the others are offered. */
  onByDefault: boolean;
  /** Sent outside digests, control groups and quiet hours of e-mail: it is about loss or damage. */
  urgent: boolean;
  /** Nothing calls for it yet: its texts can be written, but it can neither be switched nor fire. */
  dormant: boolean;
  /** Needs the consent that advertising needs. */
  marketing: boolean;
  /** 0 goes out first. What is worthless tomorrow goes before what can wait. */
  urgency: number;
  /** After so many hours in a queue it is worthless and is dropped; null = after 7 days as everything. */
  uselessAfterHours: number | null;
  /** A message whose local day is over is dropped instead of sent on the next. */
  onlyOnItsDay: boolean;
  /** Shopify's own mail for the same thing, which must not go out as well; null where it has none. */
  shopifyMail:
    "shipping_confirmation" | "shipping_update" | "out_for_delivery" | "delivered" | "order_confirmation" | null;
  threshold: Threshold | null;
  /** Rules for all kinds that do not hold this one back: news of a cancellation is not silenced by the cancellation. */
  exemptFrom: readonly SuppressionRule[];
  /** When: everything in the situation that calls for this message, whether it was sent before or not. */
  triggersIn(situation: Situation): Trigger[];
  /**
   * The next instant at which time alone may call for such a message, though nothing else changes; null when only a
   * change can. Whoever decides, looks again then.
   */
  looksAgainAt(situation: Situation): Date | null;
  /** Suppression rules of this kind's own, beside the ones for all: the name of the rule that holds it back, or null. */
  heldBackBy(trigger: Trigger, situation: Situation): SuppressionRule | null;
  /** Still worth saying, asked again at the moment of sending. */
  isStillTrue(about: { parcel: ParcelSituation | null; order: OrderSituation; trigger: Trigger; now: Date }): boolean;
  /** Default texts; `split` replaces `main` where the order comes in several parcels. */
  texts: Readonly<Record<Locale, { main: KindTexts; split?: Partial<KindTexts> }>>;
}
