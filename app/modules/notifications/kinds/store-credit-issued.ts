import { defineReturnKind } from "./define-return-kind.ts";
import { AMOUNT, NOTE } from "./return-phrases.ts";

/** The shopper chose store credit, and has it. */
export const storeCreditIssued = defineReturnKind({
  key: "store_credit_issued",
  urgency: 1,
  texts: {
    en: {
      main: {
        subject: "Store credit for your return of order {{ order.name }}",
        preheader: "It is in your customer account.",
        heading: "You have store credit",
        body: `We have credited your return for order {{ order.name }} to your customer account as store credit.${AMOUNT.en}${NOTE}`,
        next: "You can use it at checkout when you are signed in with this e-mail address.",
        sms: "{{ shop.name }}: the store credit for your return of order {{ order.name }} is in your customer account. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Guthaben für Ihre Rücksendung zur Bestellung {{ order.name }}",
        preheader: "Es liegt in Ihrem Kundenkonto.",
        heading: "Sie haben ein Guthaben",
        body: `Wir haben Ihre Rücksendung zur Bestellung {{ order.name }} Ihrem Kundenkonto als Guthaben gutgeschrieben.${AMOUNT.de}${NOTE}`,
        next: "Sie können es an der Kasse einlösen, wenn Sie mit dieser E-Mail-Adresse angemeldet sind.",
        sms: "{{ shop.name }}: Das Guthaben für Ihre Rücksendung zur Bestellung {{ order.name }} liegt in Ihrem Kundenkonto. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Un avoir pour votre retour de la commande {{ order.name }}",
        preheader: "Il se trouve dans votre compte client.",
        heading: "Vous avez un avoir",
        body: `Nous avons crédité votre retour de la commande {{ order.name }} sur votre compte client, sous forme d’avoir.${AMOUNT.fr}${NOTE}`,
        next: "Vous pouvez l’utiliser au moment du paiement en étant connecté avec cette adresse e-mail.",
        sms: "{{ shop.name }} : l'avoir pour le retour de la commande {{ order.name }} est sur votre compte client. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Saldo en la tienda por tu devolución del pedido {{ order.name }}",
        preheader: "Está en tu cuenta de cliente.",
        heading: "Tienes saldo en la tienda",
        body: `Hemos abonado tu devolución del pedido {{ order.name }} en tu cuenta de cliente como saldo en la tienda.${AMOUNT.es}${NOTE}`,
        next: "Puedes usarlo al pagar si has iniciado sesión con esta dirección de correo.",
        sms: "{{ shop.name }}: el saldo por lo que devolviste del pedido {{ order.name }} ya se encuentra en tu cuenta de cliente. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Credito per il reso dell’ordine {{ order.name }}",
        preheader: "È nel tuo account cliente.",
        heading: "Hai un credito nel negozio",
        body: `Abbiamo accreditato il reso dell’ordine {{ order.name }} sul tuo account cliente come credito del negozio.${AMOUNT.it}${NOTE}`,
        next: "Puoi usarlo al momento del pagamento, dopo l’accesso con questo indirizzo e-mail.",
        sms: "{{ shop.name }}: il credito per il reso dell'ordine {{ order.name }} è nel tuo account cliente. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "Crédito na loja pela devolução do pedido {{ order.name }}",
        preheader: "Está na sua conta de cliente.",
        heading: "Tem crédito na loja",
        body: `Creditámos a devolução do pedido {{ order.name }} na sua conta de cliente como crédito na loja.${AMOUNT.pt}${NOTE}`,
        next: "Pode usá-lo ao pagar, com a sessão iniciada com este endereço de e-mail.",
        sms: "{{ shop.name }}: o valor do que devolveu do pedido {{ order.name }} foi creditado na sua conta de cliente. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Winkeltegoed voor je retour van bestelling {{ order.name }}",
        preheader: "Het staat in je klantaccount.",
        heading: "Je hebt winkeltegoed",
        body: `We hebben je retour van bestelling {{ order.name }} als winkeltegoed op je klantaccount gezet.${AMOUNT.nl}${NOTE}`,
        next: "Je kunt het bij het afrekenen gebruiken als je met dit e-mailadres bent ingelogd.",
        sms: "{{ shop.name }}: het winkeltegoed voor je retour van bestelling {{ order.name }} staat in je klantaccount. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返品分のストアクレジットを付与しました",
        preheader: "お客様のアカウントでご利用いただけます。",
        heading: "ストアクレジットを付与しました",
        body: `ご注文 {{ order.name }} の返品分を、ストアクレジットとしてお客様のアカウントに付与しました。${AMOUNT.ja}${NOTE}`,
        next: "このメールアドレスでログインすると、お支払い時にご利用いただけます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返品分のストアクレジットを付与しました。{{ links.tracking }}",
      },
    },
  },
});
