import { defineReturnKind } from "./define-return-kind.ts";
import { REFUSAL } from "./return-phrases.ts";

/** The return is not accepted; the reason that the merchant gave stands in it. */
export const returnDeclined = defineReturnKind({
  key: "return_declined",
  urgency: 2,
  texts: {
    en: {
      main: {
        subject: "About your return request for order {{ order.name }}",
        preheader: "We cannot accept this return.",
        heading: "We cannot accept this return",
        body: `We have looked at your return request for order {{ order.name }} and cannot accept it.${REFUSAL.en}`,
        next: "If you see it differently or have questions, reply to this mail.",
        sms: "{{ shop.name }}: we cannot accept the return you requested for order {{ order.name }}. Details: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Zu Ihrer Rücksendeanfrage für die Bestellung {{ order.name }}",
        preheader: "Wir können diese Rücksendung nicht annehmen.",
        heading: "Wir können diese Rücksendung nicht annehmen",
        body: `Wir haben Ihre Rücksendeanfrage zur Bestellung {{ order.name }} geprüft und können sie nicht annehmen.${REFUSAL.de}`,
        next: "Wenn Sie das anders sehen oder Fragen haben, antworten Sie auf diese E-Mail.",
        sms: "{{ shop.name }}: Ihre Rücksendeanfrage zur Bestellung {{ order.name }} können wir nicht annehmen. Einzelheiten: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre demande de retour pour la commande {{ order.name }}",
        preheader: "Nous ne pouvons pas accepter ce retour.",
        heading: "Nous ne pouvons pas accepter ce retour",
        body: `Nous avons examiné votre demande de retour pour la commande {{ order.name }} et ne pouvons pas l’accepter.${REFUSAL.fr}`,
        next: "Si vous n’êtes pas d’accord ou avez des questions, répondez à cet e-mail.",
        sms: "{{ shop.name }} : nous ne pouvons pas accepter le retour de la commande {{ order.name }}. Détails : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Sobre tu solicitud de devolución del pedido {{ order.name }}",
        preheader: "No podemos aceptar esta devolución.",
        heading: "No podemos aceptar esta devolución",
        body: `Hemos revisado tu solicitud de devolución del pedido {{ order.name }} y no podemos aceptarla.${REFUSAL.es}`,
        next: "Si no estás de acuerdo o tienes preguntas, responde a este correo.",
        sms: "{{ shop.name }}: lo sentimos, no podemos aceptar que devuelvas el pedido {{ order.name }}. Detalles: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "La tua richiesta di reso per l’ordine {{ order.name }}",
        preheader: "Non possiamo accettare questo reso.",
        heading: "Non possiamo accettare questo reso",
        body: `Abbiamo esaminato la tua richiesta di reso per l’ordine {{ order.name }} e non possiamo accettarla.${REFUSAL.it}`,
        next: "Se non sei d’accordo o hai domande, rispondi a questa e-mail.",
        sms: "{{ shop.name }}: non possiamo accettare il reso richiesto per l'ordine {{ order.name }}. Dettagli: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "Sobre a sua solicitação de devolução do pedido {{ order.name }}",
        preheader: "Não podemos aceitar esta devolução.",
        heading: "Não podemos aceitar esta devolução",
        body: `Analisámos a sua solicitação de devolução do pedido {{ order.name }} e não a podemos aceitar.${REFUSAL.pt}`,
        next: "Se não concorda ou tem perguntas, responda a este e-mail.",
        sms: "{{ shop.name }}: lamentamos ter de recusar o retorno do pedido {{ order.name }}. Detalhes: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Over je retouraanvraag voor bestelling {{ order.name }}",
        preheader: "We kunnen deze retour niet aannemen.",
        heading: "We kunnen deze retour niet aannemen",
        body: `We hebben je retouraanvraag voor bestelling {{ order.name }} bekeken en kunnen hem niet aannemen.${REFUSAL.nl}`,
        next: "Ben je het er niet mee eens of heb je vragen? Beantwoord dan deze mail.",
        sms: "{{ shop.name }}: we kunnen de retour van bestelling {{ order.name }} niet aannemen. Meer hierover: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返品申請について",
        preheader: "今回の返品はお受けできません。",
        heading: "今回の返品はお受けできません",
        body: `ご注文 {{ order.name }} の返品申請を確認しましたが、お受けすることができません。${REFUSAL.ja}`,
        next: "ご不明な点がございましたら、このメールにご返信ください。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返品はお受けできません。詳細 {{ links.tracking }}",
      },
    },
  },
});
