import { defineReturnKind } from "./define-return-kind.ts";
import { AMOUNT, NOTE } from "./return-phrases.ts";

/** The money is on its way back to the payment method it came from. */
export const refundIssued = defineReturnKind({
  key: "refund_issued",
  onByDefault: true,
  urgency: 1,
  texts: {
    en: {
      main: {
        subject: "Your refund for order {{ order.name }} has been issued",
        preheader: "It goes to the payment method you paid with.",
        heading: "Your refund has been issued",
        body: `We have refunded your return for order {{ order.name }} to the payment method you paid with.${AMOUNT.en}${NOTE}`,
        next: "Depending on your bank, it can take several working days until you see it in your account.",
        sms: "{{ shop.name }}: your refund for order {{ order.name }} has been issued to the payment method you paid with. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Erstattung zur Bestellung {{ order.name }} ist veranlasst",
        preheader: "Sie geht an das Zahlungsmittel, mit dem Sie bezahlt haben.",
        heading: "Ihre Erstattung ist veranlasst",
        body: `Wir haben die Erstattung für Ihre Rücksendung zur Bestellung {{ order.name }} veranlasst. Sie geht an das Zahlungsmittel, mit dem Sie bezahlt haben.${AMOUNT.de}${NOTE}`,
        next: "Je nach Bank kann es einige Werktage dauern, bis Sie den Betrag auf Ihrem Konto sehen.",
        sms: "{{ shop.name }}: Ihre Erstattung zur Bestellung {{ order.name }} ist veranlasst. Sie geht an das Zahlungsmittel, mit dem Sie bezahlt haben. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre remboursement pour la commande {{ order.name }} est effectué",
        preheader: "Il est versé sur le moyen de paiement utilisé.",
        heading: "Votre remboursement est effectué",
        body: `Nous avons remboursé votre retour pour la commande {{ order.name }} sur le moyen de paiement que vous aviez utilisé.${AMOUNT.fr}${NOTE}`,
        next: "Selon votre banque, il peut s’écouler plusieurs jours ouvrés avant qu’il n’apparaisse sur votre compte.",
        sms: "{{ shop.name }} : votre remboursement pour la commande {{ order.name }} est effectué, sur le moyen de paiement utilisé. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Hemos emitido el reembolso de tu pedido {{ order.name }}",
        preheader: "Vuelve al medio de pago que usaste.",
        heading: "Reembolso emitido",
        body: `Hemos reembolsado tu devolución del pedido {{ order.name }} al medio de pago que usaste.${AMOUNT.es}${NOTE}`,
        next: "Según tu banco, puede tardar varios días laborables en verse en tu cuenta.",
        sms: "{{ shop.name }}: hemos emitido el reembolso de tu pedido {{ order.name }} al medio de pago que usaste. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il rimborso per l’ordine {{ order.name }} è stato emesso",
        preheader: "Torna sul metodo di pagamento che hai usato.",
        heading: "Il tuo rimborso è stato emesso",
        body: `Abbiamo rimborsato il reso dell’ordine {{ order.name }} sul metodo di pagamento che avevi usato.${AMOUNT.it}${NOTE}`,
        next: "A seconda della banca possono passare alcuni giorni lavorativi prima che tu lo veda sul conto.",
        sms: "{{ shop.name }}: il rimborso per l'ordine {{ order.name }} è stato emesso sul metodo di pagamento che avevi usato. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "{{ order.name }} reembolso do pedido {{ order.name }} foi emitido",
        preheader: "Volta ao meio de pagamento que usou.",
        heading: "{{ order.name }} seu reembolso foi emitido",
        body: `Reembolsámos a devolução do pedido {{ order.name }} para o meio de pagamento que usou.${AMOUNT.pt}${NOTE}`,
        next: "Consoante o banco, pode demorar alguns dias úteis até o ver na sua conta.",
        sms: "{{ shop.name }}: o reembolso do pedido {{ order.name }} foi emitido para o meio de pagamento que usou. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "De terugbetaling voor bestelling {{ order.name }} is gedaan",
        preheader: "Die gaat naar het betaalmiddel waarmee je hebt betaald.",
        heading: "Je terugbetaling is gedaan",
        body: `We hebben je retour van bestelling {{ order.name }} terugbetaald op het betaalmiddel waarmee je hebt betaald.${AMOUNT.nl}${NOTE}`,
        next: "Afhankelijk van je bank kan het enkele werkdagen duren voordat je het op je rekening ziet.",
        sms: "{{ shop.name }}: de terugbetaling voor bestelling {{ order.name }} is gedaan op het betaalmiddel waarmee je hebt betaald. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返金手続きが完了しました",
        preheader: "お支払い時と同じ方法へ返金します。",
        heading: "返金手続きが完了しました",
        body: `ご注文 {{ order.name }} の返品について、お支払い時と同じ方法への返金手続きが完了しました。${AMOUNT.ja}${NOTE}`,
        next: "金融機関によっては、口座への反映に数営業日かかる場合がございます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返金手続きが完了しました。{{ links.tracking }}",
      },
    },
  },
});
