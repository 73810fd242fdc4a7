import { daysBetween } from "../local-day.ts";
import type { ParcelSituation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import { hasEnded, troubleIn } from "./delivery.ts";
import { saidAt, toldAbout } from "./history.ts";
import type { Trigger } from "./kind.ts";
import { HEAR_AGAIN, REASON, SUPPORT } from "./phrases.ts";

/** How often a parcel's delay is told at most, and how long a date stands before the next one is told. */
const MOST_TIMES = 3;
const QUIET_FOR_MS = 48 * 3_600_000;

/**
 * It will be late, and is not yet: foresight says so and the date shown is past the promise. Each announced date is an
 * occurrence, so that it is said again only when the date has moved by a day or more.
 */
export const delayPredicted = defineKind({
  key: "delay_predicted",
  group: "predicted",
  onByDefault: true,
  urgency: 3,
  uselessAfterHours: 48,
  triggersIn: ({ parcels }) =>
    parcels.flatMap((parcel) => {
      const announced = announcedIn(parcel);
      return announced ? [announced] : [];
    }),
  heldBackBy(trigger, situation) {
    const { shipmentId } = trigger;
    const told = toldAbout(situation, { shipmentId, kinds: ["delay_predicted", "delayed_in_transit"] });
    const [last] = told;
    if (!last) return null;
    // The date of a silent parcel moves every day: news of that kind, day after day, is none.
    const age = situation.now.getTime() - saidAt(last).getTime();
    if (told.length >= MOST_TIMES || age < QUIET_FOR_MS) return "delay_said_already";
    const before = last.evidence["expectedOn"];
    if (typeof before !== "string") return "delay_said_already";
    return Math.abs(daysBetween(before, trigger.occurrence)) < 1 ? "delay_said_already" : null;
  },
  isStillTrue: ({ parcel, trigger }) =>
    parcel !== null && announcedIn(parcel)?.occurrence === trigger.occurrence && !hasEnded(parcel),
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} will probably arrive later",
        preheader:
          "{% if parcel.expected != blank %}New expected date: {{ parcel.expected }}.{% else %}We are sorry for the delay.{% endif %}",
        heading: "Your parcel will be a little late",
        body: `We are sorry: your parcel with {{ parcel.carrier }} will probably not make it by the date we gave you.${REASON.en}\n\n${SUPPORT.en}`,
        next: HEAR_AGAIN.en,
        sms: "{{ shop.name }}: we are sorry, your order {{ order.name }} will probably be late.{% if parcel.expected_short != blank %} New date: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} kommt voraussichtlich später",
        preheader:
          "{% if parcel.expected != blank %}Neuer voraussichtlicher Termin: {{ parcel.expected }}.{% else %}Die Verzögerung tut uns leid.{% endif %}",
        heading: "Ihr Paket verspätet sich etwas",
        body: `Es tut uns leid: Ihr Paket mit {{ parcel.carrier }} schafft den Termin, den wir Ihnen genannt haben, voraussichtlich nicht.${REASON.de}\n\n${SUPPORT.de}`,
        next: HEAR_AGAIN.de,
        sms: "{{ shop.name }}: Es tut uns leid, Ihre Bestellung {{ order.name }} kommt voraussichtlich später.{% if parcel.expected_short != blank %} Neuer Termin: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} arrivera sans doute plus tard",
        preheader:
          "{% if parcel.expected != blank %}Nouvelle date prévue : {{ parcel.expected }}.{% else %}Nous sommes désolés de ce retard.{% endif %}",
        heading: "Votre colis aura un peu de retard",
        body: `Nous sommes désolés : votre colis confié à {{ parcel.carrier }} n’arrivera sans doute pas à la date annoncée.${REASON.fr}\n\n${SUPPORT.fr}`,
        next: HEAR_AGAIN.fr,
        sms: "{{ shop.name }} : votre commande {{ order.name }} aura sans doute du retard, nous en sommes désolés.{% if parcel.expected_short != blank %} Nouvelle date : {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} llegará probablemente más tarde",
        preheader:
          "{% if parcel.expected != blank %}Nueva fecha prevista: {{ parcel.expected }}.{% else %}Sentimos el retraso.{% endif %}",
        heading: "Tu paquete llegará con algo de retraso",
        body: `Lo sentimos: lo más probable es que tu paquete con {{ parcel.carrier }} no llegue en la fecha que te dimos.${REASON.es}\n\n${SUPPORT.es}`,
        next: HEAR_AGAIN.es,
        sms: "{{ shop.name }}: lo sentimos, tu pedido {{ order.name }} se retrasa.{% if parcel.expected_short != blank %} Nueva fecha: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} arriverà probabilmente più tardi",
        preheader:
          "{% if parcel.expected != blank %}Nuova data prevista: {{ parcel.expected }}.{% else %}Ci scusiamo per il ritardo.{% endif %}",
        heading: "Il tuo pacco arriverà un po’ in ritardo",
        body: `Ci scusiamo: il tuo pacco affidato a {{ parcel.carrier }} probabilmente non arriverà nella data che ti avevamo indicato.${REASON.it}\n\n${SUPPORT.it}`,
        next: HEAR_AGAIN.it,
        sms: "{{ shop.name }}: ci scusiamo, il tuo ordine {{ order.name }} arriverà probabilmente in ritardo.{% if parcel.expected_short != blank %} Nuova data: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} deverá chegar mais tarde",
        preheader:
          "{% if parcel.expected != blank %}Nova data prevista: {{ parcel.expected }}.{% else %}Lamentamos o atraso.{% endif %}",
        heading: "A sua encomenda vai chegar um pouco atrasada",
        body: `Lamentamos: a sua encomenda com {{ parcel.carrier }} provavelmente não chega na data que lhe indicámos.${REASON.pt}\n\n${SUPPORT.pt}`,
        next: HEAR_AGAIN.pt,
        sms: "{{ shop.name }}: lamentamos, o seu pedido {{ order.name }} deve chegar mais tarde.{% if parcel.expected_short != blank %} Nova data: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} komt waarschijnlijk later",
        preheader:
          "{% if parcel.expected != blank %}Nieuwe verwachte datum: {{ parcel.expected }}.{% else %}Sorry voor de vertraging.{% endif %}",
        heading: "Je pakket is iets later",
        body: `Het spijt ons: je pakket met {{ parcel.carrier }} haalt de datum die we je gaven waarschijnlijk niet.${REASON.nl}\n\n${SUPPORT.nl}`,
        next: HEAR_AGAIN.nl,
        sms: "{{ shop.name }}: sorry, je bestelling {{ order.name }} komt waarschijnlijk later.{% if parcel.expected_short != blank %} Nieuwe datum: {{ parcel.expected_short }}.{% endif %} {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} のお届けが遅れる見込みです",
        preheader:
          "{% if parcel.expected != blank %}新しいお届け予定：{{ parcel.expected }}{% else %}ご迷惑をおかけし申し訳ございません。{% endif %}",
        heading: "お届けが少し遅れる見込みです",
        body: `申し訳ございません。{{ parcel.carrier }}でお送りしている荷物が、ご案内した日に間に合わない見込みです。${REASON.ja}\n\n${SUPPORT.ja}`,
        next: HEAR_AGAIN.ja,
        sms: "{{ shop.name }}：ご注文 {{ order.name }} のお届けが遅れる見込みです。申し訳ございません。{% if parcel.expected_short != blank %}予定 {{ parcel.expected_short }} {% endif %}{{ links.tracking }}",
      },
    },
  },
});

/** The date that would be announced now; null while nothing calls for it, or the date shown still keeps the promise. */
function announcedIn(parcel: ParcelSituation): Trigger | null {
  const trouble = troubleIn(parcel, "delay_predicted");
  const { promisedOn, expectedOn } = parcel.forecast ?? { promisedOn: null, expectedOn: null };
  if (!trouble || !promisedOn || !expectedOn || expectedOn <= promisedOn) return null;
  const evidence = { promisedOn, expectedOn, statusThen: parcel.status };
  return { shipmentId: parcel.id, occurrence: expectedOn, happenedAt: trouble.since, evidence };
}
