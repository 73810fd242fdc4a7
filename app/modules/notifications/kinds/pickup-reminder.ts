import type { ParcelSituation, Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import type { Threshold } from "./kind.ts";
import { happenedAt, scansOf, scanTrigger } from "./scans.ts";
import { hoursAfter, nextAmongParcels, thresholdHours } from "./thresholds.ts";

const KEY = "pickup_reminder";
/** Most counters keep a parcel for seven days or more. */
const THRESHOLD: Threshold = { unit: "days", usual: 3, min: 1, max: 6 };

/** It still waits at a counter, days later, and goes back to the merchant when nobody comes. */
export const pickupReminder = defineKind({
  key: KEY,
  group: "status",
  urgency: 3,
  uselessAfterHours: 24,
  threshold: THRESHOLD,
  triggersIn: (situation) =>
    situation.parcels.flatMap((parcel) => {
      const [scan] = scansOf(parcel, ({ status }) => status === "available_for_pickup");
      const at = remindAt(parcel, situation);
      return scan && at && at <= situation.now ? [{ ...scanTrigger(parcel, scan), agesFrom: at }] : [];
    }),
  looksAgainAt: (situation) => nextAmongParcels(situation, remindAt),
  isStillTrue: ({ parcel }) => parcel?.status === "available_for_pickup",
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} is still waiting to be picked up",
        preheader: "Please fetch it before it goes back.",
        heading: "Your parcel is still waiting",
        body: "{{ parcel.carrier }} still holds your parcel for you{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. Please pick it up soon; otherwise it goes back to us.\n\nIf you cannot get there in time, reply to this mail.",
        next: "The tracking page shows the place and what to bring.",
        sms: "{{ shop.name }}: your order {{ order.name }} is still waiting to be picked up and goes back soon. Where: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} wartet noch auf Abholung",
        preheader: "Bitte holen Sie sie ab, bevor sie zurückgeht.",
        heading: "Ihr Paket wartet noch",
        body: "{{ parcel.carrier }} bewahrt Ihr Paket noch für Sie auf{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. Bitte holen Sie es bald ab, sonst geht es an uns zurück.\n\nWenn Sie es nicht rechtzeitig schaffen, antworten Sie auf diese E-Mail.",
        next: "Ort und was Sie mitbringen müssen, zeigt die Sendungsseite.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} wartet noch auf Abholung und geht bald zurück. Wo: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} attend toujours au point de retrait",
        preheader: "Pensez à la retirer avant son renvoi.",
        heading: "Votre colis attend toujours",
        body: "{{ parcel.carrier }} garde toujours votre colis{% if parcel.last_place != blank %} : {{ parcel.last_place }}{% endif %}. Pensez à le retirer rapidement, sinon il nous sera renvoyé.\n\nSi vous ne pouvez pas y aller à temps, répondez à cet e-mail.",
        next: "La page de suivi indique le lieu et ce qu’il faut présenter.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} attend toujours au point de retrait et nous sera renvoyée sous peu. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} sigue esperando a que lo recojas",
        preheader: "Recógelo antes de que vuelva.",
        heading: "Tu paquete sigue esperando",
        body: "{{ parcel.carrier }} todavía te guarda el paquete{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. Recógelo pronto; si no, volverá a nosotros.\n\nSi no llegas a tiempo, responde a este correo.",
        next: "En la página de seguimiento ves el lugar y qué debes llevar.",
        sms: "{{ shop.name }}: tu pedido {{ order.name }} sigue esperando a que lo recojas y pronto vuelve a la tienda. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} aspetta ancora di essere ritirato",
        preheader: "Ritiralo prima che torni indietro.",
        heading: "Il tuo pacco ti aspetta ancora",
        body: "{{ parcel.carrier }} tiene ancora il pacco per te{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. Ritiralo presto, altrimenti torna da noi.\n\nSe non fai in tempo, rispondi a questa e-mail.",
        next: "La pagina di tracciamento mostra il luogo e che cosa portare.",
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} aspetta ancora di essere ritirato e presto torna indietro. Dove: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} continua à espera de ser levantado",
        preheader: "Levante-o antes de ser devolvido.",
        heading: "A sua encomenda continua à espera",
        body: "{{ parcel.carrier }} ainda guarda a sua encomenda{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. Levante-a em breve; caso contrário, volta para nós.\n\nSe não conseguir a tempo, responda a este e-mail.",
        next: "A página de seguimento mostra o local e o que deve levar.",
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} continua à espera de ser levantado e em breve volta à loja. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} ligt nog klaar om op te halen",
        preheader: "Haal het op voordat het teruggaat.",
        heading: "Je pakket ligt nog klaar",
        body: "{{ parcel.carrier }} bewaart je pakket nog{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. Haal het snel op, anders gaat het naar ons terug.\n\nLukt het niet op tijd? Beantwoord dan deze mail.",
        next: "Op de trackingpagina zie je waar en wat je moet meenemen.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} ligt nog klaar om op te halen en gaat binnenkort terug. Waar: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} のお受け取りをお待ちしています",
        preheader: "返送される前にお受け取りください。",
        heading: "お受け取りをお待ちしています",
        body: "荷物は{{ parcel.carrier }}がまだお預かりしています{% if parcel.last_place != blank %}（{{ parcel.last_place }}）{% endif %}。保管期限を過ぎると当店に返送されますので、お早めにお受け取りください。\n\n期限内のお受け取りが難しい場合は、このメールにご返信ください。",
        next: "場所と必要なものは、追跡ページでご確認いただけます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} をお早めにお受け取りください。まもなく返送されます。{{ links.tracking }}",
      },
    },
  },
});

function remindAt(parcel: ParcelSituation, situation: Situation): Date | null {
  const hours = thresholdHours(situation, { key: KEY, threshold: THRESHOLD });
  const [scan] = scansOf(parcel, ({ status }) => status === "available_for_pickup");
  return scan && hours !== null && parcel.status === "available_for_pickup"
    ? hoursAfter(happenedAt(scan), hours)
    : null;
}
