import { defineReturnKind } from "./define-return-kind.ts";

/** The shopper has asked for a return; somebody, or a rule, has yet to decide. */
export const returnRequested = defineReturnKind({
  key: "return_requested",
  onByDefault: true,
  urgency: 3,
  texts: {
    en: {
      main: {
        subject: "We have received your return request for order {{ order.name }}",
        preheader: "We will look at it and let you know.",
        heading: "Return request received",
        body: "We have received your return request for order {{ order.name }} and are looking at it.",
        next: "Please do not send anything back yet. You will hear from us as soon as it is decided.",
        sms: "{{ shop.name }}: we have received your return request for order {{ order.name }}. Please wait for our answer before sending it back. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Rücksendeanfrage zur Bestellung {{ order.name }} ist eingegangen",
        preheader: "Wir prüfen sie und geben Ihnen Bescheid.",
        heading: "Rücksendeanfrage eingegangen",
        body: "Ihre Rücksendeanfrage zur Bestellung {{ order.name }} ist bei uns eingegangen. Wir prüfen sie.",
        next: "Bitte senden Sie noch nichts zurück. Sie hören von uns, sobald entschieden ist.",
        sms: "{{ shop.name }}: Ihre Rücksendeanfrage zur Bestellung {{ order.name }} ist eingegangen. Bitte warten Sie mit dem Versand auf unsere Antwort. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Nous avons reçu votre demande de retour pour la commande {{ order.name }}",
        preheader: "Nous l’examinons et vous tiendrons au courant.",
        heading: "Demande de retour reçue",
        body: "Nous avons bien reçu votre demande de retour pour la commande {{ order.name }} et nous l’examinons.",
        next: "Merci de ne rien renvoyer pour le moment. Nous vous écrirons dès que la décision sera prise.",
        sms: "{{ shop.name }} : votre demande de retour pour la commande {{ order.name }} est bien arrivée. Merci d'attendre notre réponse avant tout envoi. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Hemos recibido tu solicitud de devolución del pedido {{ order.name }}",
        preheader: "La revisamos y te avisamos.",
        heading: "Solicitud de devolución recibida",
        body: "Hemos recibido tu solicitud de devolución del pedido {{ order.name }} y la estamos revisando.",
        next: "No envíes nada todavía. Te escribiremos en cuanto haya una decisión.",
        sms: "{{ shop.name }}: nos ha llegado tu solicitud para devolver el pedido {{ order.name }}. Espera nuestra respuesta antes de enviar nada. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Abbiamo ricevuto la tua richiesta di reso per l’ordine {{ order.name }}",
        preheader: "La esaminiamo e ti faremo sapere.",
        heading: "Richiesta di reso ricevuta",
        body: "Abbiamo ricevuto la tua richiesta di reso per l’ordine {{ order.name }} e la stiamo esaminando.",
        next: "Non spedire ancora nulla. Ti scriveremo appena sarà presa una decisione.",
        sms: "{{ shop.name }}: abbiamo ricevuto la tua richiesta di reso per l'ordine {{ order.name }}. Attendi la nostra risposta prima di spedire. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "Recebemos a sua solicitação de devolução do pedido {{ order.name }}",
        preheader: "Vamos analisá-la e dar-lhe uma resposta.",
        heading: "Solicitação de devolução recebida",
        body: "Recebemos a sua solicitação de devolução do pedido {{ order.name }} e estamos a analisá-la.",
        next: "Por favor, não envie nada por enquanto. Escrevemos assim que houver uma decisão.",
        sms: "{{ shop.name }}: registamos que quer devolver o pedido {{ order.name }}. Aguarde a nossa resposta antes de enviar. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "We hebben je retouraanvraag voor bestelling {{ order.name }} ontvangen",
        preheader: "We bekijken hem en laten het je weten.",
        heading: "Retouraanvraag ontvangen",
        body: "We hebben je retouraanvraag voor bestelling {{ order.name }} ontvangen en bekijken hem.",
        next: "Stuur nog niets terug. Je hoort van ons zodra er een besluit is.",
        sms: "{{ shop.name }}: we hebben je retouraanvraag voor bestelling {{ order.name }} ontvangen. Wacht met terugsturen op ons antwoord. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返品申請を受け付けました",
        preheader: "内容を確認し、ご連絡いたします。",
        heading: "返品申請を受け付けました",
        body: "ご注文 {{ order.name }} の返品申請を受け付けました。ただいま内容を確認しております。",
        next: "商品はまだお送りにならないようお願いいたします。結果が決まりしだいご連絡します。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返品申請を受け付けました。ご返送は連絡をお待ちください。{{ links.tracking }}",
      },
    },
  },
});
