import { defineReturnKind } from "./define-return-kind.ts";
import { LABEL_LINK } from "./return-phrases.ts";

/** The label lies unused and will be voided one day. */
export const shipBackReminder = defineReturnKind({
  key: "ship_back_reminder",
  urgency: 4,
  texts: {
    en: {
      main: {
        subject: "Your return for order {{ order.name }} has not been sent yet",
        preheader: "The label is still waiting for you.",
        heading: "Do you still want to send your return?",
        body: `We have not seen your return parcel for order {{ order.name }} on its way yet. If you handed it over in the last few days, there is nothing left to do.${LABEL_LINK.en}`,
        next: "A label that stays unused expires. If you want to keep the items, reply to this mail.",
        sms: "{{ shop.name }}: your return for order {{ order.name }} has not been sent yet. The label is here: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Rücksendung zur Bestellung {{ order.name }} ist noch nicht unterwegs",
        preheader: "Ihr Etikett wartet noch.",
        heading: "Möchten Sie Ihre Rücksendung noch aufgeben?",
        body: `Ihre Rücksendung zur Bestellung {{ order.name }} ist noch nicht unterwegs. Falls Sie sie in den letzten Tagen aufgegeben haben, ist nichts mehr zu tun.${LABEL_LINK.de}`,
        next: "Ein ungenutztes Etikett verfällt. Möchten Sie die Artikel behalten, antworten Sie auf diese E-Mail.",
        sms: "{{ shop.name }}: Ihre Rücksendung zur Bestellung {{ order.name }} ist noch nicht unterwegs. Zum Etikett: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre retour pour la commande {{ order.name }} n’est pas encore parti",
        preheader: "Votre étiquette est toujours disponible.",
        heading: "Souhaitez-vous toujours renvoyer vos articles ?",
        body: `Votre colis de retour pour la commande {{ order.name }} n’est pas encore en route. Si vous l’avez déposé ces derniers jours, vous n’avez plus rien à faire.${LABEL_LINK.fr}`,
        next: "Une étiquette qui n’est pas utilisée expire. Si vous souhaitez garder les articles, répondez à cet e-mail.",
        sms: "{{ shop.name }} : votre retour pour la commande {{ order.name }} n'est pas encore parti. L'étiquette est ici : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu devolución del pedido {{ order.name }} todavía no ha salido",
        preheader: "La etiqueta sigue disponible.",
        heading: "¿Sigues queriendo hacer la devolución?",
        body: `Tu devolución del pedido {{ order.name }} todavía no consta en camino. Si la entregaste en los últimos días, ya no tienes que hacer nada.${LABEL_LINK.es}`,
        next: "Una etiqueta sin usar caduca. Si quieres quedarte con los artículos, responde a este correo.",
        sms: "{{ shop.name }}: no nos consta que hayas enviado de vuelta el pedido {{ order.name }}. La etiqueta: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il reso dell’ordine {{ order.name }} non è ancora partito",
        preheader: "L’etichetta è ancora disponibile.",
        heading: "Vuoi ancora spedire il reso?",
        body: `Il pacco di reso dell’ordine {{ order.name }} non risulta ancora in viaggio. Se lo hai consegnato negli ultimi giorni, non devi fare altro.${LABEL_LINK.it}`,
        next: "Un’etichetta non usata scade. Se vuoi tenere gli articoli, rispondi a questa e-mail.",
        sms: "{{ shop.name }}: il reso dell'ordine {{ order.name }} non è ancora partito. L'etichetta è qui: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "A devolução do pedido {{ order.name }} ainda não foi enviada",
        preheader: "A etiqueta continua disponível.",
        heading: "Ainda quer enviar a devolução?",
        body: `A devolução do pedido {{ order.name }} ainda não consta como enviada. Se a entregou nos últimos dias, não precisa de fazer mais nada.${LABEL_LINK.pt}`,
        next: "Uma etiqueta por usar caduca. Se quiser ficar com os artigos, responda a este e-mail.",
        sms: "{{ shop.name }}: ainda falta enviar os artigos a devolver do pedido {{ order.name }}. A etiqueta: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je retour van bestelling {{ order.name }} is nog niet verstuurd",
        preheader: "Je label staat nog klaar.",
        heading: "Wil je je retour nog versturen?",
        body: `Je retourpakket van bestelling {{ order.name }} is nog niet onderweg. Heb je het de afgelopen dagen afgegeven, dan hoef je niets meer te doen.${LABEL_LINK.nl}`,
        next: "Een ongebruikt label verloopt. Wil je de artikelen houden? Beantwoord dan deze mail.",
        sms: "{{ shop.name }}: je retour van bestelling {{ order.name }} is nog niet verstuurd. Je label: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返送がまだ確認できておりません",
        preheader: "返送ラベルはまだご利用いただけます。",
        heading: "ご返送はお済みでしょうか",
        body: `ご注文 {{ order.name }} の返送品の発送がまだ確認できておりません。ここ数日のうちにお出しになった場合は、お手続きは不要です。${LABEL_LINK.ja}`,
        next: "使用されないラベルは期限切れとなります。商品をそのままお使いになる場合は、このメールにご返信ください。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返送がまだ確認できません。ラベル {{ links.tracking }}",
      },
    },
  },
});
