import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import type { Channel } from "#app/modules/notifications/channels/channel.ts";
import type { MessageDecision } from "#app/modules/notifications/message-decision.ts";
import { eventRulesSchema, messageRulesSchema, type EventRules } from "#app/modules/notifications/message-rules.ts";
import type {
  DecidedMessage,
  OrderSituation,
  ParcelScan,
  ParcelSituation,
  RecipientSituation,
  Situation,
} from "#app/modules/notifications/situation.ts";

/** Situations for tests, complete, so that a test says only what it is about. It is noon (UTC) of a Friday. */
export const NOW = new Date("2026-11-20T12:00:00Z");

export function scan(status: ShipmentStatus, at: string, changes: Partial<ParcelScan> = {}): ParcelScan {
  return {
    ...{ fingerprint: `${status}@${at}`, status, subStatus: null, localTime: at.slice(0, 19) },
    ...{ occurredAt: new Date(at), receivedAt: new Date(at) },
    ...changes,
  };
}

export const LABEL = scan("pre_transit", "2026-11-18T08:00:00Z");
export const MOVING = scan("in_transit", "2026-11-20T08:00:00Z");
export const OUT = scan("out_for_delivery", "2026-11-20T10:00:00Z");
export const DELIVERED = scan("delivered", "2026-11-20T11:00:00Z");

export function parcel(scans: readonly ParcelScan[], changes: Partial<ParcelSituation> = {}): ParcelSituation {
  const last = [...scans].sort((a, b) => Number(a.occurredAt) - Number(b.occurredAt)).at(-1);
  return {
    ...{ id: "shp_1", status: last?.status ?? "unknown", subStatus: last?.subStatus ?? null, carrier: "ups" },
    ...{ service: "Ground", active: true, muted: false, createdAt: new Date("2026-11-18T07:00:00Z"), scans },
    ...{ zone: "UTC", forecast: null },
    ...changes,
  };
}

const reachable = (personKey: string): RecipientSituation => {
  return { personKey, countryCode: null, blocked: null, service: true, marketing: false };
};

export function recipient(channel: Channel, changes: Partial<RecipientSituation>): Pick<OrderSituation, "recipient"> {
  const all = { email: reachable("mail-1"), sms: reachable("phone-1"), whatsapp: reachable("phone-1") };
  return { recipient: { ...all, [channel]: { ...all[channel], ...changes } } };
}

export interface Changes {
  now?: Date;
  shop?: Partial<Situation["shop"]>;
  order?: Partial<OrderSituation>;
  parcels?: readonly ParcelSituation[];
  history?: readonly DecidedMessage[];
  events?: Readonly<Record<string, Partial<EventRules>>>;
  rules?: Partial<Situation["rules"]>;
}

/** One parcel on its way, of a live shop with e-mail and SMS; `events` are on and by e-mail unless they say otherwise. */
export function situation(changes: Changes = {}): Situation {
  const events = Object.entries(changes.events ?? {}).map(([kind, event]) => [
    kind,
    eventRulesSchema.parse({ on: true, channels: ["email"], ...event }),
  ]);
  return {
    now: changes.now ?? NOW,
    shop: {
      ...{ id: "shop_1", zone: "UTC", countryCode: "US", closed: null, liveSince: null, channels: ["email", "sms"] },
      ...changes.shop,
    },
    rules: { ...messageRulesSchema.parse({}), events: Object.fromEntries(events), ...changes.rules },
    order: {
      ...{ id: "order_1", placedAt: new Date("2026-11-17T09:00:00Z"), importedAt: null, cancelledAt: null },
      ...{ unfulfilledSince: null, completelyFulfilled: true, countryCode: "US", provinceCode: "TX" },
      ...{ postalCode: "78704", tags: [], customerTags: [], productTags: [], totalMinor: 14_800 },
      ...{ shippingOption: "Standard", firstOrder: true, muted: false, locale: "en", ...recipient("email", {}) },
      ...changes.order,
    },
    parcels: changes.parcels ?? [parcel([LABEL, MOVING])],
    history: changes.history ?? [],
  };
}

/** A decision as the ledger gives it back. */
export function remembered(decision: MessageDecision, changes: Partial<DecidedMessage> = {}): DecidedMessage {
  const { outcome, ...rest } = decision;
  return {
    ...rest,
    id: decision.businessKey,
    state: outcome.action === "send" ? "queued" : "suppressed",
    rule: outcome.action === "send" ? null : outcome.rule,
    decidedAt: NOW,
    dueAt: outcome.action === "send" ? outcome.dueAt : null,
    ...changes,
  };
}

/** "shipped email: send", "shipped email: send 14:00 delay", "delivered sms: no_recipient" … */
export function told(decisions: readonly MessageDecision[], now = NOW): string[] {
  return decisions.map(({ kind, channel, audience, outcome, shipmentId }) => {
    const parcelNumber = shipmentId && shipmentId !== "shp_1" ? ` ${shipmentId}` : "";
    const name = `${kind}${parcelNumber} ${audience === "staff" ? "staff" : channel}`;
    if (outcome.action === "suppress") return `${name}: ${outcome.rule}`;
    const day =
      outcome.dueAt.getUTCDate() === now.getUTCDate() ? "" : ` +${outcome.dueAt.getUTCDate() - now.getUTCDate()}d`;
    const at = outcome.wait ? `${day} ${outcome.dueAt.toISOString().slice(11, 16)} ${outcome.wait}` : "";
    return `${name}: send${at}`;
  });
}
