import { defineReturnKind } from "./define-return-kind.ts";
import { AMOUNT, NOTE } from "./return-phrases.ts";

/** The items have been looked at; what did not match stands in it. */
export const returnInspected = defineReturnKind({
  key: "return_inspected",
  urgency: 3,
  texts: {
    en: {
      main: {
        subject: "We have checked your return for order {{ order.name }}",
        preheader: "The result.",
        heading: "We have checked your return",
        body: `We have checked the items of your return for order {{ order.name }}.${NOTE}${AMOUNT.en}`,
        next: "If something here does not look right to you, reply to this mail.",
        sms: "{{ shop.name }}: we have checked your return for order {{ order.name }}. The result: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Rücksendung zur Bestellung {{ order.name }} ist geprüft",
        preheader: "Das Ergebnis.",
        heading: "Ihre Rücksendung ist geprüft",
        body: `Wir haben die Artikel Ihrer Rücksendung zur Bestellung {{ order.name }} geprüft.${NOTE}${AMOUNT.de}`,
        next: "Wenn hier etwas nicht stimmt, antworten Sie auf diese E-Mail.",
        sms: "{{ shop.name }}: Ihre Rücksendung zur Bestellung {{ order.name }} ist geprüft. Das Ergebnis: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Nous avons contrôlé votre retour pour la commande {{ order.name }}",
        preheader: "Le résultat.",
        heading: "Votre retour est contrôlé",
        body: `Nous avons contrôlé les articles de votre retour pour la commande {{ order.name }}.${NOTE}${AMOUNT.fr}`,
        next: "Si quelque chose ne vous semble pas juste, répondez à cet e-mail.",
        sms: "{{ shop.name }} : le retour de la commande {{ order.name }} est vérifié. Le résultat : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Hemos revisado tu devolución del pedido {{ order.name }}",
        preheader: "El resultado.",
        heading: "Hemos revisado tu devolución",
        body: `Hemos revisado los artículos de tu devolución del pedido {{ order.name }}.${NOTE}${AMOUNT.es}`,
        next: "Si algo no te parece correcto, responde a este correo.",
        sms: "{{ shop.name }}: hemos revisado lo que devolviste del pedido {{ order.name }}. El resultado: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Abbiamo controllato il reso dell’ordine {{ order.name }}",
        preheader: "Il risultato.",
        heading: "Abbiamo controllato il tuo reso",
        body: `Abbiamo controllato gli articoli del reso dell’ordine {{ order.name }}.${NOTE}${AMOUNT.it}`,
        next: "Se qualcosa non ti sembra corretto, rispondi a questa e-mail.",
        sms: "{{ shop.name }}: abbiamo controllato il reso dell'ordine {{ order.name }}. Il risultato: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "Verificámos a devolução do pedido {{ order.name }}",
        preheader: "{{ order.name }} resultado.",
        heading: "Verificámos a sua devolução",
        body: `Verificámos os artigos da devolução do pedido {{ order.name }}.${NOTE}${AMOUNT.pt}`,
        next: "Se algo não lhe parecer correto, responda a este e-mail.",
        sms: "{{ shop.name }}: os artigos que devolveu do pedido {{ order.name }} foram verificados. {{ order.name }} resultado: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "We hebben je retour van bestelling {{ order.name }} gecontroleerd",
        preheader: "Het resultaat.",
        heading: "We hebben je retour gecontroleerd",
        body: `We hebben de artikelen van je retour van bestelling {{ order.name }} gecontroleerd.${NOTE}${AMOUNT.nl}`,
        next: "Klopt er volgens jou iets niet? Beantwoord dan deze mail.",
        sms: "{{ shop.name }}: we hebben je retour van bestelling {{ order.name }} gecontroleerd. Het resultaat: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返品の確認が完了しました",
        preheader: "確認結果のお知らせです。",
        heading: "返品の確認が完了しました",
        body: `ご注文 {{ order.name }} の返品について、商品の確認が完了しました。${NOTE}${AMOUNT.ja}`,
        next: "内容に誤りがある場合は、このメールにご返信ください。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返品の確認が完了しました。結果 {{ links.tracking }}",
      },
    },
  },
});
