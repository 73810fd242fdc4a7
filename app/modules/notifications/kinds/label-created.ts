import { defineKind } from "./define-kind.ts";
import { FOLLOW } from "./phrases.ts";
import { firstScans } from "./scans.ts";

const BEFORE = new Set(["pre_transit", "unknown"]);

/** The carrier knows the parcel by its label and has not seen it. Chatty, so that nobody gets it unasked. */
export const labelCreated = defineKind({
  key: "label_created",
  group: "status",
  urgency: 6,
  uselessAfterHours: 48,
  triggersIn: (situation) => firstScans(situation, ({ status }) => status === "pre_transit"),
  heldBackBy: (trigger, { parcels }) =>
    parcels.some(({ id, status }) => id === trigger.shipmentId && BEFORE.has(status)) ? null : "replaced_by_newer",
  isStillTrue: ({ parcel }) => parcel !== null && BEFORE.has(parcel.status),
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} is packed",
        preheader: "It goes to {{ parcel.carrier }} next.",
        heading: "Your parcel is packed",
        body: "We have packed your parcel and announced it to {{ parcel.carrier }}. Movements show once the carrier has scanned it, often within a working day.",
        next: FOLLOW.en,
        sms: "{{ shop.name }}: your order {{ order.name }} is packed and goes to the carrier next. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} ist gepackt",
        preheader: "Als Nächstes geht sie an {{ parcel.carrier }}.",
        heading: "Ihr Paket ist gepackt",
        body: "Wir haben Ihr Paket gepackt und bei {{ parcel.carrier }} angemeldet. Bewegungen sehen Sie, sobald der Paketdienst es erfasst hat, oft innerhalb eines Werktags.",
        next: FOLLOW.de,
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} ist gepackt und geht als Nächstes an den Paketdienst. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} est préparée",
        preheader: "Elle va être remise à {{ parcel.carrier }}.",
        heading: "Votre colis est préparé",
        body: "Nous avons préparé votre colis et l’avons annoncé à {{ parcel.carrier }}. Ses mouvements s’affichent dès que le transporteur l’a scanné, souvent sous un jour ouvré.",
        next: FOLLOW.fr,
        sms: "{{ shop.name }} : votre commande {{ order.name }} est préparée et sera remise au transporteur. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} está preparado",
        preheader: "Lo siguiente es entregarlo a {{ parcel.carrier }}.",
        heading: "Tu paquete está preparado",
        body: "Hemos preparado tu paquete y lo hemos anunciado a {{ parcel.carrier }}. Verás sus movimientos cuando el transportista lo haya escaneado, a menudo en un día laborable.",
        next: FOLLOW.es,
        sms: "{{ shop.name }}: hemos preparado tu pedido {{ order.name }} y pronto lo recoge el transportista. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} è pronto per la spedizione",
        preheader: "Ora passa a {{ parcel.carrier }}.",
        heading: "Il tuo pacco è pronto",
        body: "Abbiamo preparato il tuo pacco e lo abbiamo annunciato a {{ parcel.carrier }}. I movimenti compaiono quando il corriere lo avrà registrato, spesso entro un giorno lavorativo.",
        next: FOLLOW.it,
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è pronto e ora passa al corriere. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} está embalado",
        preheader: "Segue agora para {{ parcel.carrier }}.",
        heading: "A sua encomenda está embalada",
        body: "Embalámos a sua encomenda e anunciámo-la a {{ parcel.carrier }}. Os movimentos aparecem quando a transportadora a registar, muitas vezes num dia útil.",
        next: FOLLOW.pt,
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} foi embalado e segue para a transportadora. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} is ingepakt",
        preheader: "Het gaat nu naar {{ parcel.carrier }}.",
        heading: "Je pakket is ingepakt",
        body: "We hebben je pakket ingepakt en aangemeld bij {{ parcel.carrier }}. Je ziet bewegingen zodra de vervoerder het heeft gescand, vaak binnen een werkdag.",
        next: FOLLOW.nl,
        sms: "{{ shop.name }}: je bestelling {{ order.name }} is ingepakt en gaat nu naar de vervoerder. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の梱包が完了しました",
        preheader: "まもなく{{ parcel.carrier }}へ引き渡します。",
        heading: "梱包が完了しました",
        body: "商品の梱包が完了し、{{ parcel.carrier }}に発送情報を登録しました。配送会社が荷物を受け付けると（多くは1営業日以内）、配送状況が表示されます。",
        next: FOLLOW.ja,
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の梱包が完了し、まもなく発送します。{{ links.tracking }}",
      },
    },
  },
});
