import type { ParcelScan, ParcelSituation, Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import { hasEnded, troubleIn } from "./delivery.ts";
import { saidAt, toldAbout } from "./history.ts";
import type { Trigger } from "./kind.ts";
import { HEAR_AGAIN, REASON, SUPPORT } from "./phrases.ts";
import { parcelOf, scansOf, scanTrigger } from "./scans.ts";
import { hoursAfter } from "./thresholds.ts";

const REASONS = new Set(["delayed", "weather", "customs_hold"]);
const OVER = new Set(["out_for_delivery", "available_for_pickup"]);

/** It is late: the promised day is over, or the carrier has named a reason. Once per parcel. */
export const delayedInTransit = defineKind({
  key: "delayed_in_transit",
  group: "problem",
  onByDefault: true,
  urgency: 3,
  uselessAfterHours: 48,
  triggersIn: (situation) =>
    situation.parcels.flatMap((parcel) => {
      const found = [promisePassed(parcel), reasonNamed(parcel, situation)].filter((one) => one !== null);
      return found.sort((left, right) => left.happenedAt.getTime() - right.happenedAt.getTime()).slice(0, 1);
    }),
  heldBackBy(trigger, situation) {
    const parcel = parcelOf(trigger, situation);
    if (hasEnded(parcel) || OVER.has(parcel?.status ?? "")) return "replaced_by_newer";
    return wasForetold(trigger, situation) ? "delay_said_already" : null;
  },
  isStillTrue: ({ parcel }) => !hasEnded(parcel) && !OVER.has(parcel?.status ?? ""),
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} is delayed",
        preheader:
          "{% if parcel.expected != blank %}New expected date: {{ parcel.expected }}.{% else %}We are sorry for the delay.{% endif %}",
        heading: "Your parcel is delayed",
        body: `We are sorry: your parcel is still on its way with {{ parcel.carrier }} and later than we told you.${REASON.en}\n\n${SUPPORT.en}`,
        next: HEAR_AGAIN.en,
        sms: "{{ shop.name }}: we are sorry, your order {{ order.name }} is delayed.{% if parcel.expected_short != blank %} New date: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} verspätet sich",
        preheader:
          "{% if parcel.expected != blank %}Neuer voraussichtlicher Termin: {{ parcel.expected }}.{% else %}Die Verspätung tut uns leid.{% endif %}",
        heading: "Ihr Paket verspätet sich",
        body: `Es tut uns leid: Ihr Paket ist noch mit {{ parcel.carrier }} unterwegs und später dran, als wir Ihnen gesagt haben.${REASON.de}\n\n${SUPPORT.de}`,
        next: HEAR_AGAIN.de,
        sms: "{{ shop.name }}: Es tut uns leid, Ihre Bestellung {{ order.name }} verspätet sich.{% if parcel.expected_short != blank %} Neuer Termin: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} a du retard",
        preheader:
          "{% if parcel.expected != blank %}Nouvelle date prévue : {{ parcel.expected }}.{% else %}Nous sommes désolés de ce retard.{% endif %}",
        heading: "Votre colis a du retard",
        body: `Nous sommes désolés : votre colis est toujours en route avec {{ parcel.carrier }}, plus tard que nous l’avions annoncé.${REASON.fr}\n\n${SUPPORT.fr}`,
        next: HEAR_AGAIN.fr,
        sms: "{{ shop.name }} : votre commande {{ order.name }} a du retard, nous en sommes désolés.{% if parcel.expected_short != blank %} Nouvelle date : {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} llega con retraso",
        preheader:
          "{% if parcel.expected != blank %}Nueva fecha prevista: {{ parcel.expected }}.{% else %}Sentimos el retraso.{% endif %}",
        heading: "Tu paquete llega con retraso",
        body: `Lo sentimos: tu paquete sigue en camino con {{ parcel.carrier }} y llegará más tarde de lo que te dijimos.${REASON.es}\n\n${SUPPORT.es}`,
        next: HEAR_AGAIN.es,
        sms: "{{ shop.name }}: lo sentimos, tu pedido {{ order.name }} llega con retraso.{% if parcel.expected_short != blank %} Nueva fecha: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} è in ritardo",
        preheader:
          "{% if parcel.expected != blank %}Nuova data prevista: {{ parcel.expected }}.{% else %}Ci scusiamo per il ritardo.{% endif %}",
        heading: "Il tuo pacco è in ritardo",
        body: `Ci scusiamo: il tuo pacco è ancora in viaggio con {{ parcel.carrier }} e arriverà più tardi di quanto ti avevamo detto.${REASON.it}\n\n${SUPPORT.it}`,
        next: HEAR_AGAIN.it,
        sms: "{{ shop.name }}: ci scusiamo, il tuo ordine {{ order.name }} è in ritardo.{% if parcel.expected_short != blank %} Nuova data: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} está atrasado",
        preheader:
          "{% if parcel.expected != blank %}Nova data prevista: {{ parcel.expected }}.{% else %}Lamentamos o atraso.{% endif %}",
        heading: "A sua encomenda está atrasada",
        body: `Lamentamos: a sua encomenda continua a caminho com {{ parcel.carrier }} e chegará mais tarde do que lhe dissemos.${REASON.pt}\n\n${SUPPORT.pt}`,
        next: HEAR_AGAIN.pt,
        sms: "{{ shop.name }}: lamentamos, o seu pedido {{ order.name }} vai chegar com atraso.{% if parcel.expected_short != blank %} Nova data: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} is vertraagd",
        preheader:
          "{% if parcel.expected != blank %}Nieuwe verwachte datum: {{ parcel.expected }}.{% else %}Sorry voor de vertraging.{% endif %}",
        heading: "Je pakket is vertraagd",
        body: `Het spijt ons: je pakket is nog onderweg met {{ parcel.carrier }}, later dan we je hadden gezegd.${REASON.nl}\n\n${SUPPORT.nl}`,
        next: HEAR_AGAIN.nl,
        sms: "{{ shop.name }}: sorry, je bestelling {{ order.name }} is vertraagd.{% if parcel.expected_short != blank %} Nieuwe datum: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} のお届けが遅れています",
        preheader:
          "{% if parcel.expected != blank %}新しいお届け予定：{{ parcel.expected }}{% else %}ご迷惑をおかけし申し訳ございません。{% endif %}",
        heading: "お届けが遅れています",
        body: `申し訳ございません。荷物は{{ parcel.carrier }}が輸送中で、ご案内した日より遅れています。${REASON.ja}\n\n${SUPPORT.ja}`,
        next: HEAR_AGAIN.ja,
        sms: "{{ shop.name }}：ご注文 {{ order.name }} のお届けが遅れています。申し訳ございません。{% if parcel.expected_short != blank %}予定 {{ parcel.expected_short }} {% endif %}{{ links.tracking }}",
      },
    },
  },
});

function promisePassed(parcel: ParcelSituation): Trigger | null {
  const trouble = troubleIn(parcel, "delayed");
  if (!trouble) return null;
  const { promisedOn = null, expectedOn = null } = parcel.forecast ?? {};
  const evidence = { promisedOn, expectedOn, statusThen: parcel.status };
  return { shipmentId: parcel.id, occurrence: "", happenedAt: trouble.since, evidence };
}

/** The carrier's own word for it; customs have a message of their own where the merchant has switched it on. */
function reasonNamed(parcel: ParcelSituation, { rules }: Situation): Trigger | null {
  const ownMessage = rules.events["held_customs"]?.on === true;
  const names = ({ status, subStatus }: ParcelScan) =>
    (status === "exception" || status === "in_transit") &&
    REASONS.has(subStatus ?? "") &&
    !(ownMessage && subStatus === "customs_hold");
  const [scan] = scansOf(parcel, names);
  if (!scan) return null;
  const trigger = scanTrigger(parcel, scan);
  return { ...trigger, evidence: { ...trigger.evidence, expectedOn: parcel.forecast?.expectedOn ?? null } };
}

/** The same date was announced less than a day ago. */
function wasForetold(trigger: Trigger, situation: Situation): boolean {
  const { shipmentId, evidence } = trigger;
  return toldAbout(situation, { shipmentId, kinds: ["delay_predicted"] }).some((message) => {
    const isRecent = hoursAfter(saidAt(message), 24) > situation.now;
    return isRecent && message.evidence["expectedOn"] === evidence["expectedOn"];
  });
}
