import type { Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import type { Threshold } from "./kind.ts";
import { hoursAfter, nextOf, thresholdHours } from "./thresholds.ts";

const KEY = "fulfillment_delayed";
/** Below a day most orders of most shops would get this message. */
const THRESHOLD: Threshold = { unit: "hours", usual: null, min: 24, max: 720 };

/**
 * Nothing of the order has left in the time it usually takes: by the shop's own handling time in business days, or, where
 * the merchant prefers a fixed number, so many hours after the order. 72 to 96 hours are usual.
 */
export const fulfillmentDelayed = defineKind({
  key: KEY,
  group: "order",
  urgency: 5,
  uselessAfterHours: 24,
  threshold: THRESHOLD,
  triggersIn(situation) {
    const since = overdueSince(situation);
    if (!since || since > situation.now) return [];
    const evidence = { placedAt: situation.order.placedAt.toISOString(), since: since.toISOString() };
    return [{ shipmentId: null, occurrence: "", happenedAt: since, evidence }];
  },
  looksAgainAt: (situation) => nextOf(situation.now, [overdueSince(situation)]),
  isStillTrue: ({ order }) => order.cancelledAt === null && !order.completelyFulfilled,
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} takes a little longer to ship",
        preheader: "We are sorry for the wait.",
        heading: "Your order has not shipped yet",
        body: "We are sorry: your order {{ order.name }} is still being prepared, longer than usual. Nothing is lost, and you do not have to do anything.\n\nIf you need it by a certain day, or would rather cancel, reply to this mail.",
        next: "You hear from us as soon as it is on its way.",
        sms: "{{ shop.name }}: your order {{ order.name }} takes a little longer to ship. We are sorry for the wait. {{ order.order_status_url }}",
      },
    },
    de: {
      main: {
        subject: "Der Versand Ihrer Bestellung {{ order.name }} dauert etwas länger",
        preheader: "Bitte entschuldigen Sie die Wartezeit.",
        heading: "Ihre Bestellung ist noch nicht verschickt",
        body: "Es tut uns leid: Ihre Bestellung {{ order.name }} wird noch vorbereitet, länger als üblich. Es ist nichts verloren, und Sie müssen nichts tun.\n\nWenn Sie sie bis zu einem bestimmten Tag brauchen oder lieber stornieren möchten, antworten Sie auf diese E-Mail.",
        next: "Sie hören von uns, sobald sie unterwegs ist.",
        sms: "{{ shop.name }}: Der Versand Ihrer Bestellung {{ order.name }} dauert etwas länger. Bitte entschuldigen Sie die Wartezeit. {{ order.order_status_url }}",
      },
    },
    fr: {
      main: {
        subject: "L’expédition de votre commande {{ order.name }} prend un peu plus de temps",
        preheader: "Veuillez nous excuser pour l’attente.",
        heading: "Votre commande n’est pas encore partie",
        body: "Nous sommes désolés : la préparation de votre commande {{ order.name }} prend plus de temps que d’habitude. Rien n’est perdu et vous n’avez rien à faire.\n\nS’il vous la faut pour une date précise, ou si vous préférez annuler, répondez à cet e-mail.",
        next: "Nous vous écrirons dès qu’elle sera en route.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} sera expédiée un peu plus tard que prévu. Nous en sommes désolés. {{ order.order_status_url }}",
      },
    },
    es: {
      main: {
        subject: "El envío de tu pedido {{ order.name }} tarda un poco más",
        preheader: "Sentimos la espera.",
        heading: "Tu pedido aún no ha salido",
        body: "Lo sentimos: tu pedido {{ order.name }} sigue en preparación, más tiempo de lo normal. No se ha perdido nada y no tienes que hacer nada.\n\nSi lo necesitas para un día concreto o prefieres cancelarlo, responde a este correo.",
        next: "Te escribiremos en cuanto esté en camino.",
        sms: "{{ shop.name }}: tu pedido {{ order.name }} tarda un poco en salir. Sentimos la espera. {{ order.order_status_url }}",
      },
    },
    it: {
      main: {
        subject: "La spedizione del tuo ordine {{ order.name }} richiede un po’ di più",
        preheader: "Ci scusiamo per l’attesa.",
        heading: "Il tuo ordine non è ancora partito",
        body: "Ci scusiamo: il tuo ordine {{ order.name }} è ancora in preparazione, più a lungo del solito. Non si è perso nulla e non devi fare niente.\n\nSe ti serve entro un certo giorno, o preferisci annullarlo, rispondi a questa e-mail.",
        next: "Ti scriviamo non appena è in viaggio.",
        sms: "{{ shop.name }}: la spedizione del tuo ordine {{ order.name }} richiede un po' di più. Ci scusiamo per l'attesa. {{ order.order_status_url }}",
      },
    },
    pt: {
      main: {
        subject: "O envio do seu pedido {{ order.name }} demora um pouco mais",
        preheader: "Lamentamos a espera.",
        heading: "O seu pedido ainda não saiu",
        body: "Lamentamos: o seu pedido {{ order.name }} continua em preparação, mais tempo do que é habitual. Nada se perdeu e não precisa de fazer nada.\n\nSe precisar dele até um dia certo, ou preferir cancelar, responda a este e-mail.",
        next: "Escrevemos assim que estiver a caminho.",
        sms: "{{ shop.name }}: o envio do seu pedido {{ order.name }} demora um pouco mais. Lamentamos a espera. {{ order.order_status_url }}",
      },
    },
    nl: {
      main: {
        subject: "Het versturen van je bestelling {{ order.name }} duurt wat langer",
        preheader: "Sorry voor het wachten.",
        heading: "Je bestelling is nog niet verstuurd",
        body: "Het spijt ons: je bestelling {{ order.name }} wordt nog klaargemaakt, langer dan normaal. Er is niets zoek en je hoeft niets te doen.\n\nHeb je het op een bepaalde dag nodig of wil je liever annuleren? Beantwoord dan deze mail.",
        next: "Je hoort van ons zodra het onderweg is.",
        sms: "{{ shop.name }}: het versturen van je bestelling {{ order.name }} duurt wat langer. Sorry voor het wachten. {{ order.order_status_url }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の発送に通常よりお時間をいただいています",
        preheader: "お待たせして申し訳ございません。",
        heading: "発送までもう少しお時間をください",
        body: "申し訳ございません。ご注文 {{ order.name }} の発送準備に、通常よりお時間をいただいています。お客様のお手続きは必要ありません。\n\nお届けの期日がおありの場合や、キャンセルをご希望の場合は、このメールにご返信ください。",
        next: "発送しましたら、改めてご連絡します。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の発送に通常よりお時間をいただいています。申し訳ございません。{{ order.order_status_url }}",
      },
    },
  },
});

/** Since when it is late, or from when it would be; null while something has left, or nothing has to. */
function overdueSince(situation: Situation): Date | null {
  const { order, parcels } = situation;
  if (order.cancelledAt !== null || order.completelyFulfilled || parcels.length > 0) return null;
  const hours = thresholdHours(situation, { key: KEY, threshold: THRESHOLD });
  return hours === null ? order.unfulfilledSince : hoursAfter(order.placedAt, hours);
}
