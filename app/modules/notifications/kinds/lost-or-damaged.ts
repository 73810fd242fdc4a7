import type { ParcelScan } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import { firstScans } from "./scans.ts";

const CONFIRMED = new Set(["lost", "damaged"]);

/**
 * The carrier has confirmed that it is lost or damaged. Claims that a merchant accepts come with the claims themselves;
 * until then only the carrier's word calls for it. Never withheld by digests, control groups or hours of mail.
 */
export const lostOrDamaged = defineKind({
  key: "lost_or_damaged",
  group: "problem",
  onByDefault: true,
  urgent: true,
  urgency: 0,
  exemptFrom: ["returned_to_sender", "replaced_by_newer"],
  triggersIn: (situation) => firstScans(situation, isConfirmed),
  isStillTrue: ({ parcel }) => parcel !== null && parcel.status !== "delivered" && parcel.status !== "out_for_delivery",
  texts: {
    en: {
      main: {
        subject:
          "About your order {{ order.name }}: {% if parcel.sub_status == 'damaged' %}damaged on the way{% else %}lost on the way{% endif %}",
        preheader: "We are sorry, and we will put it right.",
        heading:
          "{% if parcel.sub_status == 'damaged' %}Your parcel was damaged on the way{% else %}Your parcel was lost on the way{% endif %}",
        body: "We are sorry. {{ parcel.carrier }} has confirmed that your parcel {% if parcel.sub_status == 'damaged' %}was damaged on the way{% else %}is lost{% endif %}.\n\nYou do not bear this loss. Reply to this mail and tell us what you prefer, a replacement or your money back.",
        next: "A person from our team reads your answer and settles the rest with the carrier.",
        sms: "{{ shop.name }}: we are sorry, {{ parcel.carrier }} reports your order {{ order.name }} as {% if parcel.sub_status == 'damaged' %}damaged{% else %}lost{% endif %}. We will put it right: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject:
          "Zu Ihrer Bestellung {{ order.name }}: {% if parcel.sub_status == 'damaged' %}unterwegs beschädigt{% else %}unterwegs verloren gegangen{% endif %}",
        preheader: "Es tut uns leid. Wir bringen das in Ordnung.",
        heading:
          "{% if parcel.sub_status == 'damaged' %}Ihr Paket wurde unterwegs beschädigt{% else %}Ihr Paket ist unterwegs verloren gegangen{% endif %}",
        body: "Es tut uns leid. {{ parcel.carrier }} hat bestätigt, dass Ihr Paket {% if parcel.sub_status == 'damaged' %}unterwegs beschädigt wurde{% else %}verloren gegangen ist{% endif %}.\n\nSie tragen diesen Schaden nicht. Antworten Sie auf diese E-Mail und sagen Sie uns, was Ihnen lieber ist: Ersatz oder Ihr Geld zurück.",
        next: "Ein Mensch aus unserem Team liest Ihre Antwort und klärt alles Weitere mit dem Paketdienst.",
        sms: "{{ shop.name }}: Es tut uns leid, {{ parcel.carrier }} meldet Ihre Bestellung {{ order.name }} als {% if parcel.sub_status == 'damaged' %}beschädigt{% else %}verloren{% endif %}. Wir bringen das in Ordnung: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject:
          "Votre commande {{ order.name }} : {% if parcel.sub_status == 'damaged' %}colis endommagé{% else %}colis perdu{% endif %}",
        preheader: "Nous sommes désolés et nous allons trouver une solution.",
        heading:
          "{% if parcel.sub_status == 'damaged' %}Votre colis a été endommagé{% else %}Votre colis a été perdu{% endif %}",
        body: "Nous sommes désolés. {{ parcel.carrier }} a confirmé que votre colis a été {% if parcel.sub_status == 'damaged' %}endommagé pendant le transport{% else %}perdu{% endif %}.\n\nCe n’est pas à vous d’en supporter le coût. Répondez à cet e-mail et dites-nous ce que vous préférez : un nouvel envoi ou un remboursement.",
        next: "Une personne de notre équipe lira votre réponse et réglera le reste avec le transporteur.",
        sms: "{{ shop.name }} : {{ parcel.carrier }} signale votre commande {{ order.name }} comme {% if parcel.sub_status == 'damaged' %}endommagée{% else %}perdue{% endif %}. Nous en sommes désolés, voici la suite : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject:
          "Tu pedido {{ order.name }}: {% if parcel.sub_status == 'damaged' %}dañado en el transporte{% else %}perdido en el transporte{% endif %}",
        preheader: "Lo sentimos y lo vamos a resolver.",
        heading:
          "{% if parcel.sub_status == 'damaged' %}Tu paquete se ha dañado en el transporte{% else %}Tu paquete se ha perdido{% endif %}",
        body: "Lo sentimos. {{ parcel.carrier }} ha confirmado que tu paquete {% if parcel.sub_status == 'damaged' %}se ha dañado en el transporte{% else %}se ha perdido{% endif %}.\n\nEsta pérdida no la asumes tú. Responde a este correo y dinos qué prefieres: un nuevo envío o la devolución del dinero.",
        next: "Una persona de nuestro equipo leerá tu respuesta y resolverá lo demás con el transportista.",
        sms: "{{ shop.name }}: lo sentimos, {{ parcel.carrier }} informa de que tu pedido {{ order.name }} {% if parcel.sub_status == 'damaged' %}ha sufrido un golpe{% else %}se ha perdido{% endif %}. Lo resolvemos: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject:
          "Il tuo ordine {{ order.name }}: {% if parcel.sub_status == 'damaged' %}danneggiato durante il trasporto{% else %}smarrito durante il trasporto{% endif %}",
        preheader: "Ci scusiamo e rimedieremo.",
        heading:
          "{% if parcel.sub_status == 'damaged' %}Il tuo pacco è stato danneggiato{% else %}Il tuo pacco è andato smarrito{% endif %}",
        body: "Ci scusiamo. {{ parcel.carrier }} ha confermato che il tuo pacco {% if parcel.sub_status == 'damaged' %}è stato danneggiato durante il trasporto{% else %}è andato smarrito{% endif %}.\n\nIl danno non è a tuo carico. Rispondi a questa e-mail e dicci che cosa preferisci: un nuovo invio o il rimborso.",
        next: "Una persona del nostro team leggerà la tua risposta e risolverà il resto con il corriere.",
        sms: "{{ shop.name }}: ci scusiamo, {{ parcel.carrier }} segnala il tuo ordine {{ order.name }} come {% if parcel.sub_status == 'damaged' %}danneggiato{% else %}smarrito{% endif %}. Rimediamo noi: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject:
          "O seu pedido {{ order.name }}: {% if parcel.sub_status == 'damaged' %}danificado no transporte{% else %}perdido no transporte{% endif %}",
        preheader: "Lamentamos e vamos resolver.",
        heading:
          "{% if parcel.sub_status == 'damaged' %}A sua encomenda foi danificada no transporte{% else %}A sua encomenda perdeu-se{% endif %}",
        body: "Lamentamos. {{ parcel.carrier }} confirmou que a sua encomenda {% if parcel.sub_status == 'damaged' %}foi danificada no transporte{% else %}se perdeu{% endif %}.\n\nNão é a si que cabe suportar esta perda. Responda a este e-mail e diga-nos o que prefere: um novo envio ou o reembolso.",
        next: "Uma pessoa da nossa equipa lê a sua resposta e trata do resto com a transportadora.",
        sms: "{{ shop.name }}: lamentamos, {{ parcel.carrier }} indica que o seu pedido {{ order.name }} {% if parcel.sub_status == 'damaged' %}foi danificado{% else %}se perdeu{% endif %}. Vamos resolver: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject:
          "Over je bestelling {{ order.name }}: {% if parcel.sub_status == 'damaged' %}onderweg beschadigd{% else %}onderweg zoekgeraakt{% endif %}",
        preheader: "Het spijt ons en we lossen het op.",
        heading:
          "{% if parcel.sub_status == 'damaged' %}Je pakket is onderweg beschadigd{% else %}Je pakket is onderweg zoekgeraakt{% endif %}",
        body: "Het spijt ons. {{ parcel.carrier }} heeft bevestigd dat je pakket {% if parcel.sub_status == 'damaged' %}onderweg is beschadigd{% else %}zoek is{% endif %}.\n\nDe schade is niet voor jou. Beantwoord deze mail en laat weten wat je liever hebt: een nieuwe zending of je geld terug.",
        next: "Iemand van ons team leest je antwoord en regelt de rest met de vervoerder.",
        sms: "{{ shop.name }}: sorry, {{ parcel.carrier }} meldt je bestelling {{ order.name }} als {% if parcel.sub_status == 'damaged' %}beschadigd{% else %}zoekgeraakt{% endif %}. We lossen het op: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject:
          "ご注文 {{ order.name }}：{% if parcel.sub_status == 'damaged' %}輸送中の破損について{% else %}輸送中の紛失について{% endif %}",
        preheader: "申し訳ございません。責任をもって対応します。",
        heading:
          "{% if parcel.sub_status == 'damaged' %}輸送中に荷物が破損しました{% else %}輸送中に荷物が紛失しました{% endif %}",
        body: "申し訳ございません。{{ parcel.carrier }}より、荷物が{% if parcel.sub_status == 'damaged' %}輸送中に破損した{% else %}紛失した{% endif %}との連絡がありました。\n\nお客様にご負担いただくことはありません。商品の再送とご返金のどちらをご希望か、このメールへの返信でお知らせください。",
        next: "担当者がご返信を拝見し、配送会社との手続きを進めます。",
        sms: "{{ shop.name }}：申し訳ございません。ご注文 {{ order.name }} の荷物が{% if parcel.sub_status == 'damaged' %}破損{% else %}紛失{% endif %}しました。対応します {{ links.tracking }}",
      },
    },
  },
});

function isConfirmed({ status, subStatus }: ParcelScan): boolean {
  return status === "exception" && CONFIRMED.has(subStatus ?? "");
}
