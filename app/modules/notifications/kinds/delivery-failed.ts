import type { ParcelScan, ParcelSituation, Situation } from "../situation.ts";
import { defineKind } from "./define-kind.ts";
import type { Trigger } from "./kind.ts";
import { dayOfScan, parcelOf, scansOf, scanTrigger } from "./scans.ts";

/** Scans of an exception that keep a parcel from being handed over; a pick-up that was missed is scanned as an attempt. */
const OBSTACLES = new Set(["refused", "address_problem"]);
const OVER = new Set(["delivered", "out_for_delivery", "return_to_sender", "cancelled", "expired"]);

/**
 * Somebody came and could not hand it over. Once per attempt: carriers write several scans about one attempt, so that an
 * attempt is told by its local day; an obstacle that is scanned day after day is one.
 */
export const deliveryFailed = defineKind({
  key: "delivery_failed",
  group: "status",
  onByDefault: true,
  urgency: 1,
  uselessAfterHours: 48,
  triggersIn: ({ parcels }) => parcels.flatMap(attemptsOn),
  heldBackBy(trigger, situation) {
    const parcel = parcelOf(trigger, situation);
    if (!parcel || OVER.has(parcel.status)) return "no_longer_true";
    if (pickUpIsTold(parcel, situation)) return "told_by_other_kind";
    return attemptsOn(parcel).some(({ occurrence }) => occurrence > trigger.occurrence) ? "replaced_by_newer" : null;
  },
  isStillTrue: ({ parcel }) => parcel !== null && !OVER.has(parcel.status),
  texts: {
    en: {
      main: {
        subject: "Your order {{ order.name }} could not be delivered yet",
        preheader: "What happened, and what you can do.",
        heading: "The delivery did not work out",
        body: "{% if parcel.sub_status == 'address_problem' %}{{ parcel.carrier }} could not deliver your parcel because something about the address is unclear. Please reply to this mail with the complete address.{% elsif parcel.sub_status == 'refused' %}{{ parcel.carrier }} reports that your parcel was not accepted. If that is a mistake, please reply to this mail soon, before it goes back.{% elsif parcel.status == 'available_for_pickup' %}{{ parcel.carrier }} could not hand over your parcel and has left it for you to pick up. The tracking page shows where.{% else %}{{ parcel.carrier }} could not hand over your parcel.{% if parcel.reason != blank %} Reason: {{ parcel.reason }}{% endif %}{% endif %}",
        next: "Most carriers try again on the next working day or leave the parcel at a pick-up point. The tracking page shows which.",
        sms: "{{ shop.name }}: your order {{ order.name }} could not be delivered yet. What you can do: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Ihre Bestellung {{ order.name }} konnte noch nicht zugestellt werden",
        preheader: "Was geschehen ist und was Sie tun können.",
        heading: "Die Zustellung hat nicht geklappt",
        body: "{% if parcel.sub_status == 'address_problem' %}{{ parcel.carrier }} konnte Ihr Paket nicht zustellen, weil an der Adresse etwas unklar ist. Bitte antworten Sie auf diese E-Mail mit der vollständigen Adresse.{% elsif parcel.sub_status == 'refused' %}{{ parcel.carrier }} meldet, dass Ihr Paket nicht angenommen wurde. Wenn das ein Irrtum ist, antworten Sie bitte bald auf diese E-Mail, bevor es zurückgeht.{% elsif parcel.status == 'available_for_pickup' %}{{ parcel.carrier }} konnte Ihr Paket nicht übergeben und hat es zur Abholung hinterlegt. Wo, zeigt die Sendungsseite.{% else %}{{ parcel.carrier }} konnte Ihr Paket nicht übergeben.{% if parcel.reason != blank %} Grund: {{ parcel.reason }}{% endif %}{% endif %}",
        next: "Meist kommt der Paketdienst am nächsten Werktag wieder oder hinterlegt das Paket zur Abholung. Was gilt, zeigt die Sendungsseite.",
        sms: "{{ shop.name }}: Ihre Bestellung {{ order.name }} konnte noch nicht zugestellt werden. Was Sie tun können: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "Votre commande {{ order.name }} n’a pas encore pu être livrée",
        preheader: "Ce qui s’est passé et ce que vous pouvez faire.",
        heading: "La livraison n’a pas abouti",
        body: "{% if parcel.sub_status == 'address_problem' %}{{ parcel.carrier }} n’a pas pu livrer votre colis, car l’adresse n’est pas claire. Merci de répondre à cet e-mail avec l’adresse complète.{% elsif parcel.sub_status == 'refused' %}{{ parcel.carrier }} indique que votre colis n’a pas été accepté. S’il s’agit d’une erreur, répondez vite à cet e-mail, avant son retour.{% elsif parcel.status == 'available_for_pickup' %}{{ parcel.carrier }} n’a pas pu vous remettre votre colis et l’a déposé dans un point de retrait. La page de suivi indique lequel.{% else %}{{ parcel.carrier }} n’a pas pu vous remettre votre colis.{% if parcel.reason != blank %} Raison : {{ parcel.reason }}{% endif %}{% endif %}",
        next: "En général, le transporteur revient le jour ouvré suivant ou dépose le colis dans un point de retrait. La page de suivi le précise.",
        sms: "{{ shop.name }} : la livraison de votre commande {{ order.name }} a échoué. Que faire : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "Tu pedido {{ order.name }} aún no se ha podido entregar",
        preheader: "Qué ha pasado y qué puedes hacer.",
        heading: "La entrega no ha sido posible",
        body: "{% if parcel.sub_status == 'address_problem' %}{{ parcel.carrier }} no ha podido entregar tu paquete porque algo de la dirección no está claro. Responde a este correo con la dirección completa.{% elsif parcel.sub_status == 'refused' %}{{ parcel.carrier }} indica que el paquete no se ha aceptado. Si es un error, responde pronto a este correo, antes de que vuelva.{% elsif parcel.status == 'available_for_pickup' %}{{ parcel.carrier }} no ha podido entregarte el paquete y lo ha dejado para que lo recojas. En la página de seguimiento ves dónde.{% else %}{{ parcel.carrier }} no ha podido entregarte el paquete.{% if parcel.reason != blank %} Motivo: {{ parcel.reason }}{% endif %}{% endif %}",
        next: "Lo normal es que el transportista vuelva el siguiente día laborable o deje el paquete en un punto de recogida. Lo verás en la página de seguimiento.",
        sms: "{{ shop.name }}: tu pedido {{ order.name }} no se ha podido entregar. Lo que puedes hacer: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il tuo ordine {{ order.name }} non è stato ancora consegnato",
        preheader: "Che cosa è successo e che cosa puoi fare.",
        heading: "La consegna non è riuscita",
        body: "{% if parcel.sub_status == 'address_problem' %}{{ parcel.carrier }} non ha potuto consegnare il pacco perché l’indirizzo non è chiaro. Rispondi a questa e-mail con l’indirizzo completo.{% elsif parcel.sub_status == 'refused' %}{{ parcel.carrier }} segnala che il pacco non è stato accettato. Se è un errore, rispondi presto a questa e-mail, prima che torni indietro.{% elsif parcel.status == 'available_for_pickup' %}{{ parcel.carrier }} non ha potuto consegnarti il pacco e lo ha lasciato in un punto di ritiro. La pagina di tracciamento mostra dove.{% else %}{{ parcel.carrier }} non ha potuto consegnarti il pacco.{% if parcel.reason != blank %} Motivo: {{ parcel.reason }}{% endif %}{% endif %}",
        next: "Di solito il corriere torna il giorno lavorativo dopo o lascia il pacco in un punto di ritiro. Lo vedi sulla pagina di tracciamento.",
        sms: "{{ shop.name }}: la consegna del tuo ordine {{ order.name }} non è riuscita. Che cosa puoi fare: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "Ainda não foi possível entregar o seu pedido {{ order.name }}",
        preheader: "O que aconteceu e o que pode fazer.",
        heading: "Não foi possível fazer a entrega",
        body: "{% if parcel.sub_status == 'address_problem' %}{{ parcel.carrier }} não conseguiu entregar a encomenda porque algo na morada não está claro. Responda a este e-mail com a morada completa.{% elsif parcel.sub_status == 'refused' %}{{ parcel.carrier }} indica que a encomenda não foi aceite. Se for engano, responda em breve a este e-mail, antes que seja devolvida.{% elsif parcel.status == 'available_for_pickup' %}{{ parcel.carrier }} não conseguiu entregar a encomenda e deixou-a para levantamento. A página de seguimento mostra onde.{% else %}{{ parcel.carrier }} não conseguiu entregar a encomenda.{% if parcel.reason != blank %} Motivo: {{ parcel.reason }}{% endif %}{% endif %}",
        next: "Em geral, a transportadora volta no dia útil seguinte ou deixa a encomenda num ponto de levantamento. A página de seguimento indica qual.",
        sms: "{{ shop.name }}: a entrega do seu pedido {{ order.name }} falhou. O que pode fazer: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "Je bestelling {{ order.name }} kon nog niet worden bezorgd",
        preheader: "Wat er is gebeurd en wat je kunt doen.",
        heading: "De bezorging is niet gelukt",
        body: "{% if parcel.sub_status == 'address_problem' %}{{ parcel.carrier }} kon je pakket niet bezorgen omdat er iets aan het adres niet duidelijk is. Stuur ons het volledige adres als antwoord op deze mail.{% elsif parcel.sub_status == 'refused' %}{{ parcel.carrier }} meldt dat je pakket niet is aangenomen. Is dat een vergissing, beantwoord deze mail dan snel, voordat het teruggaat.{% elsif parcel.status == 'available_for_pickup' %}{{ parcel.carrier }} kon je pakket niet afgeven en heeft het voor je klaargelegd om op te halen. Op de trackingpagina zie je waar.{% else %}{{ parcel.carrier }} kon je pakket niet afgeven.{% if parcel.reason != blank %} Reden: {{ parcel.reason }}{% endif %}{% endif %}",
        next: "Meestal komt de bezorger de volgende werkdag terug of ligt het pakket klaar bij een afhaalpunt. Op de trackingpagina zie je wat het wordt.",
        sms: "{{ shop.name }}: je bestelling {{ order.name }} kon nog niet worden bezorgd. Wat je kunt doen: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} をまだお届けできていません",
        preheader: "状況とお手続きのご案内です。",
        heading: "お届けできませんでした",
        body: "{% if parcel.sub_status == 'address_problem' %}ご住所に確認が必要な点があり、{{ parcel.carrier }}がお届けできませんでした。このメールへの返信で、正しいご住所をお知らせください。{% elsif parcel.sub_status == 'refused' %}{{ parcel.carrier }}より、荷物のお受け取りがなかったとの連絡がありました。お間違いの場合は、返送される前に、お早めにこのメールにご返信ください。{% elsif parcel.status == 'available_for_pickup' %}{{ parcel.carrier }}が荷物をお渡しできず、受取場所でお預かりしています。場所は追跡ページでご確認いただけます。{% else %}{{ parcel.carrier }}が荷物をお渡しできませんでした。{% if parcel.reason != blank %}理由：{{ parcel.reason }}{% endif %}{% endif %}",
        next: "多くの場合、翌営業日に再配達されるか、受取場所でお預かりします。追跡ページでご確認ください。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} をお届けできませんでした。お手続き {{ links.tracking }}",
      },
    },
  },
});

const isAttempt = ({ status }: ParcelScan) => status === "delivery_attempted";
const isObstacle = ({ status, subStatus }: ParcelScan) => status === "exception" && OBSTACLES.has(subStatus ?? "");

function attemptsOn(parcel: ParcelSituation): Trigger[] {
  const byDay = new Map<string, Trigger>();
  const known = new Set<string>();
  for (const scan of scansOf(parcel, (one) => isAttempt(one) || isObstacle(one))) {
    const day = dayOfScan(scan, parcel);
    const isNew = isAttempt(scan) || !known.has(scan.subStatus ?? "");
    if (!isAttempt(scan)) known.add(scan.subStatus ?? "");
    if (isNew && !byDay.has(day)) byDay.set(day, scanTrigger(parcel, scan, day));
  }
  return [...byDay.values()];
}

/** It waits at a counter, and the shopper hears of that in a message of its own. */
function pickUpIsTold({ status }: ParcelSituation, { rules }: Situation): boolean {
  return status === "available_for_pickup" && rules.events["available_for_pickup"]?.on === true;
}
