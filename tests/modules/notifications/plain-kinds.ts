import { LOCALES } from "#app/lib/i18n.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import type { DecisionBook } from "#app/modules/notifications/decision-book.ts";
import type { KindDefinition, KindTexts, Trigger } from "#app/modules/notifications/kinds/kind.ts";
import type { ParcelScan, ParcelSituation, Situation } from "#app/modules/notifications/situation.ts";

/** Kinds with nothing special in them, so that a test of the rules for all kinds is about these rules alone. */

const noTexts: KindTexts = { subject: "", preheader: "", heading: "", body: "", next: "", sms: "" };

function plainKind(key: string, changes: Partial<KindDefinition>): KindDefinition {
  return {
    ...{
      key,
      group: "status",
      onByDefault: true,
      urgent: false,
      dormant: false,
      marketing: false,
      urgency: 4,
      threshold: null,
    },
    ...{ uselessAfterHours: null, onlyOnItsDay: false, shopifyMail: null, exemptFrom: [] },
    triggersIn: () => [],
    looksAgainAt: () => null,
    heldBackBy: () => null,
    isStillTrue: () => true,
    texts: Object.fromEntries(LOCALES.map((locale) => [locale, { main: noTexts }])) as KindDefinition["texts"],
    ...changes,
  };
}

type Fits = (scan: ParcelScan) => boolean;

const scansThat = ({ parcels }: Situation, fits: Fits): { parcel: ParcelSituation; scan: ParcelScan }[] =>
  parcels.flatMap((parcel) => parcel.scans.filter(fits).map((scan) => ({ parcel, scan })));

const is =
  (...statuses: ShipmentStatus[]): Fits =>
  ({ status }) =>
    statuses.includes(status);

const whileIs =
  (...statuses: ShipmentStatus[]): KindDefinition["isStillTrue"] =>
  ({ parcel }) =>
    parcel !== null && statuses.includes(parcel.status);

function triggerOf({ parcel, scan }: { parcel: ParcelSituation; scan: ParcelScan }, occurrence = ""): Trigger {
  const { fingerprint, receivedAt, occurredAt } = scan;
  return { shipmentId: parcel.id, occurrence, happenedAt: occurredAt ?? receivedAt, evidence: { fingerprint } };
}

const dayOf = ({ occurredAt, receivedAt }: ParcelScan): string => (occurredAt ?? receivedAt).toISOString().slice(0, 10);

const shipped = plainKind("shipped", {
  shopifyMail: "shipping_confirmation",
  triggersIn: (situation) => scansThat(situation, is("in_transit")).map((found) => triggerOf(found)),
  isStillTrue: whileIs("in_transit", "exception"),
});

const outForDelivery = plainKind("out_for_delivery", {
  ...{ urgency: 0, onlyOnItsDay: true, uselessAfterHours: 10 },
  triggersIn: (situation) =>
    scansThat(situation, is("out_for_delivery")).map((found) => triggerOf(found, dayOf(found.scan))),
  isStillTrue: whileIs("out_for_delivery"),
});

const delivered = plainKind("delivered", {
  triggersIn: (situation) => scansThat(situation, is("delivered")).map((found) => triggerOf(found)),
  isStillTrue: whileIs("delivered"),
});

const deliveryFailed = plainKind("delivery_failed", {
  group: "problem",
  triggersIn: (situation) =>
    scansThat(situation, is("delivery_attempted")).map((found) => triggerOf(found, dayOf(found.scan))),
  isStillTrue: whileIs("delivery_attempted"),
});

/** Said again only when the date moves. */
const delayPredicted = plainKind("delay_predicted", {
  group: "predicted",
  triggersIn: ({ parcels, now }) =>
    parcels.flatMap(({ id, forecast }) => {
      const trouble = forecast?.troubles.find(({ kind }) => kind === "delay_predicted");
      if (!trouble || !forecast?.expectedOn) return [];
      const { expectedOn } = forecast;
      return [{ shipmentId: id, occurrence: expectedOn, happenedAt: now, evidence: { expectedOn } }];
    }),
  isStillTrue: ({ parcel, trigger }) => parcel?.forecast?.expectedOn === trigger.occurrence,
});

const lost = plainKind("lost_or_damaged", {
  ...{ group: "problem", urgent: true, urgency: 1 },
  triggersIn: (situation) =>
    scansThat(situation, ({ subStatus }) => subStatus === "lost").map((found) => triggerOf(found)),
});

const returned = plainKind("returned_to_sender", {
  group: "returns",
  triggersIn: (situation) => scansThat(situation, is("return_to_sender")).map((found) => triggerOf(found)),
});

/** About the order, and advertising. */
const feedback = plainKind("feedback_request", {
  ...{ marketing: true, onByDefault: false },
  triggersIn: ({ parcels }) => {
    const scans = parcels.map((parcel) => parcel.scans.find(is("delivered")));
    const last = scans
      .map((scan) => scan?.receivedAt ?? null)
      .reduce((a, b) => (a && b ? (a > b ? a : b) : null), scans[0]?.receivedAt ?? null);
    return last ? [{ shipmentId: null, occurrence: "", happenedAt: last, evidence: {} }] : [];
  },
});

/** SMS from 9 to 20 o'clock UTC, e-mail whenever the merchant's hours allow; enough of a clock for these tests. */
const plainHours: DecisionBook["allowedFrom"] = (channel, at, _place, hours) => {
  const span = channel === "email" ? hours.email : hours.sms;
  if (!span) return at;
  const hour = at.getUTCHours() + at.getUTCMinutes() / 60;
  if (hour >= span.from && hour < span.to) return at;
  const next = new Date(at);
  next.setUTCHours(span.from, 0, 0, 0);
  return next > at ? next : new Date(next.getTime() + 86_400_000);
};

export const plainBook: DecisionBook = {
  kinds: [shipped, outForDelivery, delivered, deliveryFailed, delayPredicted, lost, returned, feedback],
  allowedFrom: plainHours,
};
