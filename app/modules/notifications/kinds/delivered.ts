import type { Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import { daysLate, deliveryScan } from "./delivery.ts";
import type { Trigger } from "./kind.ts";
import { happenedAt, parcelOf, scanTrigger } from "./scans.ts";

/** Handed over: to the shopper, a neighbour, a locker or a safe place. A late delivery has a message of its own. */
export const delivered = defineKind({
  key: "delivered",
  group: "status",
  onByDefault: true,
  urgency: 2,
  shopifyMail: "delivered",
  triggersIn: ({ parcels }) =>
    parcels.flatMap((parcel) => {
      const scan = deliveryScan(parcel);
      return scan ? [scanTrigger(parcel, scan)] : [];
    }),
  heldBackBy(trigger, situation) {
    const parcel = parcelOf(trigger, situation);
    if (parcel?.status !== "delivered") return "no_longer_true";
    if ((daysLate(parcel) ?? 0) > 0) return "replaced_by_late";
    return closesTheOrder(trigger, situation) ? "told_by_other_kind" : null;
  },
  isStillTrue: ({ parcel }) => parcel?.status === "delivered",
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} has been delivered",
        preheader: "{{ parcel.carrier }} reports the delivery.",
        heading: "Delivered",
        body: "{{ parcel.carrier }} reports that your parcel has been handed over. We hope you like it.",
        next: "Can’t find it? Look with neighbours and in your usual safe place, then reply to this mail. We will look into it.",
        sms: "{{ shop.name }}: your order {{ order.name }} has been delivered. Not there? {{ links.tracking }}",
      },
      split: {
        subject: "Parcel {{ parcel.index }} of {{ parcel.count }} of your order {{ order.name }} has been delivered",
        heading: "Parcel {{ parcel.index }} of {{ parcel.count }} delivered",
        body: "{{ parcel.carrier }} reports that parcel {{ parcel.index }} of {{ parcel.count }} has been handed over. The tracking page shows where the others are.",
        sms: "{{ shop.name }}: parcel {{ parcel.index }} of {{ parcel.count }} of your order {{ order.name }} has been delivered. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} wurde zugestellt",
        preheader: "{{ parcel.carrier }} meldet die Zustellung.",
        heading: "Zugestellt",
        body: "Laut {{ parcel.carrier }} wurde Ihr Paket übergeben. Wir hoffen, es gefällt Ihnen.",
        next: "Nichts zu finden? Sehen Sie bei Nachbarn und am üblichen Ablageort nach und antworten Sie dann auf diese E-Mail. Wir gehen der Sache nach.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} wurde zugestellt. Nicht da? {{ links.tracking }}",
      },
      split: {
        subject: "Paket {{ parcel.index }} von {{ parcel.count }} Ihrer Bestellung {{ order.name }} wurde zugestellt",
        heading: "Paket {{ parcel.index }} von {{ parcel.count }} zugestellt",
        body: "Laut {{ parcel.carrier }} wurde Paket {{ parcel.index }} von {{ parcel.count }} übergeben. Wo die anderen sind, zeigt die Sendungsseite.",
        sms: "{{ shop.name }}: Paket {{ parcel.index }} von {{ parcel.count }} Ihrer Bestellung {{ order.name }} wurde zugestellt. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} a été livrée",
        preheader: "{{ parcel.carrier }} indique que la livraison est faite.",
        heading: "Colis livré",
        body: "{{ parcel.carrier }} indique que votre colis a été remis. Nous espérons qu’il vous plaira.",
        next: "Vous ne le trouvez pas ? Regardez chez les voisins et à l’endroit habituel, puis répondez à cet e-mail. Nous ferons le nécessaire.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} est livrée. Un souci ? {{ links.tracking }}",
      },
      split: {
        subject: "Colis {{ parcel.index }} sur {{ parcel.count }} de votre commande {{ order.name }} livré",
        heading: "Colis {{ parcel.index }} sur {{ parcel.count }} livré",
        body: "{{ parcel.carrier }} indique que le colis {{ parcel.index }} sur {{ parcel.count }} a été remis. La page de suivi montre où sont les autres.",
        sms: "{{ shop.name }} : le colis {{ parcel.index }} sur {{ parcel.count }} de votre commande {{ order.name }} est livré. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} se ha entregado",
        preheader: "{{ parcel.carrier }} confirma la entrega.",
        heading: "Entregado",
        body: "{{ parcel.carrier }} indica que tu paquete se ha entregado. Esperamos que te guste.",
        next: "¿No lo encuentras? Pregunta a los vecinos, mira en el lugar habitual y responde a este correo. Lo investigaremos.",
        sms: "{{ shop.name }}: tu pedido {{ order.name }} se ha entregado. ¿No lo tienes? {{ links.tracking }}",
      },
      split: {
        subject: "El paquete {{ parcel.index }} de {{ parcel.count }} de tu pedido {{ order.name }} se ha entregado",
        heading: "Paquete {{ parcel.index }} de {{ parcel.count }} entregado",
        body: "{{ parcel.carrier }} indica que el paquete {{ parcel.index }} de {{ parcel.count }} se ha entregado. En la página de seguimiento ves dónde están los demás.",
        sms: "{{ shop.name }}: el paquete {{ parcel.index }} de {{ parcel.count }} de tu pedido {{ order.name }} se ha entregado. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} è stato consegnato",
        preheader: "{{ parcel.carrier }} conferma la consegna.",
        heading: "Consegnato",
        body: "{{ parcel.carrier }} segnala che il pacco è stato consegnato. Speriamo che ti piaccia.",
        next: "Non lo trovi? Chiedi ai vicini, guarda nel solito posto e poi rispondi a questa e-mail. Verificheremo.",
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è stato consegnato. Non lo trovi? {{ links.tracking }}",
      },
      split: {
        subject: "Il pacco {{ parcel.index }} di {{ parcel.count }} del tuo ordine {{ order.name }} è stato consegnato",
        heading: "Pacco {{ parcel.index }} di {{ parcel.count }} consegnato",
        body: "{{ parcel.carrier }} segnala che il pacco {{ parcel.index }} di {{ parcel.count }} è stato consegnato. La pagina di tracciamento mostra dove sono gli altri.",
        sms: "{{ shop.name }}: il pacco {{ parcel.index }} di {{ parcel.count }} del tuo ordine {{ order.name }} è stato consegnato. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} foi entregue",
        preheader: "{{ parcel.carrier }} confirma a entrega.",
        heading: "Entregue",
        body: "{{ parcel.carrier }} indica que a encomenda foi entregue. Esperamos que goste.",
        next: "Não a encontra? Pergunte aos vizinhos, veja no local habitual e depois responda a este e-mail. Vamos averiguar.",
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} foi entregue. Algum problema? {{ links.tracking }}",
      },
      split: {
        subject: "A encomenda {{ parcel.index }} de {{ parcel.count }} do seu pedido {{ order.name }} foi entregue",
        heading: "Encomenda {{ parcel.index }} de {{ parcel.count }} entregue",
        body: "{{ parcel.carrier }} indica que a encomenda {{ parcel.index }} de {{ parcel.count }} foi entregue. A página de seguimento mostra onde estão as outras.",
        sms: "{{ shop.name }}: a encomenda {{ parcel.index }} de {{ parcel.count }} do seu pedido {{ order.name }} foi entregue. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} is bezorgd",
        preheader: "{{ parcel.carrier }} meldt de bezorging.",
        heading: "Bezorgd",
        body: "Volgens {{ parcel.carrier }} is je pakket afgeleverd. We hopen dat je er blij mee bent.",
        next: "Kun je het niet vinden? Vraag het bij de buren, kijk op de gebruikelijke plek en beantwoord dan deze mail. We zoeken het uit.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} is bezorgd. Niet gevonden? {{ links.tracking }}",
      },
      split: {
        subject: "Pakket {{ parcel.index }} van {{ parcel.count }} van je bestelling {{ order.name }} is bezorgd",
        heading: "Pakket {{ parcel.index }} van {{ parcel.count }} bezorgd",
        body: "Volgens {{ parcel.carrier }} is pakket {{ parcel.index }} van {{ parcel.count }} afgeleverd. Op de trackingpagina zie je waar de andere zijn.",
        sms: "{{ shop.name }}: pakket {{ parcel.index }} van {{ parcel.count }} van je bestelling {{ order.name }} is bezorgd. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} が配達されました",
        preheader: "{{ parcel.carrier }}より配達完了の連絡がありました。",
        heading: "配達完了",
        body: "{{ parcel.carrier }}より、荷物をお渡ししたとの連絡がありました。お気に召しましたら幸いです。",
        next: "お手元に見当たらない場合は、ご家族やご近所、置き配の場所をご確認のうえ、このメールにご返信ください。お調べします。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} が配達されました。{{ links.tracking }}",
      },
      split: {
        subject: "ご注文 {{ order.name }} の荷物 {{ parcel.index }}/{{ parcel.count }} が配達されました",
        heading: "荷物 {{ parcel.index }}/{{ parcel.count }} 配達完了",
        body: "{{ parcel.carrier }}より、荷物 {{ parcel.index }}/{{ parcel.count }} をお渡ししたとの連絡がありました。ほかの荷物の状況は追跡ページでご確認いただけます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の荷物 {{ parcel.index }}/{{ parcel.count }} が配達されました。{{ links.tracking }}",
      },
    },
  },
});

/** The last parcel of a split order, where one message says that all have come. */
function closesTheOrder(trigger: Trigger, { order, parcels, rules }: Situation): boolean {
  if (!rules.events["all_parcels_delivered"]?.on || !order.completelyFulfilled) return false;
  const deliveries = parcels.filter(({ active }) => active).map((parcel) => ({ parcel, scan: deliveryScan(parcel) }));
  if (deliveries.length < 2 || deliveries.some(({ scan }) => scan === null)) return false;
  return deliveries.every(({ scan }) => scan === null || happenedAt(scan) <= trigger.happenedAt);
}
