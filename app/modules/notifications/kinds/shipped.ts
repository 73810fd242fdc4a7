import { defineKind } from "./define-kind.ts";
import type { Trigger } from "./kind.ts";
import { FOLLOW } from "./phrases.ts";
import { firstScans, parcelOf, scansOf } from "./scans.ts";
import type { ParcelScan, ParcelSituation, Situation } from "../situation.ts";

const GONE_PAST = new Set([
  "out_for_delivery",
  "available_for_pickup",
  "delivery_attempted",
  "delivered",
  "return_to_sender",
  "cancelled",
  "expired",
]);

/** On its way: at the carrier's first scan or, where the merchant wants so, as soon as there is a tracking number. */
export const shipped = defineKind({
  key: "shipped",
  group: "status",
  onByDefault: true,
  urgency: 4,
  shopifyMail: "shipping_confirmation",
  triggersIn(situation) {
    if (situation.rules.events["shipped"]?.moment === "fulfillment") return situation.parcels.map(madeOf);
    return firstScans(situation, isMoving);
  },
  heldBackBy: (trigger, situation) => (hasGonePast(trigger, situation) ? "replaced_by_newer" : null),
  isStillTrue: ({ parcel }) => parcel !== null && !GONE_PAST.has(parcel.status),
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} is on its way",
        preheader: "{{ parcel.carrier }} brings your parcel.",
        heading: "Your order is on its way",
        body: "{% if parcel.step == 0 %}Your parcel is packed and goes to {{ parcel.carrier }} next.{% else %}{{ parcel.carrier }} has your parcel and is bringing it to you.{% endif %}",
        next: FOLLOW.en,
        sms: "{{ shop.name }}: your order {{ order.name }} is on its way. Follow it: {{ links.tracking }}",
      },
      split: {
        subject: "Parcel {{ parcel.index }} of {{ parcel.count }} of your order {{ order.name }} is on its way",
        heading: "Parcel {{ parcel.index }} of {{ parcel.count }} is on its way",
        body: "Your order comes in {{ parcel.count }} parcels. {% if parcel.step == 0 %}This one is packed and goes to {{ parcel.carrier }} next.{% else %}{{ parcel.carrier }} has this one and is bringing it to you.{% endif %}",
        sms: "{{ shop.name }}: parcel {{ parcel.index }} of {{ parcel.count }} of your order {{ order.name }} is on its way. Follow it: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} ist unterwegs",
        preheader: "{{ parcel.carrier }} bringt Ihr Paket.",
        heading: "Ihre Bestellung ist unterwegs",
        body: "{% if parcel.step == 0 %}Ihr Paket ist gepackt und geht als Nächstes an {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} hat Ihr Paket übernommen und bringt es zu Ihnen.{% endif %}",
        next: FOLLOW.de,
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} ist unterwegs. Verfolgen: {{ links.tracking }}",
      },
      split: {
        subject: "Paket {{ parcel.index }} von {{ parcel.count }} Ihrer Bestellung {{ order.name }} ist unterwegs",
        heading: "Paket {{ parcel.index }} von {{ parcel.count }} ist unterwegs",
        body: "Ihre Bestellung kommt in {{ parcel.count }} Paketen. {% if parcel.step == 0 %}Dieses ist gepackt und geht als Nächstes an {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} hat dieses Paket übernommen und bringt es zu Ihnen.{% endif %}",
        sms: "{{ shop.name }}: Paket {{ parcel.index }} von {{ parcel.count }} Ihrer Bestellung {{ order.name }} ist unterwegs. Verfolgen: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} est en route",
        preheader: "Votre colis voyage avec {{ parcel.carrier }}.",
        heading: "Votre commande est en route",
        body: "{% if parcel.step == 0 %}Votre colis est préparé et va être remis à {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} a pris en charge votre colis et l’achemine jusqu’à vous.{% endif %}",
        next: FOLLOW.fr,
        sms: "{{ shop.name }} : votre commande {{ order.name }} est en route. Suivi : {{ links.tracking }}",
      },
      split: {
        subject: "Colis {{ parcel.index }} sur {{ parcel.count }} de votre commande {{ order.name }} en route",
        heading: "Colis {{ parcel.index }} sur {{ parcel.count }} en route",
        body: "Votre commande arrive en {{ parcel.count }} colis. {% if parcel.step == 0 %}Celui-ci est préparé et va être remis à {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} a pris en charge celui-ci et l’achemine jusqu’à vous.{% endif %}",
        sms: "{{ shop.name }} : le colis {{ parcel.index }} sur {{ parcel.count }} de votre commande {{ order.name }} est en route. Suivi : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} está en camino",
        preheader: "{{ parcel.carrier }} lleva tu paquete.",
        heading: "Tu pedido está en camino",
        body: "{% if parcel.step == 0 %}Tu paquete está preparado y pasará a {{ parcel.carrier }} en breve.{% else %}{{ parcel.carrier }} tiene tu paquete y te lo lleva.{% endif %}",
        next: FOLLOW.es,
        sms: "{{ shop.name }}: tu pedido {{ order.name }} ya viaja hacia ti. Seguimiento: {{ links.tracking }}",
      },
      split: {
        subject: "El paquete {{ parcel.index }} de {{ parcel.count }} de tu pedido {{ order.name }} está en camino",
        heading: "El paquete {{ parcel.index }} de {{ parcel.count }} está en camino",
        body: "Tu pedido llega en {{ parcel.count }} paquetes. {% if parcel.step == 0 %}Este está preparado y pasará a {{ parcel.carrier }} en breve.{% else %}{{ parcel.carrier }} tiene este paquete y te lo lleva.{% endif %}",
        sms: "{{ shop.name }}: el paquete {{ parcel.index }} de {{ parcel.count }} de tu pedido {{ order.name }} ya viaja hacia ti. Seguimiento: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} è in viaggio",
        preheader: "{{ parcel.carrier }} ti porta il pacco.",
        heading: "Il tuo ordine è in viaggio",
        body: "{% if parcel.step == 0 %}Il tuo pacco è pronto e sta per passare a {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} ha preso in carico il tuo pacco e te lo sta portando.{% endif %}",
        next: FOLLOW.it,
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è in viaggio. Seguilo: {{ links.tracking }}",
      },
      split: {
        subject: "Il pacco {{ parcel.index }} di {{ parcel.count }} del tuo ordine {{ order.name }} è in viaggio",
        heading: "Il pacco {{ parcel.index }} di {{ parcel.count }} è in viaggio",
        body: "Il tuo ordine arriva in {{ parcel.count }} pacchi. {% if parcel.step == 0 %}Questo è pronto e sta per passare a {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} ha preso in carico questo pacco e te lo sta portando.{% endif %}",
        sms: "{{ shop.name }}: il pacco {{ parcel.index }} di {{ parcel.count }} del tuo ordine {{ order.name }} è in viaggio. Seguilo: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} está a caminho",
        preheader: "A sua encomenda segue com {{ parcel.carrier }}.",
        heading: "O seu pedido está a caminho",
        body: "{% if parcel.step == 0 %}A sua encomenda está pronta e segue em breve com {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} já tem a sua encomenda e vai levá-la até si.{% endif %}",
        next: FOLLOW.pt,
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} vai a caminho. Acompanhe: {{ links.tracking }}",
      },
      split: {
        subject: "Encomenda {{ parcel.index }} de {{ parcel.count }} do seu pedido {{ order.name }} a caminho",
        heading: "Encomenda {{ parcel.index }} de {{ parcel.count }} a caminho",
        body: "O seu pedido chega em {{ parcel.count }} encomendas. {% if parcel.step == 0 %}Esta está pronta e segue em breve com {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} já tem esta e vai levá-la até si.{% endif %}",
        sms: "{{ shop.name }}: a encomenda {{ parcel.index }} de {{ parcel.count }} do seu pedido {{ order.name }} vai a caminho. Acompanhe: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} is onderweg",
        preheader: "{{ parcel.carrier }} brengt je pakket.",
        heading: "Je bestelling is onderweg",
        body: "{% if parcel.step == 0 %}Je pakket is ingepakt en gaat zo naar {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} heeft je pakket en brengt het naar je toe.{% endif %}",
        next: FOLLOW.nl,
        sms: "{{ shop.name }}: je bestelling {{ order.name }} is onderweg. Volgen: {{ links.tracking }}",
      },
      split: {
        subject: "Pakket {{ parcel.index }} van {{ parcel.count }} van je bestelling {{ order.name }} is onderweg",
        heading: "Pakket {{ parcel.index }} van {{ parcel.count }} is onderweg",
        body: "Je bestelling komt in {{ parcel.count }} pakketten. {% if parcel.step == 0 %}Dit is ingepakt en gaat zo naar {{ parcel.carrier }}.{% else %}{{ parcel.carrier }} heeft dit pakket en brengt het naar je toe.{% endif %}",
        sms: "{{ shop.name }}: pakket {{ parcel.index }} van {{ parcel.count }} van je bestelling {{ order.name }} is onderweg. Volgen: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} を発送しました",
        preheader: "{{ parcel.carrier }}がお届けします。",
        heading: "ご注文の商品を発送しました",
        body: "{% if parcel.step == 0 %}梱包が終わり、まもなく{{ parcel.carrier }}へ引き渡します。{% else %}{{ parcel.carrier }}が荷物をお預かりし、お届けに向かっています。{% endif %}",
        next: FOLLOW.ja,
        sms: "{{ shop.name }}：ご注文 {{ order.name }} を発送しました。追跡 {{ links.tracking }}",
      },
      split: {
        subject: "ご注文 {{ order.name }} の荷物 {{ parcel.index }}/{{ parcel.count }} を発送しました",
        heading: "荷物 {{ parcel.index }}/{{ parcel.count }} を発送しました",
        body: "ご注文は {{ parcel.count }} 個に分けてお届けします。{% if parcel.step == 0 %}この荷物は梱包が終わり、まもなく{{ parcel.carrier }}へ引き渡します。{% else %}この荷物は{{ parcel.carrier }}がお預かりし、お届けに向かっています。{% endif %}",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の荷物 {{ parcel.index }}/{{ parcel.count }} を発送しました。追跡 {{ links.tracking }}",
      },
    },
  },
});

const isMoving = (scan: ParcelScan) => scan.status === "in_transit";

function madeOf(parcel: ParcelSituation): Trigger {
  const evidence = { createdAt: parcel.createdAt.toISOString(), statusThen: parcel.status };
  return { shipmentId: parcel.id, occurrence: "", happenedAt: parcel.createdAt, evidence };
}

/** Once it was seen further on, it is no news that it left, even if it went back to a depot since. */
function hasGonePast(trigger: Trigger, situation: Situation): boolean {
  const parcel = parcelOf(trigger, situation);
  if (!parcel) return true;
  return GONE_PAST.has(parcel.status) || scansOf(parcel, ({ status }) => GONE_PAST.has(status)).length > 0;
}
