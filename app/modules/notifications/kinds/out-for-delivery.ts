import type { ParcelSituation, Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import type { Trigger } from "./kind.ts";
import { dayOfScan, parcelOf, scansOf, scanTrigger } from "./scans.ts";

/** On the vehicle today: once per day of the place, because yesterday's round says nothing about today's. */
export const outForDelivery = defineKind({
  key: "out_for_delivery",
  group: "status",
  onByDefault: true,
  urgency: 1,
  uselessAfterHours: 14,
  onlyOnItsDay: true,
  shopifyMail: "out_for_delivery",
  triggersIn: ({ parcels }) => parcels.flatMap(daysOut),
  heldBackBy: (trigger, situation) => (isOver(trigger, situation) ? "replaced_by_newer" : null),
  isStillTrue: ({ parcel }) => parcel?.status === "out_for_delivery",
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} arrives today",
        preheader: "{{ parcel.carrier }} is bringing it now.",
        heading: "Out for delivery today",
        body: "Your parcel is on the vehicle and {{ parcel.carrier }} delivers it today.",
        next: "If nobody can take it in, the carrier usually leaves a note or tries again. The tracking page shows what happened.",
        sms: "{{ shop.name }}: your order {{ order.name }} is out for delivery and arrives today. {{ links.tracking }}",
      },
      split: {
        subject: "Parcel {{ parcel.index }} of {{ parcel.count }} of your order {{ order.name }} arrives today",
        sms: "{{ shop.name }}: parcel {{ parcel.index }} of {{ parcel.count }} of your order {{ order.name }} arrives today. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} kommt heute an",
        preheader: "{{ parcel.carrier }} ist damit unterwegs zu Ihnen.",
        heading: "Heute in Zustellung",
        body: "Ihr Paket ist im Fahrzeug, {{ parcel.carrier }} stellt es heute zu.",
        next: "Kann es niemand annehmen, hinterlässt der Paketdienst meist eine Karte oder versucht es erneut. Die Sendungsseite zeigt, was geschehen ist.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} ist in Zustellung und kommt heute an. {{ links.tracking }}",
      },
      split: {
        subject: "Paket {{ parcel.index }} von {{ parcel.count }} Ihrer Bestellung {{ order.name }} kommt heute an",
        sms: "{{ shop.name }}: Paket {{ parcel.index }} von {{ parcel.count }} Ihrer Bestellung {{ order.name }} kommt heute an. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} arrive aujourd’hui",
        preheader: "{{ parcel.carrier }} est en route vers vous.",
        heading: "En cours de livraison aujourd’hui",
        body: "Votre colis est dans le véhicule : {{ parcel.carrier }} le livre aujourd’hui.",
        next: "En cas d’absence, le transporteur laisse en général un avis de passage ou se présente à nouveau. La page de suivi indique ce qui s’est passé.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} arrive aujourd'hui. Suivi : {{ links.tracking }}",
      },
      split: {
        subject:
          "Colis {{ parcel.index }} sur {{ parcel.count }} de votre commande {{ order.name }} : livraison aujourd’hui",
        sms: "{{ shop.name }} : le colis {{ parcel.index }} sur {{ parcel.count }} de votre commande {{ order.name }} arrive aujourd'hui. Suivi : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} llega hoy",
        preheader: "{{ parcel.carrier }} va hacia ti.",
        heading: "Hoy en reparto",
        body: "Tu paquete está en el vehículo y {{ parcel.carrier }} lo entrega hoy.",
        next: "Si no hay nadie para recibirlo, lo normal es que el transportista deje un aviso o lo intente de nuevo. En la página de seguimiento verás qué ha pasado.",
        sms: "{{ shop.name }}: tu pedido {{ order.name }} ha salido a reparto y llega hoy. {{ links.tracking }}",
      },
      split: {
        subject: "El paquete {{ parcel.index }} de {{ parcel.count }} de tu pedido {{ order.name }} llega hoy",
        sms: "{{ shop.name }}: el paquete {{ parcel.index }} de {{ parcel.count }} de tu pedido {{ order.name }} llega hoy. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} arriva oggi",
        preheader: "{{ parcel.carrier }} sta arrivando da te.",
        heading: "Oggi in consegna",
        body: "Il tuo pacco è sul furgone e {{ parcel.carrier }} lo consegna oggi.",
        next: "Se non c’è nessuno a riceverlo, di solito il corriere lascia un avviso o riprova. La pagina di tracciamento mostra che cosa è successo.",
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è in consegna e arriva oggi. {{ links.tracking }}",
      },
      split: {
        subject: "Il pacco {{ parcel.index }} di {{ parcel.count }} del tuo ordine {{ order.name }} arriva oggi",
        sms: "{{ shop.name }}: il pacco {{ parcel.index }} di {{ parcel.count }} del tuo ordine {{ order.name }} arriva oggi. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} chega hoje",
        preheader: "{{ parcel.carrier }} vai ao seu encontro.",
        heading: "Em entrega hoje",
        body: "A sua encomenda está no veículo e {{ parcel.carrier }} entrega-a hoje.",
        next: "Se ninguém a puder receber, a transportadora costuma deixar um aviso ou tentar de novo. A página de seguimento mostra o que aconteceu.",
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} saiu para entrega e chega hoje. {{ links.tracking }}",
      },
      split: {
        subject: "A encomenda {{ parcel.index }} de {{ parcel.count }} do seu pedido {{ order.name }} chega hoje",
        sms: "{{ shop.name }}: a encomenda {{ parcel.index }} de {{ parcel.count }} do seu pedido {{ order.name }} chega hoje. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} komt vandaag",
        preheader: "{{ parcel.carrier }} is ermee onderweg naar jou.",
        heading: "Vandaag bezorgd",
        body: "Je pakket ligt in de bezorgwagen en {{ parcel.carrier }} brengt het vandaag.",
        next: "Is er niemand om het aan te nemen, dan laat de bezorger meestal een bericht achter of komt hij terug. Op de trackingpagina zie je wat er is gebeurd.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} is in bezorging en komt vandaag. {{ links.tracking }}",
      },
      split: {
        subject: "Pakket {{ parcel.index }} van {{ parcel.count }} van je bestelling {{ order.name }} komt vandaag",
        sms: "{{ shop.name }}: pakket {{ parcel.index }} van {{ parcel.count }} van je bestelling {{ order.name }} komt vandaag. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} は本日お届け予定です",
        preheader: "{{ parcel.carrier }}が配達に向かっています。",
        heading: "本日配達中です",
        body: "荷物は配達車に積み込まれ、{{ parcel.carrier }}が本日お届けします。",
        next: "ご不在の場合は、不在票が残されるか、改めて配達されます。追跡ページで状況をご確認いただけます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} は本日お届け予定です。{{ links.tracking }}",
      },
      split: {
        subject: "ご注文 {{ order.name }} の荷物 {{ parcel.index }}/{{ parcel.count }} は本日お届け予定です",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の荷物 {{ parcel.index }}/{{ parcel.count }} は本日お届け予定です。{{ links.tracking }}",
      },
    },
  },
});

function daysOut(parcel: ParcelSituation): Trigger[] {
  const byDay = new Map<string, Trigger>();
  for (const scan of scansOf(parcel, ({ status }) => status === "out_for_delivery")) {
    const day = dayOfScan(scan, parcel);
    if (!byDay.has(day)) byDay.set(day, scanTrigger(parcel, scan, day));
  }
  return [...byDay.values()];
}

/** It was delivered or came back meanwhile, or a newer day has begun. */
function isOver(trigger: Trigger, situation: Situation): boolean {
  const parcel = parcelOf(trigger, situation);
  if (parcel?.status !== "out_for_delivery") return true;
  return daysOut(parcel).some(({ occurrence }) => occurrence > trigger.occurrence);
}
