import { defineReturnKind } from "./define-return-kind.ts";
import { AMOUNT, NOTE } from "./return-phrases.ts";

/** The return parcel has arrived; what the shopper gets for it follows. */
export const returnReceived = defineReturnKind({
  key: "return_received",
  onByDefault: true,
  urgency: 2,
  texts: {
    en: {
      main: {
        subject: "Your return for order {{ order.name }} has arrived",
        preheader: "We now check the items.",
        heading: "Your return has arrived",
        body: `Your return for order {{ order.name }} has arrived with us. We now check the items.${AMOUNT.en}${NOTE}`,
        next: "After the check you get what was agreed: the refund, the credit or the exchange.",
        sms: "{{ shop.name }}: your return for order {{ order.name }} has arrived. We now check the items. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Rücksendung zur Bestellung {{ order.name }} ist angekommen",
        preheader: "Wir prüfen jetzt die Artikel.",
        heading: "Ihre Rücksendung ist angekommen",
        body: `Ihre Rücksendung zur Bestellung {{ order.name }} ist bei uns angekommen. Wir prüfen jetzt die Artikel.${AMOUNT.de}${NOTE}`,
        next: "Nach der Prüfung erhalten Sie, was vereinbart ist: die Erstattung, das Guthaben oder den Umtausch.",
        sms: "{{ shop.name }}: Ihre Rücksendung zur Bestellung {{ order.name }} ist angekommen. Wir prüfen jetzt die Artikel. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre retour pour la commande {{ order.name }} est arrivé",
        preheader: "Nous contrôlons maintenant les articles.",
        heading: "Votre retour est arrivé",
        body: `Votre retour pour la commande {{ order.name }} nous est parvenu. Nous contrôlons maintenant les articles.${AMOUNT.fr}${NOTE}`,
        next: "Après le contrôle, vous recevrez ce qui a été convenu : le remboursement, l’avoir ou l’échange.",
        sms: "{{ shop.name }} : votre retour pour la commande {{ order.name }} est arrivé. Nous vérifions les articles. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu devolución del pedido {{ order.name }} ha llegado",
        preheader: "Ahora revisamos los artículos.",
        heading: "Tu devolución ha llegado",
        body: `Tu devolución del pedido {{ order.name }} nos ha llegado. Ahora revisamos los artículos.${AMOUNT.es}${NOTE}`,
        next: "Después de la revisión recibirás lo acordado: el reembolso, el saldo o el cambio.",
        sms: "{{ shop.name }}: nos ha llegado lo que devuelves del pedido {{ order.name }}. Ahora lo revisamos. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il reso dell’ordine {{ order.name }} è arrivato",
        preheader: "Ora controlliamo gli articoli.",
        heading: "Il tuo reso è arrivato",
        body: `Il reso dell’ordine {{ order.name }} è arrivato da noi. Ora controlliamo gli articoli.${AMOUNT.it}${NOTE}`,
        next: "Dopo il controllo riceverai quanto concordato: il rimborso, il credito o il cambio.",
        sms: "{{ shop.name }}: il reso dell'ordine {{ order.name }} è arrivato. Ora controlliamo gli articoli. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "A devolução do pedido {{ order.name }} chegou",
        preheader: "Vamos agora verificar os artigos.",
        heading: "A sua devolução chegou",
        body: `A devolução do pedido {{ order.name }} chegou até nós. Vamos agora verificar os artigos.${AMOUNT.pt}${NOTE}`,
        next: "Depois da verificação recebe o que foi combinado: o reembolso, o crédito ou a troca.",
        sms: "{{ shop.name }}: os artigos que devolve do pedido {{ order.name }} chegaram. Vamos agora verificar tudo. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je retour van bestelling {{ order.name }} is aangekomen",
        preheader: "We controleren nu de artikelen.",
        heading: "Je retour is aangekomen",
        body: `Je retour van bestelling {{ order.name }} is bij ons aangekomen. We controleren nu de artikelen.${AMOUNT.nl}${NOTE}`,
        next: "Na de controle krijg je wat is afgesproken: de terugbetaling, het tegoed of de ruil.",
        sms: "{{ shop.name }}: je retour van bestelling {{ order.name }} is aangekomen. We controleren nu de artikelen. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返品が到着しました",
        preheader: "商品の確認を始めます。",
        heading: "返品が到着しました",
        body: `ご注文 {{ order.name }} の返品が当店に到着しました。これより商品を確認いたします。${AMOUNT.ja}${NOTE}`,
        next: "確認が済みしだい、ご案内のとおり返金、ストアクレジットの付与または交換を行います。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返品が到着しました。商品を確認いたします。{{ links.tracking }}",
      },
    },
  },
});
