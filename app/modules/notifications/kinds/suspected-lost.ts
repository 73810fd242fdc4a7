import type { ParcelSituation, Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import { hasEnded, troubleIn } from "./delivery.ts";
import type { Threshold, Trigger } from "./kind.ts";
import { andNext } from "./phrases.ts";
import { happenedAt, parcelOf, scansOf } from "./scans.ts";
import { hoursAfter, nextAmongParcels, thresholdHours } from "./thresholds.ts";

const KEY = "suspected_lost";
const THRESHOLD: Threshold = { unit: "days", usual: null, min: 3, max: 60 };
const ON_THE_WAY = new Set(["in_transit", "exception"]);

/**
 * Nothing was heard for so long that it may be lost: by what foresight has learnt of this lane, or, where the merchant
 * prefers a fixed number, so many days after the last scan once the promised day is over.
 */
export const suspectedLost = defineKind({
  key: KEY,
  group: "predicted",
  onByDefault: true,
  urgency: 3,
  uselessAfterHours: 48,
  threshold: THRESHOLD,
  triggersIn: (situation) =>
    situation.parcels.flatMap((parcel) => {
      const since = suspectedSince(parcel, situation);
      if (!since || since > situation.now) return [];
      const evidence = { since: since.toISOString(), statusThen: parcel.status };
      return [{ shipmentId: parcel.id, occurrence: "", happenedAt: since, evidence } satisfies Trigger];
    }),
  looksAgainAt: (situation) => nextAmongParcels(situation, suspectedSince),
  heldBackBy(trigger, situation) {
    const parcel = parcelOf(trigger, situation);
    return hasEnded(parcel) ? "no_longer_true" : null;
  },
  isStillTrue: ({ parcel, trigger }) =>
    parcel !== null && ON_THE_WAY.has(parcel.status) && !wasSeenSince(parcel, trigger.happenedAt),
  texts: {
    en: {
      main: {
        subject: "We are looking into your order {{ order.name }}",
        preheader: "There has been no news of your parcel for unusually long.",
        heading: "No news of your parcel for too long",
        body: "We are sorry: {{ parcel.carrier }} has not reported anything about your parcel for unusually long. It may still arrive, and it may have gone astray.{% if parcel.last_place != blank %}\n\nLast seen: {{ parcel.last_place }}.{% endif %}\n\nYou do not have to do anything: we are clarifying it with the carrier.",
        next: andNext(
          "You hear from us as soon as it moves again or the carrier confirms the loss. If you do not want to wait, reply to this mail.",
        ),
        sms: "{{ shop.name }}: no news of your order {{ order.name }} for unusually long. We are sorry and are looking into it. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Wir gehen Ihrer Bestellung {{ order.name }} nach",
        preheader: "Seit ungewöhnlich langer Zeit gibt es nichts Neues zu Ihrem Paket.",
        heading: "Zu lange keine Nachricht von Ihrem Paket",
        body: "Es tut uns leid: {{ parcel.carrier }} hat zu Ihrem Paket ungewöhnlich lange nichts mehr gemeldet. Es kann noch ankommen, es kann aber auch verloren gegangen sein.{% if parcel.last_place != blank %}\n\nZuletzt gesehen: {{ parcel.last_place }}.{% endif %}\n\nSie müssen nichts tun: Wir klären das mit dem Paketdienst.",
        next: andNext(
          "Sie hören von uns, sobald es sich wieder bewegt oder der Paketdienst den Verlust bestätigt. Wenn Sie nicht warten möchten, antworten Sie auf diese E-Mail.",
        ),
        sms: "{{ shop.name }}: Zu Ihrer Bestellung {{ order.name }} gibt es ungewöhnlich lange nichts Neues. Das tut uns leid, wir gehen dem nach. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Nous cherchons où se trouve votre commande {{ order.name }}",
        preheader: "Il n’y a plus de nouvelles de votre colis depuis trop longtemps.",
        heading: "Pas de nouvelles de votre colis depuis trop longtemps",
        body: "Nous sommes désolés : {{ parcel.carrier }} n’a rien signalé au sujet de votre colis depuis un temps inhabituel. Il peut encore arriver, mais il a peut-être été égaré.{% if parcel.last_place != blank %}\n\nVu pour la dernière fois : {{ parcel.last_place }}.{% endif %}\n\nVous n’avez rien à faire : nous réglons cela avec le transporteur.",
        next: andNext(
          "Nous vous écrirons dès qu’il avance de nouveau ou que le transporteur confirme la perte. Si vous ne voulez pas attendre, répondez à cet e-mail.",
        ),
        sms: "{{ shop.name }} : pas de nouvelles de votre commande {{ order.name }} depuis trop longtemps. Nous en sommes désolés et cherchons. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Estamos buscando tu pedido {{ order.name }}",
        preheader: "Hace demasiado tiempo que no hay noticias de tu paquete.",
        heading: "Demasiado tiempo sin noticias de tu paquete",
        body: "Lo sentimos: {{ parcel.carrier }} lleva más tiempo de lo normal sin informar sobre tu paquete. Todavía puede llegar, pero también puede haberse perdido.{% if parcel.last_place != blank %}\n\nVisto por última vez: {{ parcel.last_place }}.{% endif %}\n\nNo tienes que hacer nada: lo aclaramos con el transportista.",
        next: andNext(
          "Te escribiremos en cuanto se mueva de nuevo o el transportista confirme la pérdida. Si prefieres no esperar, responde a este correo.",
        ),
        sms: "{{ shop.name }}: llevamos demasiado tiempo sin noticias de tu pedido {{ order.name }}. Lo sentimos y lo estamos buscando. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Stiamo cercando il tuo ordine {{ order.name }}",
        preheader: "Da troppo tempo non ci sono notizie del tuo pacco.",
        heading: "Da troppo tempo nessuna notizia del tuo pacco",
        body: "Ci scusiamo: {{ parcel.carrier }} non segnala nulla sul tuo pacco da un tempo insolitamente lungo. Può ancora arrivare, ma può anche essere andato smarrito.{% if parcel.last_place != blank %}\n\nVisto l’ultima volta: {{ parcel.last_place }}.{% endif %}\n\nNon devi fare nulla: ce ne occupiamo noi con il corriere.",
        next: andNext(
          "Ti scriviamo non appena si muove di nuovo o il corriere conferma lo smarrimento. Se non vuoi aspettare, rispondi a questa e-mail.",
        ),
        sms: "{{ shop.name }}: da troppo tempo non ci sono notizie del tuo ordine {{ order.name }}. Ci scusiamo e lo stiamo cercando. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "Estamos a procurar o seu pedido {{ order.name }}",
        preheader: "Há demasiado tempo que não há notícias da sua encomenda.",
        heading: "Demasiado tempo sem notícias da sua encomenda",
        body: "Lamentamos: {{ parcel.carrier }} não comunica nada sobre a sua encomenda há mais tempo do que é normal. Ainda pode chegar, mas também pode ter-se extraviado.{% if parcel.last_place != blank %}\n\nVista pela última vez: {{ parcel.last_place }}.{% endif %}\n\nNão precisa de fazer nada: tratamos do assunto com a transportadora.",
        next: andNext(
          "Escrevemos assim que voltar a mover-se ou a transportadora confirmar a perda. Se não quiser esperar, responda a este e-mail.",
        ),
        sms: "{{ shop.name }}: sem novidades do seu pedido {{ order.name }} por demasiado tempo. Lamentamos e vamos averiguar. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "We zoeken uit waar je bestelling {{ order.name }} is",
        preheader: "Er is al ongewoon lang geen nieuws over je pakket.",
        heading: "Te lang geen nieuws over je pakket",
        body: "Het spijt ons: {{ parcel.carrier }} heeft al ongewoon lang niets over je pakket gemeld. Het kan nog aankomen, maar het kan ook zoek zijn.{% if parcel.last_place != blank %}\n\nLaatst gezien: {{ parcel.last_place }}.{% endif %}\n\nJe hoeft niets te doen: wij zoeken het met de vervoerder uit.",
        next: andNext(
          "Je hoort van ons zodra het weer beweegt of de vervoerder het verlies bevestigt. Wil je niet wachten, beantwoord dan deze mail.",
        ),
        sms: "{{ shop.name }}: al ongewoon lang geen nieuws over je bestelling {{ order.name }}. Sorry, we zoeken het uit. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の状況を調べています",
        preheader: "荷物の情報が通常より長く更新されていません。",
        heading: "荷物の情報が長い間更新されていません",
        body: "申し訳ございません。{{ parcel.carrier }}から、荷物の情報が通常より長い間届いておりません。このあと届く可能性もありますが、行方が分からなくなっているおそれもあります。{% if parcel.last_place != blank %}\n\n最後に確認された場所：{{ parcel.last_place }}{% endif %}\n\nお客様のお手続きは必要ありません。当店が配送会社に確認しています。",
        next: andNext(
          "動きがあったとき、または紛失が確認されたときに、改めてご連絡します。お急ぎの場合は、このメールにご返信ください。",
          "",
        ),
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の情報が長い間届いておりません。申し訳ございません、お調べしています。{{ links.tracking }}",
      },
    },
  },
});

function suspectedSince(parcel: ParcelSituation, situation: Situation): Date | null {
  const hours = thresholdHours(situation, { key: KEY, threshold: THRESHOLD });
  if (hours === null) return troubleIn(parcel, "suspected_lost")?.since ?? null;
  const last = scansOf(parcel, () => true).at(-1);
  if (!last || !ON_THE_WAY.has(parcel.status) || !troubleIn(parcel, "delayed")) return null;
  return hoursAfter(happenedAt(last), hours);
}

/** It moved again after it was suspected. */
function wasSeenSince(parcel: ParcelSituation, at: Date): boolean {
  return parcel.scans.some((scan) => happenedAt(scan) > at);
}
