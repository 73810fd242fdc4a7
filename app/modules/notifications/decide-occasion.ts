import { chooseRule } from "./evaluate-conditions.ts";
import type { Channel } from "./channels/channel.ts";
import type { MessageDecision, Outcome, SuppressionRule } from "./message-decision.ts";
import type { Occasion } from "./occasion.ts";
import { isToldByShopify, suppressChannel } from "./suppress-occasion.ts";
import { type Timing, timeAfterDelay } from "./time-message.ts";

/** A message that may be sent, before bundles and hours have had their say. */
export interface DueMessage {
  occasion: Occasion;
  channel: Channel;
  timing: Timing;
  evidence: MessageDecision["evidence"];
}

/** What an occasion calls for: messages that may be sent, and those that may not. */
export interface Called {
  due: DueMessage[];
  decided: MessageDecision[];
}

type Evidence = MessageDecision["evidence"];

/** The messages that one occasion calls for, by the merchant's rules; none where a rule holds it back as a whole. */
export function decideOccasion(occasion: Occasion, held: SuppressionRule | null): Called {
  // What holds back the whole occasion is recorded once, under the channel that everybody has.
  if (held) return { due: [], decided: [suppressed(occasion, "email", { rule: held })] };
  const copies = staffCopies(occasion);
  const shopify = isToldByShopify(occasion);
  if (shopify) return { due: [], decided: [suppressed(occasion, "email", { rule: "shopify_tells" }), ...copies] };
  const rule = chooseRule(occasion.event, occasion);
  const evidence: Evidence = rule ? { ruleId: rule.id, ruleName: rule.name } : {};
  const { channels, delayHours } = rule?.then ?? occasion.event;
  if (channels.length === 0) {
    const reason = rule ? "rule_says_no" : "channel_off";
    return { due: [], decided: [suppressed(occasion, "email", { rule: reason, evidence }), ...copies] };
  }
  const timing = timeAfterDelay(occasion, delayHours);
  const withDelay = delayHours === 0 ? evidence : { ...evidence, delayHours };
  const called: Called = { due: [], decided: [...copies] };
  for (const channel of new Set(channels)) {
    const reason = suppressChannel(occasion, channel);
    if (reason) called.decided.push(suppressed(occasion, channel, { rule: reason, evidence }));
    else called.due.push({ occasion, channel, timing, evidence: withDelay });
  }
  return called;
}

/** The decision about one message of an occasion. */
export function decisionOf(
  { kind, trigger, parcel, situation }: Occasion,
  {
    channel,
    outcome,
    evidence = {},
    staff,
  }: { channel: Channel; outcome: Outcome; evidence?: Evidence; staff?: number },
): MessageDecision {
  const subject = trigger.shipmentId ?? situation.order.id;
  const occurrence = trigger.occurrence === "" ? "" : `:${trigger.occurrence}`;
  const copy = staff === undefined ? "" : `:staff:${staff}`;
  return {
    ...{ kind: kind.key, channel, outcome, audience: staff === undefined ? "shopper" : "staff" },
    businessKey: `${kind.key}:${subject}${occurrence}:${channel}${copy}`,
    shipmentId: trigger.shipmentId,
    parcelIds: trigger.shipmentId === null ? [] : [trigger.shipmentId],
    occurrence: trigger.occurrence,
    urgency: kind.urgency,
    evidence: {
      ...trigger.evidence,
      happenedAt: trigger.happenedAt.toISOString(),
      ...(trigger.agesFrom ? { agesFrom: trigger.agesFrom.toISOString() } : {}),
      statusThen: parcel?.status ?? null,
      ...evidence,
    },
  };
}

/** A message that is not sent, and the rule that says so. */
export function suppressed(
  occasion: Occasion,
  channel: Channel,
  { rule, evidence = {} }: { rule: SuppressionRule; evidence?: Evidence },
): MessageDecision {
  return decisionOf(occasion, { channel, outcome: { action: "suppress", rule }, evidence });
}

/** Copies for the people of the shop: at once, whatever the shopper hears. */
function staffCopies(occasion: Occasion): MessageDecision[] {
  const { event, situation } = occasion;
  if (!event.staffCopy) return [];
  return situation.rules.staff.addresses.map((_address, staff) =>
    decisionOf(occasion, { channel: "email", staff, outcome: { action: "send", dueAt: situation.now, wait: null } }),
  );
}
