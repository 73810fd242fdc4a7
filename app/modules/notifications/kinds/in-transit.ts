import type { ParcelScan, ParcelSituation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import type { Trigger } from "./kind.ts";
import { FOLLOW } from "./phrases.ts";
import { parcelOf, scansOf, scanTrigger } from "./scans.ts";

/** Movements that are news by themselves; a carrier's dozen depots are not. */
const STEPS = new Set(["handed_to_partner", "arrived_in_destination_country", "customs", "customs_cleared"]);

/** Every further movement of a new kind, each once. Chatty, so that nobody gets it unasked. */
export const inTransit = defineKind({
  key: "in_transit",
  group: "status",
  urgency: 6,
  uselessAfterHours: 24,
  triggersIn: ({ parcels }) => parcels.flatMap(stepsOf),
  heldBackBy(trigger, situation) {
    const parcel = parcelOf(trigger, situation);
    if (parcel?.status !== "in_transit") return "replaced_by_newer";
    return stepsOf(parcel).at(-1)?.occurrence === trigger.occurrence ? null : "replaced_by_newer";
  },
  isStillTrue: ({ parcel }) => parcel?.status === "in_transit",
  texts: {
    en: {
      main: {
        subject: "News of your order {{ order.name }}",
        preheader: "{{ parcel.status_text }}",
        heading: "Your parcel has moved on",
        body: "{{ parcel.carrier }} reports: {{ parcel.status_text }}{% if parcel.last_place != blank %} ({{ parcel.last_place }}){% endif %}.",
        next: FOLLOW.en,
        sms: "{{ shop.name }}: your order {{ order.name }} has moved on. See where it is: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Neues zu Ihrer Bestellung {{ order.name }}",
        preheader: "{{ parcel.status_text }}",
        heading: "Ihr Paket ist weitergekommen",
        body: "{{ parcel.carrier }} meldet: {{ parcel.status_text }}{% if parcel.last_place != blank %} ({{ parcel.last_place }}){% endif %}.",
        next: FOLLOW.de,
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} ist weitergekommen. Wo sie ist: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Des nouvelles de votre commande {{ order.name }}",
        preheader: "{{ parcel.status_text }}",
        heading: "Votre colis a avancé",
        body: "{{ parcel.carrier }} indique : {{ parcel.status_text }}{% if parcel.last_place != blank %} ({{ parcel.last_place }}){% endif %}.",
        next: FOLLOW.fr,
        sms: "{{ shop.name }} : votre commande {{ order.name }} a avancé. Voir où elle est : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Novedades de tu pedido {{ order.name }}",
        preheader: "{{ parcel.status_text }}",
        heading: "Tu paquete ha avanzado",
        body: "{{ parcel.carrier }} informa: {{ parcel.status_text }}{% if parcel.last_place != blank %} ({{ parcel.last_place }}){% endif %}.",
        next: FOLLOW.es,
        sms: "{{ shop.name }}: tu pedido {{ order.name }} ha avanzado. Mira por donde va: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Novità sul tuo ordine {{ order.name }}",
        preheader: "{{ parcel.status_text }}",
        heading: "Il tuo pacco è andato avanti",
        body: "{{ parcel.carrier }} segnala: {{ parcel.status_text }}{% if parcel.last_place != blank %} ({{ parcel.last_place }}){% endif %}.",
        next: FOLLOW.it,
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è andato avanti. Guarda dov'è: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "Novidades do seu pedido {{ order.name }}",
        preheader: "{{ parcel.status_text }}",
        heading: "A sua encomenda avançou",
        body: "{{ parcel.carrier }} indica: {{ parcel.status_text }}{% if parcel.last_place != blank %} ({{ parcel.last_place }}){% endif %}.",
        next: FOLLOW.pt,
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} tem um novo movimento. Veja onde: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Nieuws over je bestelling {{ order.name }}",
        preheader: "{{ parcel.status_text }}",
        heading: "Je pakket is verder gekomen",
        body: "{{ parcel.carrier }} meldt: {{ parcel.status_text }}{% if parcel.last_place != blank %} ({{ parcel.last_place }}){% endif %}.",
        next: FOLLOW.nl,
        sms: "{{ shop.name }}: je bestelling {{ order.name }} is verder gekomen. Kijk waar het is: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の配送状況",
        preheader: "{{ parcel.status_text }}",
        heading: "荷物が次の段階に進みました",
        body: "{{ parcel.carrier }}からの情報：{{ parcel.status_text }}{% if parcel.last_place != blank %}（{{ parcel.last_place }}）{% endif %}",
        next: FOLLOW.ja,
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の配送状況が更新されました。{{ links.tracking }}",
      },
    },
  },
});

const isStep = ({ status, subStatus }: ParcelScan) => status === "in_transit" && STEPS.has(subStatus ?? "");

/** The first scan of each kind of step, the oldest first. */
function stepsOf(parcel: ParcelSituation): Trigger[] {
  const byStep = new Map<string, Trigger>();
  for (const scan of scansOf(parcel, isStep)) {
    const step = scan.subStatus ?? "";
    if (!byStep.has(step)) byStep.set(step, scanTrigger(parcel, scan, step));
  }
  return [...byStep.values()];
}
