import { defineReturnKind } from "./define-return-kind.ts";
import { NOTE } from "./return-phrases.ts";

/** What the shopper chose instead has left. */
export const exchangeShipped = defineReturnKind({
  key: "exchange_shipped",
  urgency: 2,
  texts: {
    en: {
      main: {
        subject: "The exchange for your order {{ order.name }} is on its way",
        preheader: "Your replacement has left.",
        heading: "Your exchange is on its way",
        body: `The items you chose in exchange in your order {{ order.name }} are on their way to you.${NOTE}`,
        next: "The page below shows where they are.",
        sms: "{{ shop.name }}: the exchange for your order {{ order.name }} is on its way. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Der Umtausch zu Ihrer Bestellung {{ order.name }} ist unterwegs",
        preheader: "Der Ersatz ist verschickt.",
        heading: "Ihr Umtausch ist unterwegs",
        body: `Die Artikel, die Sie im Umtausch zu Ihrer Bestellung {{ order.name }} gewählt haben, sind unterwegs zu Ihnen.${NOTE}`,
        next: "Wo sie gerade sind, zeigt die Seite unten.",
        sms: "{{ shop.name }}: Der Umtausch zu Ihrer Bestellung {{ order.name }} ist unterwegs. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "L’échange de votre commande {{ order.name }} est en route",
        preheader: "Les nouveaux articles sont partis.",
        heading: "Votre échange est en route",
        body: `Les articles que vous avez choisis en échange pour votre commande {{ order.name }} sont en route.${NOTE}`,
        next: "La page ci-dessous montre où ils se trouvent.",
        sms: "{{ shop.name }} : l'échange de votre commande {{ order.name }} est en route. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "El cambio de tu pedido {{ order.name }} está en camino",
        preheader: "Los nuevos artículos han salido.",
        heading: "Tu cambio está en camino",
        body: `Los artículos que elegiste a cambio en tu pedido {{ order.name }} están en camino.${NOTE}`,
        next: "En la página de abajo ves dónde están.",
        sms: "{{ shop.name }}: el cambio de tu pedido {{ order.name }} va en camino. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il cambio del tuo ordine {{ order.name }} è in viaggio",
        preheader: "I nuovi articoli sono partiti.",
        heading: "Il tuo cambio è in viaggio",
        body: `Gli articoli che hai scelto in cambio per il tuo ordine {{ order.name }} sono in viaggio.${NOTE}`,
        next: "La pagina qui sotto mostra dove si trovano.",
        sms: "{{ shop.name }}: il cambio del tuo ordine {{ order.name }} è in viaggio. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "A troca do seu pedido {{ order.name }} vai a caminho",
        preheader: "Os novos artigos já seguiram.",
        heading: "A sua troca vai a caminho",
        body: `Os artigos que escolheu em troca no seu pedido {{ order.name }} vão a caminho.${NOTE}`,
        next: "A página abaixo mostra onde estão.",
        sms: "{{ shop.name }}: a troca do seu pedido {{ order.name }} vai a caminho. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "De ruil van je bestelling {{ order.name }} is onderweg",
        preheader: "De nieuwe artikelen zijn verstuurd.",
        heading: "Je ruil is onderweg",
        body: `De artikelen die je in ruil hebt gekozen bij bestelling {{ order.name }} zijn naar je onderweg.${NOTE}`,
        next: "Op de pagina hieronder zie je waar ze zijn.",
        sms: "{{ shop.name }}: de ruil van je bestelling {{ order.name }} is onderweg. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の交換品を発送しました",
        preheader: "交換品のお届けをお待ちください。",
        heading: "交換品を発送しました",
        body: `ご注文 {{ order.name }} について、お選びいただいた交換品を発送しました。${NOTE}`,
        next: "現在の配送状況は下のページでご確認いただけます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の交換品を発送しました。{{ links.tracking }}",
      },
    },
  },
});
