import { defineReturnKind } from "./define-return-kind.ts";
import { NOTE } from "./return-phrases.ts";

/** The return is accepted; the label comes with a message of its own. */
export const returnApproved = defineReturnKind({
  key: "return_approved",
  onByDefault: true,
  urgency: 2,
  texts: {
    en: {
      main: {
        subject: "Your return for order {{ order.name }} has been approved",
        preheader: "What to do next.",
        heading: "Your return has been approved",
        body: `Your return for order {{ order.name }} has been approved. Please pack the items so that they arrive with us undamaged.${NOTE}`,
        next: "The page below shows how to send them back. If we provide a label, it comes in a separate message.",
        sms: "{{ shop.name }}: your return for order {{ order.name }} has been approved. How to send it back: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Rücksendung zur Bestellung {{ order.name }} wurde genehmigt",
        preheader: "So geht es weiter.",
        heading: "Ihre Rücksendung wurde genehmigt",
        body: `Ihre Rücksendung zur Bestellung {{ order.name }} wurde genehmigt. Bitte verpacken Sie die Artikel so, dass sie unbeschädigt bei uns ankommen.${NOTE}`,
        next: "Auf der Seite unten steht, wie Sie die Artikel zurücksenden. Stellen wir ein Etikett bereit, kommt es in einer eigenen Nachricht.",
        sms: "{{ shop.name }}: Ihre Rücksendung zur Bestellung {{ order.name }} wurde genehmigt. So geht es weiter: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre retour pour la commande {{ order.name }} est accepté",
        preheader: "La suite en quelques mots.",
        heading: "Votre retour est accepté",
        body: `Votre retour pour la commande {{ order.name }} est accepté. Merci d’emballer les articles de façon qu’ils nous parviennent en bon état.${NOTE}`,
        next: "La page ci-dessous explique comment les renvoyer. Si nous fournissons une étiquette, elle arrive dans un message séparé.",
        sms: "{{ shop.name }} : votre retour pour la commande {{ order.name }} est accepté. Comment le renvoyer : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu devolución del pedido {{ order.name }} está aprobada",
        preheader: "Los pasos siguientes.",
        heading: "Tu devolución está aprobada",
        body: `Tu devolución del pedido {{ order.name }} está aprobada. Embala bien los artículos para que nos lleguen sin daños.${NOTE}`,
        next: "En la página de abajo ves cómo enviarlos. Si te damos una etiqueta, llegará en otro mensaje.",
        sms: "{{ shop.name }}: ya puedes devolver el pedido {{ order.name }}. Pasos siguientes: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo reso per l’ordine {{ order.name }} è stato approvato",
        preheader: "Ecco come procedere.",
        heading: "Il tuo reso è stato approvato",
        body: `Il tuo reso per l’ordine {{ order.name }} è stato approvato. Imballa gli articoli in modo che ci arrivino integri.${NOTE}`,
        next: "La pagina qui sotto spiega come rispedirli. Se forniamo un’etichetta, arriva in un messaggio a parte.",
        sms: "{{ shop.name }}: il tuo reso per l'ordine {{ order.name }} è stato approvato. Come procedere: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "A devolução do seu pedido {{ order.name }} foi aprovada",
        preheader: "{{ order.name }} que fazer a seguir.",
        heading: "A sua devolução foi aprovada",
        body: `A devolução do seu pedido {{ order.name }} foi aprovada. Embale bem os artigos, para que cheguem até nós sem danos.${NOTE}`,
        next: "A página abaixo mostra como os enviar. Se fornecermos uma etiqueta, ela segue numa mensagem à parte.",
        sms: "{{ shop.name }}: pode devolver o pedido {{ order.name }}. Como enviar: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je retour voor bestelling {{ order.name }} is goedgekeurd",
        preheader: "Zo gaat het verder.",
        heading: "Je retour is goedgekeurd",
        body: `Je retour voor bestelling {{ order.name }} is goedgekeurd. Verpak de artikelen zo dat ze onbeschadigd bij ons aankomen.${NOTE}`,
        next: "Op de pagina hieronder lees je hoe je ze terugstuurt. Krijg je een label van ons, dan komt dat in een apart bericht.",
        sms: "{{ shop.name }}: je retour voor bestelling {{ order.name }} is goedgekeurd. Zo stuur je hem terug: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返品を承りました",
        preheader: "今後の流れをご案内します。",
        heading: "返品を承りました",
        body: `ご注文 {{ order.name }} の返品を承りました。商品が傷まないよう、梱包のうえご返送ください。${NOTE}`,
        next: "返送方法は下のページでご確認いただけます。返送ラベルをご用意する場合は、別のメッセージでお送りします。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返品を承りました。返送方法 {{ links.tracking }}",
      },
    },
  },
});
