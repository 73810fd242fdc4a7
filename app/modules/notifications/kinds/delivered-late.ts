import { defineKind } from "./define-kind.ts";
import { daysLate, deliveryScan } from "./delivery.ts";
import { parcelOf, scanTrigger } from "./scans.ts";

/** Handed over after the promised day. It takes the place of `delivered`: never both. */
export const deliveredLate = defineKind({
  key: "delivered_late",
  group: "problem",
  onByDefault: true,
  urgency: 2,
  shopifyMail: "delivered",
  triggersIn: ({ parcels }) =>
    parcels.flatMap((parcel) => {
      const scan = deliveryScan(parcel);
      const late = daysLate(parcel) ?? 0;
      if (!scan || late <= 0) return [];
      const trigger = scanTrigger(parcel, scan);
      const evidence = { ...trigger.evidence, promisedOn: parcel.forecast?.promisedOn ?? null, daysLate: late };
      return [{ ...trigger, evidence }];
    }),
  heldBackBy: (trigger, situation) => (parcelOf(trigger, situation)?.status === "delivered" ? null : "no_longer_true"),
  isStillTrue: ({ parcel }) => parcel?.status === "delivered",
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} has been delivered, later than planned",
        preheader: "We are sorry for the wait.",
        heading: "Delivered, and sorry for the wait",
        body: "{{ parcel.carrier }} reports that your parcel has been handed over. It came later than we told you, and we are sorry about that.",
        next: "If the delay caused you trouble, or something is not as it should be, reply to this mail. We will look for a solution.",
        sms: "{{ shop.name }}: your order {{ order.name }} has been delivered. We are sorry that it took longer than planned. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} wurde zugestellt, später als geplant",
        preheader: "Bitte entschuldigen Sie die Wartezeit.",
        heading: "Zugestellt – bitte entschuldigen Sie die Wartezeit",
        body: "Laut {{ parcel.carrier }} wurde Ihr Paket übergeben. Es kam später, als wir Ihnen gesagt hatten. Das tut uns leid.",
        next: "Hat Ihnen die Verspätung Schwierigkeiten gemacht, oder stimmt etwas nicht? Antworten Sie auf diese E-Mail, wir suchen eine Lösung.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} wurde zugestellt. Es tut uns leid, dass es länger gedauert hat als geplant. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} a été livrée, plus tard que prévu",
        preheader: "Veuillez nous excuser pour l’attente.",
        heading: "Livré, avec nos excuses pour l’attente",
        body: "{{ parcel.carrier }} indique que votre colis a été remis. Il est arrivé plus tard que nous l’avions annoncé et nous vous prions de nous en excuser.",
        next: "Ce retard vous a causé des difficultés, ou quelque chose ne va pas ? Répondez à cet e-mail, nous chercherons une solution.",
        sms: "{{ shop.name }} : votre commande {{ order.name }} est livrée, plus tard que prévu. Nous en sommes désolés. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} se ha entregado, más tarde de lo previsto",
        preheader: "Sentimos la espera.",
        heading: "Entregado: sentimos la espera",
        body: "{{ parcel.carrier }} indica que tu paquete se ha entregado. Ha llegado más tarde de lo que te dijimos y lo sentimos.",
        next: "Si el retraso te ha causado problemas o algo no está bien, responde a este correo. Buscaremos una solución.",
        sms: "{{ shop.name }}: tu pedido {{ order.name }} se ha entregado. Sentimos que haya tardado tanto. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} è stato consegnato, più tardi del previsto",
        preheader: "Ci scusiamo per l’attesa.",
        heading: "Consegnato, e ci scusiamo per l’attesa",
        body: "{{ parcel.carrier }} segnala che il pacco è stato consegnato. È arrivato più tardi di quanto ti avevamo detto e ce ne scusiamo.",
        next: "Se il ritardo ti ha creato problemi, o se qualcosa non va, rispondi a questa e-mail. Cercheremo una soluzione.",
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è stato consegnato, più tardi del previsto. Ci scusiamo per l'attesa. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} foi entregue, mais tarde do que o previsto",
        preheader: "Lamentamos a espera.",
        heading: "Entregue: lamentamos a espera",
        body: "{{ parcel.carrier }} indica que a encomenda foi entregue. Chegou mais tarde do que lhe dissemos e lamentamos.",
        next: "Se o atraso lhe causou problemas, ou se algo não está bem, responda a este e-mail. Procuraremos uma solução.",
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} foi entregue, mais tarde do que o previsto. Lamentamos a espera. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} is bezorgd, later dan gepland",
        preheader: "Sorry dat je moest wachten.",
        heading: "Bezorgd, en sorry voor het wachten",
        body: "Volgens {{ parcel.carrier }} is je pakket afgeleverd. Het kwam later dan we je hadden gezegd en dat spijt ons.",
        next: "Had je last van de vertraging of klopt er iets niet? Beantwoord deze mail, dan zoeken we een oplossing.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} is bezorgd. Sorry dat het langer duurde dan gepland. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} が配達されました（予定より遅くなりました）",
        preheader: "お待たせして申し訳ございません。",
        heading: "配達完了 — お待たせして申し訳ございません",
        body: "{{ parcel.carrier }}より、荷物をお渡ししたとの連絡がありました。ご案内した日より遅くなりましたことをお詫びいたします。",
        next: "遅れによるご不便や、商品にお気づきの点がございましたら、このメールにご返信ください。対応をご案内します。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} が配達されました。予定より遅くなり申し訳ございません。{{ links.tracking }}",
      },
    },
  },
});
