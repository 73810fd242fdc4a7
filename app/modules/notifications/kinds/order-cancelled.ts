import { defineKind } from "./define-kind.ts";

/** The order was cancelled; for shops that do not let Shopify say so. Goes out at once, whatever else waits. */
export const orderCancelled = defineKind({
  key: "order_cancelled",
  group: "order",
  urgent: true,
  urgency: 0,
  exemptFrom: ["order_cancelled", "parcel_inactive"],
  triggersIn: ({ order: { cancelledAt } }) =>
    cancelledAt
      ? [
          {
            ...{ shipmentId: null, occurrence: "", happenedAt: cancelledAt },
            evidence: { cancelledAt: cancelledAt.toISOString() },
          },
        ]
      : [],
  isStillTrue: ({ order }) => order.cancelledAt !== null,
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} has been cancelled",
        preheader: "What that means for you.",
        heading: "Your order has been cancelled",
        body: "Your order {{ order.name }} has been cancelled and will not be shipped. If you have paid already, the money goes back the way it came.",
        next: "If you did not expect this, reply to this mail.",
        sms: "{{ shop.name }}: your order {{ order.name }} has been cancelled. Details: {{ order.order_status_url }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} wurde storniert",
        preheader: "Was das für Sie bedeutet.",
        heading: "Ihre Bestellung wurde storniert",
        body: "Ihre Bestellung {{ order.name }} wurde storniert und wird nicht verschickt. Falls Sie schon bezahlt haben, geht das Geld auf demselben Weg zurück.",
        next: "Wenn Sie das nicht erwartet haben, antworten Sie auf diese E-Mail.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} wurde storniert. Einzelheiten: {{ order.order_status_url }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} a été annulée",
        preheader: "Ce que cela signifie pour vous.",
        heading: "Votre commande a été annulée",
        body: "Votre commande {{ order.name }} a été annulée et ne sera pas expédiée. Si vous l’avez déjà payée, vous serez remboursé par le même moyen de paiement.",
        next: "Si vous ne vous y attendiez pas, répondez à cet e-mail.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} a été annulée. Détails : {{ order.order_status_url }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} se ha cancelado",
        preheader: "Qué significa para ti.",
        heading: "Tu pedido se ha cancelado",
        body: "Tu pedido {{ order.name }} se ha cancelado y no se enviará. Si ya lo pagaste, el dinero vuelve por el mismo medio de pago.",
        next: "Si no lo esperabas, responde a este correo.",
        sms: "{{ shop.name }}: tu pedido {{ order.name }} se ha cancelado. Detalles: {{ order.order_status_url }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} è stato annullato",
        preheader: "Che cosa significa per te.",
        heading: "Il tuo ordine è stato annullato",
        body: "Il tuo ordine {{ order.name }} è stato annullato e non verrà spedito. Se lo avevi già pagato, il denaro torna con lo stesso metodo di pagamento.",
        next: "Se non te lo aspettavi, rispondi a questa e-mail.",
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è stato annullato. Dettagli: {{ order.order_status_url }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} foi cancelado",
        preheader: "O que isso significa para si.",
        heading: "O seu pedido foi cancelado",
        body: "O seu pedido {{ order.name }} foi cancelado e não será enviado. Se já o pagou, o dinheiro é devolvido pelo mesmo meio de pagamento.",
        next: "Se não estava à espera disto, responda a este e-mail.",
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} foi cancelado. Detalhes: {{ order.order_status_url }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} is geannuleerd",
        preheader: "Wat dat voor jou betekent.",
        heading: "Je bestelling is geannuleerd",
        body: "Je bestelling {{ order.name }} is geannuleerd en wordt niet verstuurd. Heb je al betaald, dan krijg je het geld op dezelfde manier terug.",
        next: "Had je dit niet verwacht? Beantwoord dan deze mail.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} is geannuleerd. Meer hierover: {{ order.order_status_url }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} をキャンセルしました",
        preheader: "内容をご確認ください。",
        heading: "ご注文をキャンセルしました",
        body: "ご注文 {{ order.name }} はキャンセルされ、発送されません。お支払い済みの場合は、同じお支払い方法で返金します。",
        next: "お心当たりがない場合は、このメールにご返信ください。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} をキャンセルしました。詳細 {{ order.order_status_url }}",
      },
    },
  },
});
