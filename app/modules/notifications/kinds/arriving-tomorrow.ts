import { instantOfWallTime } from "#app/lib/zone-clock.ts";
import { localDay } from "../local-day.ts";
import type { ParcelSituation, Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import { parcelOf } from "./scans.ts";
import { toldAbout } from "./history.ts";
import { nextOf } from "./thresholds.ts";

const KEY = "arriving_tomorrow";
/** Late enough to be read on the day it is about, early enough to change plans. */
const TOLD_FROM_HOUR = 9;
const HOUR_MS = 3_600_000;
const MOST = 2;
const ON_THE_WAY = new Set(["in_transit", "exception"]);

/**
 * The day before the day that is shown as the last expected one, from nine in the morning at the destination. Each
 * announced day is an occurrence, and after two of them nobody believes a third.
 */
export const arrivingTomorrow = defineKind({
  key: KEY,
  group: "status",
  urgency: 2,
  uselessAfterHours: 14,
  onlyOnItsDay: true,
  triggersIn: ({ parcels, now }) =>
    parcels.flatMap((parcel) => {
      const at = toldFrom(parcel);
      const expectedOn = parcel.forecast?.expectedOn;
      if (!at || !expectedOn || at > now || localDay(now, parcel.zone) >= expectedOn) return [];
      const evidence = { expectedOn, promisedOn: parcel.forecast?.promisedOn ?? null, statusThen: parcel.status };
      return [{ shipmentId: parcel.id, occurrence: expectedOn, happenedAt: at, evidence }];
    }),
  looksAgainAt: ({ parcels, now }) => nextOf(now, parcels.map(toldFrom)),
  heldBackBy(trigger, situation: Situation) {
    const parcel = parcelOf(trigger, situation);
    if (!ON_THE_WAY.has(parcel?.status ?? "")) return "replaced_by_newer";
    return saidBefore(trigger.shipmentId, situation) >= MOST ? "said_already" : null;
  },
  isStillTrue: ({ parcel, trigger }) =>
    ON_THE_WAY.has(parcel?.status ?? "") && parcel?.forecast?.expectedOn === trigger.occurrence,
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} should arrive tomorrow",
        preheader: "{{ parcel.carrier }} is bringing it.",
        heading: "Arriving tomorrow",
        body: "By what we see now, {{ parcel.carrier }} brings your parcel tomorrow.",
        next: "If nobody is at home, the tracking page shows what the carrier offers.",
        sms: "{{ shop.name }}: your order {{ order.name }} should arrive tomorrow. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} kommt voraussichtlich morgen",
        preheader: "{{ parcel.carrier }} bringt sie.",
        heading: "Kommt morgen an",
        body: "Nach heutigem Stand bringt {{ parcel.carrier }} Ihr Paket morgen.",
        next: "Ist niemand zu Hause, zeigt die Sendungsseite, was der Paketdienst anbietet.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} kommt voraussichtlich morgen. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} devrait arriver demain",
        preheader: "{{ parcel.carrier }} vous l’apporte.",
        heading: "Arrivée prévue demain",
        body: "À ce jour, {{ parcel.carrier }} devrait vous apporter votre colis demain.",
        next: "En cas d’absence, la page de suivi indique ce que propose le transporteur.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} devrait arriver demain. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} debería llegar mañana",
        preheader: "{{ parcel.carrier }} te lo lleva.",
        heading: "Llega mañana",
        body: "Según lo que vemos ahora, {{ parcel.carrier }} te lleva el paquete mañana.",
        next: "Si no hay nadie en casa, en la página de seguimiento ves qué ofrece el transportista.",
        sms: "{{ shop.name }}: esperamos que tu pedido {{ order.name }} llegue mañana. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} dovrebbe arrivare domani",
        preheader: "{{ parcel.carrier }} te lo porta.",
        heading: "In arrivo domani",
        body: "Da quanto vediamo ora, {{ parcel.carrier }} ti porta il pacco domani.",
        next: "Se non c’è nessuno in casa, la pagina di tracciamento mostra che cosa offre il corriere.",
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} dovrebbe arrivare domani. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} deve chegar amanhã",
        preheader: "{{ parcel.carrier }} vai entregá-lo.",
        heading: "Chega amanhã",
        body: "Pelo que vemos agora, {{ parcel.carrier }} entrega a sua encomenda amanhã.",
        next: "Se não estiver ninguém em casa, a página de seguimento mostra o que a transportadora oferece.",
        sms: "{{ shop.name }}: chegada prevista do seu pedido {{ order.name }}{% if parcel.expected_short != blank %}: {{ parcel.expected_short }}{% endif %}. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} komt waarschijnlijk morgen",
        preheader: "{{ parcel.carrier }} brengt het.",
        heading: "Komt morgen aan",
        body: "Zoals het er nu uitziet, brengt {{ parcel.carrier }} je pakket morgen.",
        next: "Is er niemand thuis, dan zie je op de trackingpagina wat de vervoerder aanbiedt.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} komt waarschijnlijk morgen. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} は明日お届け予定です",
        preheader: "{{ parcel.carrier }}がお届けします。",
        heading: "明日お届け予定です",
        body: "現在の状況では、{{ parcel.carrier }}が明日お届けする見込みです。",
        next: "ご不在の場合の受け取り方法は、追跡ページでご確認いただけます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} は明日お届け予定です。{{ links.tracking }}",
      },
    },
  },
});

/** Nine o'clock on the day before, at the destination; null where no day is shown or the zone is unknown. */
function toldFrom({ forecast, zone, status }: ParcelSituation): Date | null {
  if (!forecast?.expectedOn || !zone || !ON_THE_WAY.has(status)) return null;
  const day = Date.parse(`${forecast.expectedOn}T00:00:00Z`);
  return new Date(instantOfWallTime(zone, day - 24 * HOUR_MS + TOLD_FROM_HOUR * HOUR_MS));
}

function saidBefore(shipmentId: string | null, situation: Situation): number {
  return new Set(toldAbout(situation, { shipmentId, kinds: [KEY] }).map(({ occurrence }) => occurrence)).size;
}
