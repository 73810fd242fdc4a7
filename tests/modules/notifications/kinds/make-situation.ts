import { describe, expect, test } from "vitest";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { kindOf } from "#app/modules/notifications/kinds/kinds.ts";
import { type EventRules, messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import type {
  DecidedMessage,
  OrderSituation,
  ParcelOutlook,
  ParcelScan,
  ParcelSituation,
  Situation,
} from "#app/modules/notifications/situation.ts";

/** Friday noon in Berlin is 11:00 here. */
export const NOW = new Date("2026-11-20T12:00:00Z");

const BERLIN = "Europe/Berlin";

/** A scan at `20T08:00` of November 2026, UTC, which is one hour less than where it was made. */
export function scan(status: ShipmentStatus, at: string, changes: Partial<ParcelScan> = {}): ParcelScan {
  const occurredAt = new Date(`2026-11-${at}:00Z`);
  const localTime = new Date(occurredAt.getTime() + 3_600_000).toISOString().slice(0, 19);
  const told = { occurredAt, localTime, receivedAt: occurredAt };
  return { fingerprint: `${status}@${at}`, status, subStatus: null, ...told, ...changes };
}

export function outlook(changes: Partial<ParcelOutlook> & { trouble?: string; since?: string } = {}): ParcelOutlook {
  const { trouble, since = "20T08:00", ...dates } = changes;
  const troubles = trouble ? [{ kind: trouble, since: new Date(`2026-11-${since}:00Z`) }] : [];
  return { promisedOn: "2026-11-21", expectedOn: "2026-11-21", expectedFrom: null, troubles, ...dates };
}

/** A parcel whose status is that of its newest scan, unless it is said otherwise. */
export function parcel(scans: ParcelScan[], changes: Partial<ParcelSituation> = {}): ParcelSituation {
  const newest = scans.at(-1);
  return {
    id: "shp_1",
    status: newest?.status ?? "unknown",
    subStatus: newest?.subStatus ?? null,
    carrier: "dhl-parcel-de",
    service: null,
    active: true,
    muted: false,
    createdAt: new Date("2026-11-17T08:00:00Z"),
    scans,
    zone: BERLIN,
    forecast: outlook(),
    ...changes,
  };
}

const REACHABLE = { personKey: "k1", countryCode: null, blocked: null, service: true, marketing: true };

export function order(changes: Partial<OrderSituation> = {}): OrderSituation {
  return {
    id: "ord_1",
    placedAt: new Date("2026-11-16T08:00:00Z"),
    importedAt: null,
    cancelledAt: null,
    unfulfilledSince: null,
    completelyFulfilled: true,
    countryCode: "DE",
    provinceCode: null,
    postalCode: "80331",
    tags: [],
    customerTags: [],
    productTags: [],
    totalMinor: 10_000,
    shippingOption: "Standard",
    firstOrder: true,
    muted: false,
    recipient: { email: REACHABLE, sms: REACHABLE, whatsapp: REACHABLE },
    locale: "de",
    ...changes,
  };
}

export interface Given {
  parcels?: ParcelSituation[];
  order?: Partial<OrderSituation>;
  now?: Date;
  history?: DecidedMessage[];
  events?: Record<string, Partial<EventRules>>;
}

export function situation({ parcels = [], now = NOW, history = [], events = {}, order: changes }: Given): Situation {
  const on = Object.fromEntries(
    Object.entries(events).map(([key, rules]) => [key, { on: true, channels: [], ...rules }]),
  );
  return {
    now,
    shop: {
      ...{ id: "shop_1", zone: BERLIN, countryCode: "DE", closed: null, channels: ["email", "sms", "whatsapp"] },
      liveSince: new Date("2026-01-01T00:00:00Z"),
    },
    rules: messageRulesSchema.parse({ events: on }),
    order: order(changes),
    parcels,
    history,
  };
}

export function said(kind: string, at: string, changes: Partial<DecidedMessage> = {}): DecidedMessage {
  const decidedAt = new Date(`2026-11-${at}:00Z`);
  const id = `ntf_${kind}_${at}`;
  return {
    ...{
      id,
      businessKey: id,
      kind,
      channel: "email",
      audience: "shopper",
      shipmentId: "shp_1",
      parcelIds: [],
      occurrence: "",
    },
    ...{ state: "sent", rule: null, decidedAt, dueAt: decidedAt, evidence: {} },
    ...changes,
  };
}

export type Row = [name: string, given: Given, expected: string[]];

/** A table of one kind: when it is said, and when it is not. */
export function checkKind(key: string, rows: Row[]): void {
  describe(key, () => {
    test.each(rows)("%s", (_name, given, expected) => {
      expect(verdicts(key, given)).toEqual(expected);
    });
  });
}

/** When time alone makes a kind worth another look. */
export function looksAgainAt(key: string, given: Given): string | null {
  return kindOf(key)?.looksAgainAt(situation(given))?.toISOString() ?? null;
}

/** What becomes of a kind: `["2026-11-20: send"]`, with the occurrence where there is one, or the rule that holds it back. */
function verdicts(key: string, given: Given): string[] {
  const kind = kindOf(key);
  if (!kind) throw new Error(`no kind ${key}`);
  const about = situation(given);
  return kind.triggersIn(about).map((trigger) => {
    const found = about.parcels.find(({ id }) => id === trigger.shipmentId) ?? null;
    const isTrue = kind.isStillTrue({ parcel: found, order: about.order, trigger, now: about.now });
    const verdict = kind.heldBackBy(trigger, about) ?? (isTrue ? "send" : "untrue");
    const subject = about.parcels.length > 1 ? (trigger.shipmentId ?? "order") : "";
    return [subject, trigger.occurrence, verdict].filter((part) => part !== "").join(" ");
  });
}
