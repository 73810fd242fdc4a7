import { defineKind } from "./define-kind.ts";
import { firstScans } from "./scans.ts";

/** On its way back to the merchant. Nothing else is told about the parcel from then on. */
export const returnedToSender = defineKind({
  key: "returned_to_sender",
  group: "returns",
  onByDefault: true,
  urgency: 1,
  exemptFrom: ["returned_to_sender", "replaced_by_newer"],
  triggersIn: (situation) => firstScans(situation, ({ status }) => status === "return_to_sender"),
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} is on its way back to us",
        preheader: "What that means, and what you can do.",
        heading: "Your parcel is coming back to us",
        body: "We are sorry: {{ parcel.carrier }} could not hand over your parcel and is returning it to us.{% if parcel.reason != blank %}\n\nReason: {{ parcel.reason }}{% endif %}\n\nReply to this mail and tell us what you prefer: that we send it again, to the same or another address, or your money back.",
        next: "A person from our team reads your answer and takes care of the rest.",
        sms: "{{ shop.name }}: your order {{ order.name }} could not be handed over and is coming back to us. What you can do: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} ist auf dem Rückweg zu uns",
        preheader: "Was das bedeutet und was Sie tun können.",
        heading: "Ihr Paket kommt zu uns zurück",
        body: "Es tut uns leid: {{ parcel.carrier }} konnte Ihr Paket nicht übergeben und schickt es an uns zurück.{% if parcel.reason != blank %}\n\nGrund: {{ parcel.reason }}{% endif %}\n\nAntworten Sie auf diese E-Mail und sagen Sie uns, was Ihnen lieber ist: ein neuer Versand, an dieselbe oder eine andere Adresse, oder Ihr Geld zurück.",
        next: "Ein Mensch aus unserem Team liest Ihre Antwort und kümmert sich um alles Weitere.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} konnte nicht übergeben werden und kommt zu uns zurück. Was Sie tun können: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} revient vers nous",
        preheader: "Ce que cela signifie et ce que vous pouvez faire.",
        heading: "Votre colis revient vers nous",
        body: "Nous sommes désolés : {{ parcel.carrier }} n’a pas pu vous remettre votre colis et nous le renvoie.{% if parcel.reason != blank %}\n\nRaison : {{ parcel.reason }}{% endif %}\n\nRépondez à cet e-mail et dites-nous ce que vous préférez : un nouvel envoi, à la même adresse ou à une autre, ou un remboursement.",
        next: "Une personne de notre équipe lira votre réponse et s’occupera de la suite.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} n'a pu vous parvenir et nous revient. Que faire : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} vuelve a nosotros",
        preheader: "Qué significa y qué puedes hacer.",
        heading: "Tu paquete vuelve a nosotros",
        body: "Lo sentimos: {{ parcel.carrier }} no ha podido entregarte el paquete y nos lo devuelve.{% if parcel.reason != blank %}\n\nMotivo: {{ parcel.reason }}{% endif %}\n\nResponde a este correo y dinos qué prefieres: que lo enviemos otra vez, a la misma dirección o a otra, o la devolución del dinero.",
        next: "Una persona de nuestro equipo leerá tu respuesta y se ocupará de lo demás.",
        sms: "{{ shop.name }}: tu pedido {{ order.name }} no se ha podido entregar y vuelve a nosotros. Lo que puedes hacer: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} sta tornando da noi",
        preheader: "Che cosa significa e che cosa puoi fare.",
        heading: "Il tuo pacco sta tornando da noi",
        body: "Ci scusiamo: {{ parcel.carrier }} non ha potuto consegnarti il pacco e ce lo sta rimandando.{% if parcel.reason != blank %}\n\nMotivo: {{ parcel.reason }}{% endif %}\n\nRispondi a questa e-mail e dicci che cosa preferisci: un nuovo invio, allo stesso indirizzo o a un altro, oppure il rimborso.",
        next: "Una persona del nostro team leggerà la tua risposta e si occuperà del resto.",
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} non è stato consegnato e sta tornando da noi. Che cosa puoi fare: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} está a voltar para nós",
        preheader: "O que significa e o que pode fazer.",
        heading: "A sua encomenda está a voltar para nós",
        body: "Lamentamos: {{ parcel.carrier }} não conseguiu entregar a encomenda e está a devolvê-la.{% if parcel.reason != blank %}\n\nMotivo: {{ parcel.reason }}{% endif %}\n\nResponda a este e-mail e diga-nos o que prefere: um novo envio, para a mesma morada ou para outra, ou o reembolso.",
        next: "Uma pessoa da nossa equipa lê a sua resposta e trata do resto.",
        sms: "{{ shop.name }}: a entrega do seu pedido {{ order.name }} falhou e a encomenda volta à loja. O que pode fazer: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} komt naar ons terug",
        preheader: "Wat dat betekent en wat je kunt doen.",
        heading: "Je pakket komt naar ons terug",
        body: "Het spijt ons: {{ parcel.carrier }} kon je pakket niet afgeven en stuurt het naar ons terug.{% if parcel.reason != blank %}\n\nReden: {{ parcel.reason }}{% endif %}\n\nBeantwoord deze mail en laat weten wat je liever hebt: dat we het opnieuw sturen, naar hetzelfde of een ander adres, of je geld terug.",
        next: "Iemand van ons team leest je antwoord en regelt de rest.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} kon niet worden afgegeven en komt naar ons terug. Wat je kunt doen: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の荷物が当店に返送されています",
        preheader: "状況とお手続きのご案内です。",
        heading: "荷物が当店に返送されています",
        body: "申し訳ございません。{{ parcel.carrier }}が荷物をお渡しできず、当店へ返送しています。{% if parcel.reason != blank %}\n\n理由：{{ parcel.reason }}{% endif %}\n\n再送（同じご住所または別のご住所）とご返金のどちらをご希望か、このメールへの返信でお知らせください。",
        next: "担当者がご返信を拝見し、その後の手続きを進めます。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} をお渡しできず、当店に返送されています。お手続き {{ links.tracking }}",
      },
    },
  },
});
