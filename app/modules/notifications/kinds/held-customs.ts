import { defineKind } from "./define-kind.ts";
import { HEAR_AGAIN } from "./phrases.ts";
import { firstScans, parcelOf } from "./scans.ts";

const OVER = new Set([
  "out_for_delivery",
  "available_for_pickup",
  "delivered",
  "return_to_sender",
  "cancelled",
  "expired",
]);
const PASSED = new Set(["customs_cleared"]);

/** Customs hold it: papers or a payment may be missing. Which of the two, no carrier says in a way that can be trusted. */
export const heldCustoms = defineKind({
  key: "held_customs",
  group: "problem",
  urgency: 2,
  uselessAfterHours: 48,
  triggersIn: (situation) => firstScans(situation, ({ subStatus }) => subStatus === "customs_hold"),
  heldBackBy(trigger, situation) {
    const parcel = parcelOf(trigger, situation);
    return !parcel || OVER.has(parcel.status) || PASSED.has(parcel.subStatus ?? "") ? "no_longer_true" : null;
  },
  isStillTrue: ({ parcel }) => parcel !== null && !OVER.has(parcel.status) && !PASSED.has(parcel.subStatus ?? ""),
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} is being held by customs",
        preheader: "Why that happens, and what you can do.",
        heading: "Held by customs",
        body: "{{ parcel.carrier }} reports that customs are checking your parcel. That can take some days and often ends by itself.\n\nIf customs or the carrier ask you for papers, a number or a payment, please answer them soon: the parcel moves on only then. Ask us when you are not sure whether such a message is real.",
        next: HEAR_AGAIN.en,
        sms: "{{ shop.name }}: your order {{ order.name }} is being held by customs. What to do: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} liegt beim Zoll",
        preheader: "Warum das vorkommt und was Sie tun können.",
        heading: "Der Zoll prüft Ihr Paket",
        body: "{{ parcel.carrier }} meldet, dass der Zoll Ihr Paket prüft. Das kann einige Tage dauern und erledigt sich oft von selbst.\n\nWenn Zoll oder Paketdienst Sie um Unterlagen, eine Nummer oder eine Zahlung bitten, antworten Sie bitte bald: Erst dann geht es weiter. Fragen Sie uns, wenn Sie unsicher sind, ob eine solche Nachricht echt ist.",
        next: HEAR_AGAIN.de,
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} liegt beim Zoll. Was Sie tun können: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} est retenue en douane",
        preheader: "Pourquoi cela arrive et ce que vous pouvez faire.",
        heading: "Retenu en douane",
        body: "{{ parcel.carrier }} indique que la douane contrôle votre colis. Cela peut prendre quelques jours et se règle souvent tout seul.\n\nSi la douane ou le transporteur vous demande un document, un numéro ou un paiement, répondez vite : le colis ne repartira qu’ensuite. En cas de doute sur un tel message, demandez-nous.",
        next: HEAR_AGAIN.fr,
        sms: "{{ shop.name }} : votre commande {{ order.name }} est retenue en douane. Que faire : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} está retenido en la aduana",
        preheader: "Por qué ocurre y qué puedes hacer.",
        heading: "Retenido en la aduana",
        body: "{{ parcel.carrier }} indica que la aduana está revisando tu paquete. Puede tardar unos días y a menudo se resuelve solo.\n\nSi la aduana o el transportista te piden documentos, un número o un pago, contesta pronto: el paquete solo sigue después. Si dudas de que un mensaje así sea auténtico, pregúntanos.",
        next: HEAR_AGAIN.es,
        sms: "{{ shop.name }}: la aduana retiene tu pedido {{ order.name }}. Lo que puedes hacer: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} è fermo in dogana",
        preheader: "Perché succede e che cosa puoi fare.",
        heading: "Fermo in dogana",
        body: "{{ parcel.carrier }} segnala che la dogana sta controllando il tuo pacco. Può richiedere alcuni giorni e spesso si risolve da solo.\n\nSe la dogana o il corriere ti chiedono documenti, un numero o un pagamento, rispondi presto: il pacco riparte solo dopo. Se non sei sicuro che un messaggio del genere sia autentico, chiedi a noi.",
        next: HEAR_AGAIN.it,
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è fermo in dogana. Che cosa puoi fare: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} está retido na alfândega",
        preheader: "Porque acontece e o que pode fazer.",
        heading: "Retida na alfândega",
        body: "{{ parcel.carrier }} indica que a alfândega está a verificar a sua encomenda. Pode demorar alguns dias e muitas vezes resolve-se por si.\n\nSe a alfândega ou a transportadora lhe pedirem documentos, um número ou um pagamento, responda em breve: só depois a encomenda segue. Se tiver dúvidas de que uma mensagem dessas é verdadeira, pergunte-nos.",
        next: HEAR_AGAIN.pt,
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} ficou retido pelas autoridades aduaneiras. O que pode fazer: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} ligt bij de douane",
        preheader: "Waarom dat gebeurt en wat je kunt doen.",
        heading: "Vastgehouden door de douane",
        body: "{{ parcel.carrier }} meldt dat de douane je pakket controleert. Dat kan een paar dagen duren en gaat vaak vanzelf voorbij.\n\nVraagt de douane of de vervoerder je om papieren, een nummer of een betaling, reageer dan snel: pas daarna gaat het pakket verder. Twijfel je of zo’n bericht echt is, vraag het ons.",
        next: HEAR_AGAIN.nl,
        sms: "{{ shop.name }}: je bestelling {{ order.name }} ligt bij de douane. Wat je kunt doen: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} は税関で確認中です",
        preheader: "状況とお手続きのご案内です。",
        heading: "税関で確認中です",
        body: "{{ parcel.carrier }}より、税関が荷物を確認しているとの連絡がありました。数日かかることがありますが、多くはそのまま通過します。\n\n税関や配送会社から書類、番号、お支払いを求められた場合は、お早めにご対応ください。ご対応後に配送が再開されます。連絡が本物かどうかご不安なときは、当店にお尋ねください。",
        next: HEAR_AGAIN.ja,
        sms: "{{ shop.name }}：ご注文 {{ order.name }} は税関で確認中です。お手続き {{ links.tracking }}",
      },
    },
  },
});
