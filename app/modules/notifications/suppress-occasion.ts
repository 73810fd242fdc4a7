import { isWithheld } from "./control-group.ts";
import type { Channel } from "./channels/channel.ts";
import type { SuppressionRule } from "./message-decision.ts";
import { localDay } from "./local-day.ts";
import { type Occasion, parcelsOf } from "./occasion.ts";
import type { ParcelSituation } from "./situation.ts";

const DAY_MS = 86_400_000;
/** An event whose own time is older than this is silent, whenever it arrives. */
export const FRESH_FOR_DAYS = 7;
/** A scan that has lain unread for so long, until the merchant said what its code means, is no news any more. */
const UNREAD_FOR_MS = DAY_MS;

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** True when the rule applies. */
type Check = readonly [SuppressionRule, (occasion: Occasion) => boolean];

/** From "this is never told" to "this cannot be told any more": the first that applies is the reason. */
const CHECKS: readonly Check[] = [
  ["imported", ({ trigger, situation }) => isBefore(trigger.happenedAt, situation.order.importedAt)],
  ["uninstalled", ({ situation }) => situation.shop.closed === "uninstalled"],
  ["not_live", ({ situation }) => situation.shop.closed === "not_live"],
  ["before_live", ({ trigger, situation }) => isBefore(trigger.happenedAt, situation.shop.liveSince)],
  ["paused", ({ situation }) => situation.shop.closed === "paused"],
  ["kind_disabled", ({ event }) => !event.on],
  ["before_switched_on", ({ trigger, event }) => event.onSince !== null && isBefore(trigger.happenedAt, event.onSince)],
  ["order_cancelled", ({ kind, situation }) => !kind.urgent && situation.order.cancelledAt !== null],
  ["parcel_inactive", ({ parcel }) => parcel !== null && !parcel.active],
  ["muted", isMuted],
  ["returned_to_sender", isReturned],
  ["first_seen_delivered", isFirstSeenDelivered],
  ["event_too_old", isTooOld],
  ["replaced_by_newer", (occasion) => !isStillTrue(occasion)],
  ["day_is_over", isOfAnotherDay],
];

/** The rule that holds back everything an occasion calls for; null when something may be sent. */
export function suppressOccasion(occasion: Occasion): SuppressionRule | null {
  const { exemptFrom } = occasion.kind;
  const found = CHECKS.find(([rule, applies]) => !exemptFrom.includes(rule) && applies(occasion));
  if (found) return found[0];
  return occasion.kind.heldBackBy(occasion.trigger, occasion.situation);
}

/** Nobody is told twice: not by us and by Shopify. Staff hear of it all the same. */
export function isToldByShopify({ kind, event }: Occasion): boolean {
  return event.voice === "shopify" && kind.shopifyMail !== null;
}

/** The rule that keeps a message from the shopper on one channel. */
export function suppressChannel(occasion: Occasion, channel: Channel): SuppressionRule | null {
  if (!occasion.situation.shop.channels.includes(channel)) return "channel_off";
  return suppressRecipient(occasion, channel) ?? (isWithheld(occasion) ? "control_group" : null);
}

/** What stands between a message and the shopper's address; asked again when it is sent. */
export function suppressRecipient(
  { kind, situation }: Pick<Occasion, "kind" | "situation">,
  channel: Channel,
): SuppressionRule | null {
  const recipient = situation.order.recipient[channel];
  if (recipient.personKey === null) return "no_recipient";
  if (recipient.blocked !== null) return "blocked";
  if (kind.marketing ? !recipient.marketing : !recipient.service) return "no_consent";
  return null;
}

export function isMuted(occasion: Pick<Occasion, "parcel" | "situation">): boolean {
  return occasion.situation.order.muted || parcelsOf(occasion).some(({ muted }) => muted);
}

/** A parcel on its way back tells nothing of itself but that, and what was lost or damaged. */
export function isReturned({ kind, parcel }: Pick<Occasion, "kind" | "parcel">): boolean {
  if (kind.group === "returns" || kind.urgent || !parcel) return false;
  return parcel.scans.some(({ status }) => status === "return_to_sender");
}

/** Still worth saying of at least one of the parcels. */
export function isStillTrue({ kind, trigger, parcel, situation }: Occasion): boolean {
  return kind.isStillTrue({ parcel, order: situation.order, trigger, now: situation.now });
}

/** A message that is about a day, when that day is over where the shopper is. */
export function isOfAnotherDay({ kind, trigger, parcel, situation }: Occasion, at = situation.now): boolean {
  if (!kind.onlyOnItsDay) return false;
  const zone = parcel?.zone ?? situation.shop.zone;
  // The carrier's own date is better than an instant that may have been guessed from it.
  const ofScan = trigger.evidence["fingerprint"] !== undefined && DATE.test(trigger.occurrence);
  const day = ofScan ? trigger.occurrence : localDay(trigger.happenedAt, zone);
  return localDay(at, zone) > day;
}

function isBefore(at: Date, moment: Date | string | null): boolean {
  return moment !== null && at.getTime() < new Date(moment).getTime();
}

/** True when the very first answer about the parcel already held the delivery: its journey was over before we looked. */
function isFirstSeenDelivered(occasion: Occasion): boolean {
  if (occasion.kind.urgent) return false;
  const parcels = parcelsOf(occasion);
  return parcels.length > 0 && parcels.every(wasDeliveredAtFirstSight);
}

function wasDeliveredAtFirstSight({ scans }: ParcelSituation): boolean {
  let first = Infinity;
  for (const { receivedAt } of scans) first = Math.min(first, receivedAt.getTime());
  return scans.some((scan) => scan.status === "delivered" && scan.receivedAt.getTime() === first);
}

function isTooOld({ trigger, scan, situation }: Occasion): boolean {
  const age = (since: Date) => situation.now.getTime() - since.getTime();
  if (age(trigger.agesFrom ?? trigger.happenedAt) > FRESH_FOR_DAYS * DAY_MS) return true;
  return scan?.mapped === true && age(scan.receivedAt) > UNREAD_FOR_MS;
}
