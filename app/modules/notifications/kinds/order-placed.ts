import { defineKind } from "./define-kind.ts";

/** For shops that have switched Shopify's own confirmation off; both at once would be one too many. */
export const orderPlaced = defineKind({
  key: "order_placed",
  group: "order",
  urgency: 1,
  uselessAfterHours: 24,
  shopifyMail: "order_confirmation",
  triggersIn: ({ order }) => [
    {
      ...{ shipmentId: null, occurrence: "", happenedAt: order.placedAt },
      evidence: { placedAt: order.placedAt.toISOString() },
    },
  ],
  isStillTrue: ({ order }) => order.cancelledAt === null,
  texts: {
    en: {
      main: {
        subject: "We have your order {{ order.name }}",
        preheader: "Thank you. Here is what happens next.",
        heading: "Thank you for your order",
        body: "Your order {{ order.name }} over {{ order.total_price }} has reached us, and we are preparing it.",
        next: "You hear from us again when it ships, with the tracking number.",
        sms: "{{ shop.name }}: thank you, we have your order {{ order.name }}. See it here: {{ order.order_status_url }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} ist bei uns",
        preheader: "Vielen Dank. So geht es weiter.",
        heading: "Vielen Dank für Ihre Bestellung",
        body: "Ihre Bestellung {{ order.name }} über {{ order.total_price }} ist bei uns angekommen, wir bereiten sie vor.",
        next: "Sie hören wieder von uns, wenn sie verschickt wird, mit der Sendungsnummer.",
        sms: "{{ shop.name }}: Vielen Dank, Ihre Bestellung {{ order.name }} ist bei uns. Hier ansehen: {{ order.order_status_url }}",
      },
    },
    fr: {
      main: {
        subject: "Nous avons bien reçu votre commande {{ order.name }}",
        preheader: "Merci. Voici la suite.",
        heading: "Merci de votre commande",
        body: "Votre commande {{ order.name }} d’un montant de {{ order.total_price }} nous est parvenue et nous la préparons.",
        next: "Nous vous écrirons lors de l’expédition, avec le numéro de suivi.",
        sms: "{{ shop.name }} : merci, votre commande {{ order.name }} nous est parvenue. La voir : {{ order.order_status_url }}",
      },
    },
    es: {
      main: {
        subject: "Hemos recibido tu pedido {{ order.name }}",
        preheader: "Gracias. Esto es lo que sigue.",
        heading: "Gracias por tu pedido",
        body: "Hemos recibido tu pedido {{ order.name }} por {{ order.total_price }} y lo estamos preparando.",
        next: "Te escribiremos cuando salga, con el número de seguimiento.",
        sms: "{{ shop.name }}: gracias, hemos recibido tu pedido {{ order.name }}. Puedes verlo en: {{ order.order_status_url }}",
      },
    },
    it: {
      main: {
        subject: "Abbiamo ricevuto il tuo ordine {{ order.name }}",
        preheader: "Grazie. Ecco come si prosegue.",
        heading: "Grazie per il tuo ordine",
        body: "Abbiamo ricevuto il tuo ordine {{ order.name }} di {{ order.total_price }} e lo stiamo preparando.",
        next: "Ti scriviamo di nuovo quando parte, con il numero di tracciamento.",
        sms: "{{ shop.name }}: grazie, abbiamo ricevuto il tuo ordine {{ order.name }}. Lo vedi qui: {{ order.order_status_url }}",
      },
    },
    pt: {
      main: {
        subject: "Recebemos o seu pedido {{ order.name }}",
        preheader: "Obrigado. Eis o que se segue.",
        heading: "Obrigado pelo seu pedido",
        body: "Recebemos o seu pedido {{ order.name }} no valor de {{ order.total_price }} e estamos a prepará-lo.",
        next: "Voltamos a escrever quando for enviado, com o número de seguimento.",
        sms: "{{ shop.name }}: obrigado, recebemos o seu pedido {{ order.name }}. Pode ver em: {{ order.order_status_url }}",
      },
    },
    nl: {
      main: {
        subject: "We hebben je bestelling {{ order.name }} ontvangen",
        preheader: "Bedankt. Zo gaat het verder.",
        heading: "Bedankt voor je bestelling",
        body: "We hebben je bestelling {{ order.name }} van {{ order.total_price }} ontvangen en maken hem klaar.",
        next: "Je hoort weer van ons als hij wordt verstuurd, met het trackingnummer.",
        sms: "{{ shop.name }}: bedankt, we hebben je bestelling {{ order.name }} ontvangen. Bekijk hem hier: {{ order.order_status_url }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} を承りました",
        preheader: "ありがとうございます。今後の流れをご案内します。",
        heading: "ご注文ありがとうございます",
        body: "ご注文 {{ order.name }}（{{ order.total_price }}）を承りました。発送の準備を進めています。",
        next: "発送時に、追跡番号とあわせて改めてご連絡します。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} を承りました。{{ order.order_status_url }}",
      },
    },
  },
});
