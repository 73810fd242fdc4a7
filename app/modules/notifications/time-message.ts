import type { DecisionBook, RecipientPlace } from "./decision-book.ts";
import type { Channel } from "./channels/channel.ts";
import type { Outcome, WaitReason } from "./message-decision.ts";
import type { Occasion } from "./occasion.ts";
import type { Situation } from "./situation.ts";
import { FRESH_FOR_DAYS, isOfAnotherDay } from "./suppress-occasion.ts";

const HOUR_MS = 3_600_000;

/** When a message may go out, as far as it has been found out. */
export interface Timing {
  dueAt: Date;
  wait: WaitReason | null;
}

/** Now, or the merchant's delay after it happened. */
export function timeAfterDelay({ trigger, situation }: Occasion, delayHours: number): Timing {
  const dueAt = new Date((trigger.agesFrom ?? trigger.happenedAt).getTime() + delayHours * HOUR_MS);
  if (delayHours === 0 || dueAt <= situation.now) return { dueAt: situation.now, wait: null };
  return { dueAt, wait: "delay" };
}

/** Puts a message off until the hours in which it may go out; what would be worthless by then is not sent at all. */
export function keepToHours(
  book: Pick<DecisionBook, "allowedFrom">,
  occasion: Occasion,
  { channel, timing }: { channel: Channel; timing: Timing },
): Outcome {
  if (isOfAnotherDay(occasion, timing.dueAt)) return { action: "suppress", rule: "day_is_over" };
  const dueAt = allowedAt(book, occasion, { channel, at: timing.dueAt });
  if (dueAt <= timing.dueAt) return { action: "send", ...timing };
  const waits = dueAt.getTime() - timing.dueAt.getTime();
  if (isOfAnotherDay(occasion, dueAt) || waits > worthForMs(occasion))
    return { action: "suppress", rule: "quiet_hours" };
  return { action: "send", dueAt, wait: "quiet_hours" };
}

/** The first instant from `at` on at which this message may reach this shopper. */
export function allowedAt(
  book: Pick<DecisionBook, "allowedFrom">,
  { kind, situation }: Pick<Occasion, "kind" | "situation">,
  { channel, at }: { channel: Channel; at: Date },
): Date {
  const { hours } = situation.rules;
  if (channel === "email" && (kind.urgent || hours.email === null)) return at;
  return book.allowedFrom(channel, at, placeOf(situation, channel), hours);
}

/** For how long a message is worth something after it was due, in milliseconds. */
export function worthForMs({ kind }: Pick<Occasion, "kind">): number {
  return (kind.uselessAfterHours ?? FRESH_FOR_DAYS * 24) * HOUR_MS;
}

function placeOf({ shop, order }: Situation, channel: Channel): RecipientPlace {
  const { countryCode, provinceCode, postalCode } = order;
  return {
    ...{ countryCode, provinceCode, postalCode },
    phoneCountry: order.recipient[channel].countryCode,
    shopZone: shop.zone,
  };
}
