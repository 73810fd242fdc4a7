import { defineKind } from "./define-kind.ts";
import { deliveryScan } from "./delivery.ts";
import { happenedAt } from "./scans.ts";

/** The last parcel of a split order has come: one message closes it. */
export const allParcelsDelivered = defineKind({
  key: "all_parcels_delivered",
  group: "order",
  urgency: 3,
  triggersIn({ order, parcels }) {
    const active = parcels.filter((parcel) => parcel.active);
    const scans = active.map(deliveryScan).filter((scan) => scan !== null);
    if (!order.completelyFulfilled || active.length < 2 || scans.length < active.length) return [];
    const last = new Date(Math.max(...scans.map((scan) => happenedAt(scan).getTime())));
    return [{ shipmentId: null, occurrence: "", happenedAt: last, evidence: { parcels: active.length } }];
  },
  texts: {
    en: {
      main: {
        subject: "All parcels of your order {{ order.name }} have arrived",
        preheader: "Your order is complete.",
        heading: "Your order is complete",
        body: "All {{ parcel.count }} parcels of your order have been delivered. We hope you like what is in them.",
        next: "If something is missing, reply to this mail. We will look into it.",
        sms: "{{ shop.name }}: all parcels of your order {{ order.name }} have arrived. Something missing? {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Alle Pakete Ihrer Bestellung {{ order.name }} sind angekommen",
        preheader: "Ihre Bestellung ist vollständig.",
        heading: "Ihre Bestellung ist vollständig",
        body: "Alle {{ parcel.count }} Pakete Ihrer Bestellung wurden zugestellt. Wir hoffen, der Inhalt gefällt Ihnen.",
        next: "Fehlt etwas? Antworten Sie auf diese E-Mail, wir gehen der Sache nach.",
        sms: "{{ shop.name }}: Alle Pakete Ihrer Bestellung {{ order.name }} sind angekommen. Fehlt etwas? {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Tous les colis de votre commande {{ order.name }} sont arrivés",
        preheader: "Votre commande est complète.",
        heading: "Votre commande est complète",
        body: "Les {{ parcel.count }} colis de votre commande ont été livrés. Nous espérons que leur contenu vous plaira.",
        next: "Il manque quelque chose ? Répondez à cet e-mail, nous ferons le nécessaire.",
        sms: "{{ shop.name }} : tous les colis de votre commande {{ order.name }} sont arrivés. Un souci ? {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Han llegado todos los paquetes de tu pedido {{ order.name }}",
        preheader: "Tu pedido está completo.",
        heading: "Tu pedido está completo",
        body: "Se han entregado los {{ parcel.count }} paquetes de tu pedido. Esperamos que te guste lo que traen.",
        next: "¿Falta algo? Responde a este correo y lo investigaremos.",
        sms: "{{ shop.name }}: han llegado todos los paquetes de tu pedido {{ order.name }}. ¿Falta algo? {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Tutti i pacchi del tuo ordine {{ order.name }} sono arrivati",
        preheader: "Il tuo ordine è completo.",
        heading: "Il tuo ordine è completo",
        body: "I {{ parcel.count }} pacchi del tuo ordine sono stati consegnati. Speriamo che il contenuto ti piaccia.",
        next: "Manca qualcosa? Rispondi a questa e-mail e verificheremo.",
        sms: "{{ shop.name }}: tutti i pacchi del tuo ordine {{ order.name }} sono arrivati. Manca qualcosa? {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "Chegaram todas as encomendas do seu pedido {{ order.name }}",
        preheader: "O seu pedido está completo.",
        heading: "O seu pedido está completo",
        body: "As {{ parcel.count }} encomendas do seu pedido foram entregues. Esperamos que goste do que trazem.",
        next: "Falta alguma coisa? Responda a este e-mail e vamos averiguar.",
        sms: "{{ shop.name }}: chegaram todas as encomendas do seu pedido {{ order.name }}. Falta alguma coisa? {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Alle pakketten van je bestelling {{ order.name }} zijn er",
        preheader: "Je bestelling is compleet.",
        heading: "Je bestelling is compleet",
        body: "Alle {{ parcel.count }} pakketten van je bestelling zijn bezorgd. We hopen dat je blij bent met de inhoud.",
        next: "Mis je iets? Beantwoord deze mail, dan zoeken we het uit.",
        sms: "{{ shop.name }}: alle pakketten van je bestelling {{ order.name }} zijn er. Mis je iets? {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の荷物がすべて届きました",
        preheader: "ご注文の商品がすべてそろいました。",
        heading: "ご注文の商品がすべてそろいました",
        body: "ご注文の荷物 {{ parcel.count }} 個がすべて配達されました。お気に召しましたら幸いです。",
        next: "足りないものがございましたら、このメールにご返信ください。お調べします。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の荷物がすべて届きました。{{ links.tracking }}",
      },
    },
  },
});
