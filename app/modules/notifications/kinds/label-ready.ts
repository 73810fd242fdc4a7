import { defineReturnKind } from "./define-return-kind.ts";
import { LABEL_LINK, NOTE } from "./return-phrases.ts";

/** A label or a QR code waits for the shopper. */
export const labelReady = defineReturnKind({
  key: "label_ready",
  onByDefault: true,
  urgency: 1,
  texts: {
    en: {
      main: {
        subject: "The label for your return of order {{ order.name }} is ready",
        preheader: "Print it, or show the code at the drop-off point.",
        heading: "Your return label is ready",
        body: `You can send your return for order {{ order.name }} back with this label. If it is a QR code, show it at the drop-off point; there is nothing to print.${LABEL_LINK.en}${NOTE}`,
        next: "Keep the receipt when you hand the parcel over. The page below shows how the return goes on.",
        sms: "{{ shop.name }}: the label for your return of order {{ order.name }} is ready: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Das Etikett für Ihre Rücksendung zur Bestellung {{ order.name }} ist da",
        preheader: "Ausdrucken oder den Code am Annahmepunkt zeigen.",
        heading: "Ihr Rücksendeetikett ist da",
        body: `Mit diesem Etikett können Sie Ihre Rücksendung zur Bestellung {{ order.name }} aufgeben. Ist es ein QR-Code, zeigen Sie ihn am Annahmepunkt; zu drucken gibt es dann nichts.${LABEL_LINK.de}${NOTE}`,
        next: "Heben Sie den Einlieferungsbeleg auf. Wie es mit der Rücksendung weitergeht, zeigt die Seite unten.",
        sms: "{{ shop.name }}: Das Etikett für Ihre Rücksendung zur Bestellung {{ order.name }} ist da: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "L’étiquette pour le retour de la commande {{ order.name }} est prête",
        preheader: "À imprimer, ou le code à montrer au point de dépôt.",
        heading: "Votre étiquette de retour est prête",
        body: `Cette étiquette vous permet de renvoyer votre retour pour la commande {{ order.name }}. S’il s’agit d’un code QR, montrez-le au point de dépôt, il n’y a rien à imprimer.${LABEL_LINK.fr}${NOTE}`,
        next: "Gardez la preuve de dépôt. La page ci-dessous montre la suite de votre retour.",
        sms: "{{ shop.name }} : l'étiquette de retour pour la commande {{ order.name }} vous attend : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "La etiqueta para devolver tu pedido {{ order.name }} está lista",
        preheader: "Imprímela o muestra el código en el punto de entrega.",
        heading: "Tu etiqueta de devolución está lista",
        body: `Con esta etiqueta puedes enviar la devolución de tu pedido {{ order.name }}. Si es un código QR, muéstralo en el punto de entrega; no hace falta imprimir nada.${LABEL_LINK.es}${NOTE}`,
        next: "Guarda el justificante de entrega. En la página de abajo ves cómo sigue la devolución.",
        sms: "{{ shop.name }}: tienes lista la etiqueta para devolver tu pedido {{ order.name }}: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "L’etichetta per il reso dell’ordine {{ order.name }} è pronta",
        preheader: "Stampala o mostra il codice al punto di consegna.",
        heading: "La tua etichetta di reso è pronta",
        body: `Con questa etichetta puoi spedire il reso dell’ordine {{ order.name }}. Se è un codice QR, mostralo al punto di consegna: non c’è nulla da stampare.${LABEL_LINK.it}${NOTE}`,
        next: "Conserva la ricevuta della consegna. La pagina qui sotto mostra come procede il reso.",
        sms: "{{ shop.name }}: l'etichetta per il reso dell'ordine {{ order.name }} è pronta: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "A etiqueta para devolver o pedido {{ order.name }} está pronta",
        preheader: "Imprima-a ou mostre o código no ponto de entrega.",
        heading: "A sua etiqueta de devolução está pronta",
        body: `Com esta etiqueta pode enviar a devolução do pedido {{ order.name }}. Se for um código QR, mostre-o no ponto de entrega; não é preciso imprimir nada.${LABEL_LINK.pt}${NOTE}`,
        next: "Guarde o comprovativo de entrega. A página abaixo mostra como segue a devolução.",
        sms: "{{ shop.name }}: a etiqueta para devolver o pedido {{ order.name }} pode ser descarregada aqui: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Het label voor je retour van bestelling {{ order.name }} staat klaar",
        preheader: "Print het of laat de code zien bij het afgiftepunt.",
        heading: "Je retourlabel staat klaar",
        body: `Met dit label stuur je je retour van bestelling {{ order.name }} terug. Is het een QR-code, laat die dan zien bij het afgiftepunt; je hoeft niets te printen.${LABEL_LINK.nl}${NOTE}`,
        next: "Bewaar het bewijs van afgifte. Op de pagina hieronder zie je hoe het verdergaat met je retour.",
        sms: "{{ shop.name }}: het label voor je retour van bestelling {{ order.name }} staat klaar: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返送ラベルをご用意しました",
        preheader: "印刷するか、受付窓口でコードをご提示ください。",
        heading: "返送ラベルをご用意しました",
        body: `ご注文 {{ order.name }} の商品は、こちらのラベルでご返送いただけます。QRコードの場合は、受付窓口でご提示ください。印刷は不要です。${LABEL_LINK.ja}${NOTE}`,
        next: "差し出しの際の控えは保管をお願いいたします。返品の進み具合は下のページでご確認いただけます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返送ラベルです {{ links.tracking }}",
      },
    },
  },
});
