import type { Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import { deliveryScan } from "./delivery.ts";
import type { Threshold } from "./kind.ts";
import { happenedAt } from "./scans.ts";
import { hoursAfter, nextOf, thresholdHours } from "./thresholds.ts";

const KEY = "feedback_request";
const THRESHOLD: Threshold = { unit: "hours", usual: 48, min: 1, max: 1_440 };
const PROBLEMS = new Set(["return_to_sender", "lost", "damaged"]);

/**
 * How was it? Once per order, some time after its last parcel came. A question about satisfaction counts as advertising in
 * a part of the world, so that it needs that consent; and nobody is asked after a loss, damage or return.
 */
export const feedbackRequest = defineKind({
  key: KEY,
  group: "status",
  urgency: 8,
  marketing: true,
  threshold: THRESHOLD,
  triggersIn(situation) {
    const deliveredAt = completeSince(situation);
    const askAt = askingAt(situation);
    if (!deliveredAt || !askAt || askAt > situation.now) return [];
    const evidence = { deliveredAt: deliveredAt.toISOString(), askedFrom: askAt.toISOString() };
    return [{ shipmentId: null, occurrence: "", happenedAt: deliveredAt, agesFrom: askAt, evidence }];
  },
  looksAgainAt: (situation) => nextOf(situation.now, [askingAt(situation)]),
  heldBackBy: (_trigger, situation) => (hadProblem(situation) ? "problem_on_order" : null),
  texts: {
    en: {
      main: {
        subject: "How was the delivery of your order {{ order.name }}?",
        preheader: "One question, one minute.",
        heading: "How was the delivery?",
        body: "Your order has arrived. How content are you with the delivery, and with what we told you on the way?\n\nYour answer goes to our team and helps us choose carriers and packaging.",
        next: "",
        sms: "{{ shop.name }}: how was the delivery of your order {{ order.name }}? Tell us here: {{ links.feedback }}",
      },
    },
    de: {
      main: {
        subject: "Wie war die Lieferung Ihrer Bestellung {{ order.name }}?",
        preheader: "Eine Frage, eine Minute.",
        heading: "Wie war die Lieferung?",
        body: "Ihre Bestellung ist angekommen. Wie zufrieden sind Sie mit der Lieferung und mit dem, was Sie unterwegs von uns gehört haben?\n\nIhre Antwort geht an unser Team und hilft uns bei der Wahl von Paketdiensten und Verpackung.",
        next: "",
        sms: "{{ shop.name }}: Wie war die Lieferung Ihrer Bestellung {{ order.name }}? Sagen Sie es uns hier: {{ links.feedback }}",
      },
    },
    fr: {
      main: {
        subject: "Comment s’est passée la livraison de votre commande {{ order.name }} ?",
        preheader: "Une question, une minute.",
        heading: "Comment s’est passée la livraison ?",
        body: "Votre commande est arrivée. Êtes-vous satisfait de la livraison et de nos informations en cours de route ?\n\nVotre réponse est lue par notre équipe et nous aide à choisir transporteurs et emballages.",
        next: "",
        sms: "{{ shop.name }} : la livraison de votre commande {{ order.name }} vous a-t-elle convenu ? Votre avis : {{ links.feedback }}",
      },
    },
    es: {
      main: {
        subject: "¿Qué tal la entrega de tu pedido {{ order.name }}?",
        preheader: "Una pregunta, un minuto.",
        heading: "¿Qué tal la entrega?",
        body: "Tu pedido ha llegado. ¿Qué te ha parecido la entrega y la información que te dimos por el camino?\n\nTu respuesta la lee nuestro equipo y nos ayuda a elegir transportistas y embalajes.",
        next: "",
        sms: "{{ shop.name }}: ¿qué tal la entrega de tu pedido {{ order.name }}? Nos lo cuentas en: {{ links.feedback }}",
      },
    },
    it: {
      main: {
        subject: "Com’è andata la consegna del tuo ordine {{ order.name }}?",
        preheader: "Una domanda, un minuto.",
        heading: "Com’è andata la consegna?",
        body: "Il tuo ordine è arrivato. Come valuti la consegna e le informazioni che ti abbiamo dato lungo il percorso?\n\nLa tua risposta viene letta dal nostro team e ci aiuta a scegliere corrieri e imballaggi.",
        next: "",
        sms: "{{ shop.name }}: com'è andata la consegna del tuo ordine {{ order.name }}? Diccelo qui: {{ links.feedback }}",
      },
    },
    pt: {
      main: {
        subject: "Como correu a entrega do seu pedido {{ order.name }}?",
        preheader: "Uma pergunta, um minuto.",
        heading: "Como correu a entrega?",
        body: "O seu pedido chegou. Como avalia a entrega e a informação que lhe demos pelo caminho?\n\nA sua resposta é lida pela nossa equipa e ajuda-nos a escolher transportadoras e embalagens.",
        next: "",
        sms: "{{ shop.name }}: como correu a entrega do seu pedido {{ order.name }}? Diga-nos aqui: {{ links.feedback }}",
      },
    },
    nl: {
      main: {
        subject: "Hoe verliep de bezorging van je bestelling {{ order.name }}?",
        preheader: "Eén vraag, één minuut.",
        heading: "Hoe verliep de bezorging?",
        body: "Je bestelling is aangekomen. Hoe tevreden ben je over de bezorging en over wat we je onderweg hebben laten weten?\n\nJe antwoord wordt door ons team gelezen en helpt ons vervoerders en verpakkingen te kiezen.",
        next: "",
        sms: "{{ shop.name }}: hoe verliep de bezorging van je bestelling {{ order.name }}? Laat het hier weten: {{ links.feedback }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} のお届けはいかがでしたか",
        preheader: "1分で終わる簡単な質問です。",
        heading: "お届けはいかがでしたか",
        body: "ご注文の商品をお届けしました。配達と、途中でお送りしたご案内はいかがでしたでしょうか。\n\nいただいたご回答は担当者が拝見し、配送会社や梱包の見直しに役立てます。",
        next: "",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} のお届けはいかがでしたか。ご感想 {{ links.feedback }}",
      },
    },
  },
});

/** When the last parcel of a complete order came; null before. */
function completeSince({ order, parcels }: Situation): Date | null {
  const scans = parcels.filter(({ active }) => active).map(deliveryScan);
  if (!order.completelyFulfilled || scans.length === 0) return null;
  const times = scans.map((scan) => (scan ? happenedAt(scan).getTime() : Number.NaN));
  const last = Math.max(...times);
  return Number.isNaN(last) ? null : new Date(last);
}

function askingAt(situation: Situation): Date | null {
  const deliveredAt = completeSince(situation);
  const hours = thresholdHours(situation, { key: KEY, threshold: THRESHOLD });
  return deliveredAt && hours !== null ? hoursAfter(deliveredAt, hours) : null;
}

function hadProblem({ parcels }: Situation): boolean {
  return parcels.some(({ scans }) =>
    scans.some(({ status, subStatus }) => PROBLEMS.has(status) || PROBLEMS.has(subStatus ?? "")),
  );
}
