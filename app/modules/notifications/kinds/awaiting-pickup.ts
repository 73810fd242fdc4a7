import type { ParcelSituation, Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import type { Threshold } from "./kind.ts";
import { HEAR_AGAIN, SUPPORT } from "./phrases.ts";
import { hoursAfter, nextAmongParcels, thresholdHours } from "./thresholds.ts";

const KEY = "awaiting_pickup";
const THRESHOLD: Threshold = { unit: "days", usual: 3, min: 1, max: 30 };

/**
 * A label was made, and days later the carrier has still not seen the parcel: the stretch in which shoppers hear nothing.
 * A number that no carrier knows may be untraceable rather than left lying, so that only an announced parcel counts.
 */
export const awaitingPickup = defineKind({
  key: KEY,
  group: "predicted",
  urgency: 5,
  uselessAfterHours: 24,
  threshold: THRESHOLD,
  triggersIn: (situation) =>
    situation.parcels.flatMap((parcel) => {
      const since = overdueAt(parcel, situation);
      if (!since || since > situation.now) return [];
      const evidence = { createdAt: parcel.createdAt.toISOString(), statusThen: parcel.status };
      return [{ shipmentId: parcel.id, occurrence: "", happenedAt: since, evidence }];
    }),
  looksAgainAt: (situation) => nextAmongParcels(situation, overdueAt),
  isStillTrue: ({ parcel }) => parcel?.status === "pre_transit",
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} is still waiting for the carrier",
        preheader: "It is packed, and {{ parcel.carrier }} has not scanned it yet.",
        heading: "Packed, and waiting for the carrier",
        body: `We are sorry for the wait: your parcel is packed, and {{ parcel.carrier }} has not scanned it yet. That happens when a collection is late or a first scan was missed. We are checking it.\n\n${SUPPORT.en.replace("If the new date causes you trouble", "If the wait causes you trouble")}`,
        next: HEAR_AGAIN.en,
        sms: "{{ shop.name }}: your order {{ order.name }} is packed but the carrier has not scanned it yet. We are sorry and are checking. {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} wartet noch auf den Paketdienst",
        preheader: "Sie ist gepackt, {{ parcel.carrier }} hat sie aber noch nicht erfasst.",
        heading: "Gepackt, wartet auf den Paketdienst",
        body: `Bitte entschuldigen Sie die Wartezeit: Ihr Paket ist gepackt, {{ parcel.carrier }} hat es aber noch nicht erfasst. Das kommt vor, wenn eine Abholung sich verspätet oder der erste Scan fehlt. Wir gehen dem nach.\n\n${SUPPORT.de.replace("der neue Termin", "die Wartezeit")}`,
        next: HEAR_AGAIN.de,
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} ist gepackt, der Paketdienst hat sie noch nicht erfasst. Das tut uns leid, wir gehen dem nach. {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} attend encore le transporteur",
        preheader: "Elle est préparée, mais {{ parcel.carrier }} ne l’a pas encore scannée.",
        heading: "Préparé, en attente du transporteur",
        body: `Veuillez nous excuser pour l’attente : votre colis est préparé, mais {{ parcel.carrier }} ne l’a pas encore scanné. Cela arrive quand une collecte prend du retard ou qu’un premier scan manque. Nous vérifions.\n\n${SUPPORT.fr.replace("ce changement", "cette attente")}`,
        next: HEAR_AGAIN.fr,
        sms: "{{ shop.name }} : votre commande {{ order.name }} est préparée, le transporteur ne l'a pas encore scannée. Nous en sommes désolés et vérifions. {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} sigue esperando al transportista",
        preheader: "Está preparado, pero {{ parcel.carrier }} aún no lo ha escaneado.",
        heading: "Preparado, a la espera del transportista",
        body: `Sentimos la espera: tu paquete está preparado, pero {{ parcel.carrier }} aún no lo ha escaneado. Ocurre cuando una recogida se retrasa o falta el primer escaneo. Lo estamos comprobando.\n\n${SUPPORT.es.replace("el cambio", "la espera")}`,
        next: HEAR_AGAIN.es,
        sms: "{{ shop.name }}: tu pedido {{ order.name }} espera al transportista. Sentimos la demora y lo comprobamos. {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} aspetta ancora il corriere",
        preheader: "È pronto, ma {{ parcel.carrier }} non lo ha ancora registrato.",
        heading: "Pronto, in attesa del corriere",
        body: `Ci scusiamo per l’attesa: il tuo pacco è pronto, ma {{ parcel.carrier }} non lo ha ancora registrato. Succede quando un ritiro è in ritardo o manca la prima scansione. Stiamo verificando.\n\n${SUPPORT.it.replace("il ritardo", "l’attesa")}`,
        next: HEAR_AGAIN.it,
        sms: "{{ shop.name }}: il tuo ordine {{ order.name }} è pronto, ma il corriere non lo ha ancora registrato. Ci scusiamo e verifichiamo. {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "O seu pedido {{ order.name }} ainda espera pela transportadora",
        preheader: "Está embalado, mas {{ parcel.carrier }} ainda não o registou.",
        heading: "Embalada, à espera da transportadora",
        body: `Lamentamos a espera: a sua encomenda está embalada, mas {{ parcel.carrier }} ainda não a registou. Acontece quando uma recolha se atrasa ou falta a primeira leitura. Estamos a verificar.\n\n${SUPPORT.pt.replace("o atraso", "a espera")}`,
        next: HEAR_AGAIN.pt,
        sms: "{{ shop.name }}: o seu pedido {{ order.name }} espera pela transportadora. Lamentamos a demora e vamos verificar. {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} wacht nog op de vervoerder",
        preheader: "Het is ingepakt, maar {{ parcel.carrier }} heeft het nog niet gescand.",
        heading: "Ingepakt, wacht op de vervoerder",
        body: `Sorry voor het wachten: je pakket is ingepakt, maar {{ parcel.carrier }} heeft het nog niet gescand. Dat gebeurt als een ophaalronde later is of een eerste scan ontbreekt. We zoeken het uit.\n\n${SUPPORT.nl.replace("Komt de nieuwe datum je slecht uit?", "Komt het wachten je slecht uit?")}`,
        next: HEAR_AGAIN.nl,
        sms: "{{ shop.name }}: je bestelling {{ order.name }} is ingepakt, maar de vervoerder heeft het nog niet gescand. Sorry, we zoeken het uit. {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} は配送会社の受け付け待ちです",
        preheader: "梱包は完了していますが、{{ parcel.carrier }}での受け付けがまだ確認できません。",
        heading: "配送会社の受け付けを待っています",
        body: `お待たせして申し訳ございません。梱包は完了していますが、{{ parcel.carrier }}での受け付けがまだ確認できておりません。集荷の遅れや読み取り漏れが考えられますので、確認しております。\n\n${SUPPORT.ja}`,
        next: HEAR_AGAIN.ja,
        sms: "{{ shop.name }}：ご注文 {{ order.name }} は配送会社の受け付け待ちです。お待たせして申し訳ございません。{{ links.tracking }}",
      },
    },
  },
});

function overdueAt(parcel: ParcelSituation, situation: Situation): Date | null {
  const hours = thresholdHours(situation, { key: KEY, threshold: THRESHOLD });
  return parcel.status === "pre_transit" && hours !== null ? hoursAfter(parcel.createdAt, hours) : null;
}
