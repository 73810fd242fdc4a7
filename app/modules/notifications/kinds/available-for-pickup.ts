import { defineKind } from "./define-kind.ts";
import { firstScans, parcelOf } from "./scans.ts";

/** It waits at a counter or in a locker. Until when is not known: no carrier's last day for it is read yet. */
export const availableForPickup = defineKind({
  key: "available_for_pickup",
  group: "status",
  urgency: 2,
  uselessAfterHours: 48,
  triggersIn: (situation) => firstScans(situation, ({ status }) => status === "available_for_pickup"),
  heldBackBy: (trigger, situation) =>
    parcelOf(trigger, situation)?.status === "available_for_pickup" ? null : "replaced_by_newer",
  isStillTrue: ({ parcel }) => parcel?.status === "available_for_pickup",
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} is ready for you to pick up",
        preheader: "{{ parcel.carrier }} holds your parcel for you.",
        heading: "Ready for you to pick up",
        body: "Your parcel waits for you{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. The tracking page shows the place and what to bring.",
        next: "Carriers send parcels back after some days, often a week. Please pick it up soon.",
        sms: "{{ shop.name }}: your order {{ order.name }} is ready for you to pick up. Where: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} liegt zur Abholung bereit",
        preheader: "{{ parcel.carrier }} bewahrt Ihr Paket für Sie auf.",
        heading: "Zur Abholung bereit",
        body: "Ihr Paket wartet auf Sie{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. Ort und was Sie mitbringen müssen, zeigt die Sendungsseite.",
        next: "Nach einigen Tagen, oft nach einer Woche, schicken Paketdienste solche Pakete zurück. Bitte holen Sie es bald ab.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} liegt zur Abholung bereit. Wo: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} vous attend au point de retrait",
        preheader: "{{ parcel.carrier }} garde votre colis.",
        heading: "Votre colis est à retirer",
        body: "Votre colis vous attend{% if parcel.last_place != blank %} : {{ parcel.last_place }}{% endif %}. La page de suivi indique le lieu et ce qu’il faut présenter.",
        next: "Les transporteurs renvoient les colis au bout de quelques jours, souvent une semaine. Pensez à le retirer rapidement.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} vous attend au point de retrait. Lieu : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} está listo para recoger",
        preheader: "{{ parcel.carrier }} te guarda el paquete.",
        heading: "Listo para recoger",
        body: "Tu paquete te espera{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. En la página de seguimiento ves el lugar y qué debes llevar.",
        next: "Los transportistas devuelven los paquetes pasados unos días, a menudo una semana. Recógelo pronto.",
        sms: "{{ shop.name }}: ya puedes recoger tu pedido {{ order.name }}. Lugar: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} è pronto per il ritiro",
        preheader: "{{ parcel.carrier }} tiene il pacco per te.",
        heading: "Pronto per il ritiro",
        body: "Il tuo pacco ti aspetta{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. La pagina di tracciamento mostra il luogo e che cosa portare.",
        next: "Dopo alcuni giorni, spesso una settimana, i corrieri rimandano indietro i pacchi. Ritiralo presto.",
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è pronto per il ritiro. Dove: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} está pronto para levantar",
        preheader: "{{ parcel.carrier }} guarda a sua encomenda.",
        heading: "Pronta para levantar",
        body: "A sua encomenda espera por si{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. A página de seguimento mostra o local e o que deve levar.",
        next: "As transportadoras devolvem as encomendas passados alguns dias, muitas vezes uma semana. Levante-a em breve.",
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} aguarda levantamento. Onde: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} ligt klaar om op te halen",
        preheader: "{{ parcel.carrier }} bewaart je pakket.",
        heading: "Klaar om op te halen",
        body: "Je pakket ligt voor je klaar{% if parcel.last_place != blank %}: {{ parcel.last_place }}{% endif %}. Op de trackingpagina zie je waar en wat je moet meenemen.",
        next: "Vervoerders sturen pakketten na een paar dagen terug, vaak na een week. Haal het dus snel op.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} ligt klaar om op te halen. Waar: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} をお受け取りいただけます",
        preheader: "{{ parcel.carrier }}が荷物をお預かりしています。",
        heading: "お受け取りいただけます",
        body: "荷物は受取場所でお待ちしています{% if parcel.last_place != blank %}（{{ parcel.last_place }}）{% endif %}。場所と必要なものは、追跡ページでご確認いただけます。",
        next: "保管期限（多くは1週間ほど）を過ぎると返送されますので、お早めにお受け取りください。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} をお受け取りいただけます。場所 {{ links.tracking }}",
      },
    },
  },
});
