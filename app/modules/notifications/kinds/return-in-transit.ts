import { defineReturnKind } from "./define-return-kind.ts";

/** The carrier has the return parcel: its first scan, or the drop-off. */
export const returnInTransit = defineReturnKind({
  key: "return_in_transit",
  urgency: 4,
  texts: {
    en: {
      main: {
        subject: "Your return for order {{ order.name }} is on its way to us",
        preheader: "The carrier has your parcel.",
        heading: "Your return is on its way",
        body: "The carrier has taken over your return parcel for order {{ order.name }}. There is nothing left for you to do.",
        next: "When it arrives, we check the items. The page below shows where it is.",
        sms: "{{ shop.name }}: your return for order {{ order.name }} is on its way to us. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Rücksendung zur Bestellung {{ order.name }} ist unterwegs zu uns",
        preheader: "Der Paketdienst hat Ihr Paket.",
        heading: "Ihre Rücksendung ist unterwegs",
        body: "Der Paketdienst hat Ihre Rücksendung zur Bestellung {{ order.name }} übernommen. Für Sie ist nichts mehr zu tun.",
        next: "Sobald sie ankommt, prüfen wir die Artikel. Wo sie gerade ist, zeigt die Seite unten.",
        sms: "{{ shop.name }}: Ihre Rücksendung zur Bestellung {{ order.name }} ist unterwegs zu uns. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre retour pour la commande {{ order.name }} est en route",
        preheader: "Le transporteur a pris votre colis en charge.",
        heading: "Votre retour est en route",
        body: "Le transporteur a pris en charge votre colis de retour pour la commande {{ order.name }}. Vous n’avez plus rien à faire.",
        next: "À son arrivée, nous contrôlerons les articles. La page ci-dessous montre où il se trouve.",
        sms: "{{ shop.name }} : votre retour pour la commande {{ order.name }} est en route. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu devolución del pedido {{ order.name }} está en camino",
        preheader: "El transportista tiene tu paquete.",
        heading: "Tu devolución está en camino",
        body: "El transportista ya tiene tu devolución del pedido {{ order.name }}. No tienes que hacer nada más.",
        next: "Cuando llegue, revisaremos los artículos. En la página de abajo ves dónde está.",
        sms: "{{ shop.name }}: lo que devuelves del pedido {{ order.name }} viene en camino. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il reso dell’ordine {{ order.name }} è in viaggio verso di noi",
        preheader: "Il corriere ha il tuo pacco.",
        heading: "Il tuo reso è in viaggio",
        body: "Il corriere ha preso in carico il reso dell’ordine {{ order.name }}. Non devi fare altro.",
        next: "Quando arriva, controlliamo gli articoli. La pagina qui sotto mostra dove si trova.",
        sms: "{{ shop.name }}: il reso dell'ordine {{ order.name }} è in viaggio verso di noi. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "A devolução do pedido {{ order.name }} vem a caminho",
        preheader: "A transportadora já tem o seu volume.",
        heading: "A sua devolução vem a caminho",
        body: "A transportadora já tem a devolução do pedido {{ order.name }}. Não precisa de fazer mais nada.",
        next: "Quando chegar, verificamos os artigos. A página abaixo mostra onde está.",
        sms: "{{ shop.name }}: os artigos que devolve do pedido {{ order.name }} seguem para a nossa loja. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je retour van bestelling {{ order.name }} is onderweg naar ons",
        preheader: "De vervoerder heeft je pakket.",
        heading: "Je retour is onderweg",
        body: "De vervoerder heeft je retourpakket van bestelling {{ order.name }} overgenomen. Je hoeft niets meer te doen.",
        next: "Als het aankomt, controleren we de artikelen. Op de pagina hieronder zie je waar het is.",
        sms: "{{ shop.name }}: je retour van bestelling {{ order.name }} is onderweg naar ons. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返送品を配送業者が受け付けました",
        preheader: "商品は当店へ向かっております。",
        heading: "返送品が輸送中です",
        body: "ご注文 {{ order.name }} の返送品を配送業者が受け付けました。お客様のお手続きはこれで完了です。",
        next: "到着しだい商品を確認します。現在の状況は下のページでご覧いただけます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返送品を配送業者が受け付けました。{{ links.tracking }}",
      },
    },
  },
});
