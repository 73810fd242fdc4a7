import { defineReturnKind } from "./define-return-kind.ts";
import { NOTE } from "./return-phrases.ts";

/** The carrier comes for the return parcel; the day, and the hours if it gives any, stand in the note. */
export const pickupScheduled = defineReturnKind({
  key: "pickup_scheduled",
  urgency: 1,
  texts: {
    en: {
      main: {
        subject: "The pickup of your return for order {{ order.name }} is arranged",
        preheader: "The carrier comes to you.",
        heading: "Your pickup is arranged",
        body: `The carrier will collect your return for order {{ order.name }} from you.${NOTE}`,
        next: "Please have the parcel packed and ready. If the time does not suit you, reply to this mail.",
        sms: "{{ shop.name }}: the carrier will collect your return for order {{ order.name }} from you. Details: {{ links.tracking }}",
      },
    },
    de: {
      main: {
        subject: "Die Abholung Ihrer Rücksendung zur Bestellung {{ order.name }} ist vereinbart",
        preheader: "Der Paketdienst kommt zu Ihnen.",
        heading: "Ihre Abholung ist vereinbart",
        body: `Der Paketdienst holt Ihre Rücksendung zur Bestellung {{ order.name }} bei Ihnen ab.${NOTE}`,
        next: "Bitte halten Sie das Paket fertig gepackt bereit. Passt der Termin nicht, antworten Sie auf diese E-Mail.",
        sms: "{{ shop.name }}: Der Paketdienst holt Ihre Rücksendung zur Bestellung {{ order.name }} bei Ihnen ab. Einzelheiten: {{ links.tracking }}",
      },
    },
    fr: {
      main: {
        subject: "L’enlèvement de votre retour pour la commande {{ order.name }} est prévu",
        preheader: "Le transporteur vient chez vous.",
        heading: "Votre enlèvement est prévu",
        body: `Le transporteur viendra chercher chez vous votre retour pour la commande {{ order.name }}.${NOTE}`,
        next: "Merci de tenir le colis emballé et prêt. Si le rendez-vous ne vous convient pas, répondez à cet e-mail.",
        sms: "{{ shop.name }} : le transporteur viendra chercher chez vous le retour de la commande {{ order.name }}. Détails : {{ links.tracking }}",
      },
    },
    es: {
      main: {
        subject: "La recogida de tu devolución del pedido {{ order.name }} está programada",
        preheader: "El transportista irá a tu domicilio.",
        heading: "Tu recogida está programada",
        body: `El transportista recogerá en tu domicilio la devolución del pedido {{ order.name }}.${NOTE}`,
        next: "Ten el paquete embalado y listo. Si el momento no te viene bien, responde a este correo.",
        sms: "{{ shop.name }}: el transportista pasa a buscar lo que devuelves del pedido {{ order.name }}. Detalles: {{ links.tracking }}",
      },
    },
    it: {
      main: {
        subject: "Il ritiro del reso per l’ordine {{ order.name }} è programmato",
        preheader: "Il corriere viene da te.",
        heading: "Il tuo ritiro è programmato",
        body: `Il corriere ritirerà da te il reso dell’ordine {{ order.name }}.${NOTE}`,
        next: "Tieni il pacco imballato e pronto. Se l’orario non va bene, rispondi a questa e-mail.",
        sms: "{{ shop.name }}: il corriere ritirerà da te il reso dell'ordine {{ order.name }}. Dettagli: {{ links.tracking }}",
      },
    },
    pt: {
      main: {
        subject: "A recolha da devolução do pedido {{ order.name }} está marcada",
        preheader: "A transportadora vai ter consigo.",
        heading: "A sua recolha está marcada",
        body: `A transportadora vai recolher junto de si a devolução do pedido {{ order.name }}.${NOTE}`,
        next: "Tenha o volume embalado e pronto. Se o horário não lhe convier, responda a este e-mail.",
        sms: "{{ shop.name }}: a transportadora vai recolher os artigos que devolve do pedido {{ order.name }}. Detalhes: {{ links.tracking }}",
      },
    },
    nl: {
      main: {
        subject: "De ophaalafspraak voor je retour van bestelling {{ order.name }} staat",
        preheader: "De vervoerder komt bij je langs.",
        heading: "Je ophaalafspraak staat",
        body: `De vervoerder haalt je retour van bestelling {{ order.name }} bij je op.${NOTE}`,
        next: "Zet het pakket ingepakt klaar. Komt het moment niet uit? Beantwoord dan deze mail.",
        sms: "{{ shop.name }}: de vervoerder haalt je retour van bestelling {{ order.name }} bij je op. Meer hierover: {{ links.tracking }}",
      },
    },
    ja: {
      main: {
        subject: "ご注文 {{ order.name }} の返品の集荷を手配しました",
        preheader: "配送業者がお伺いします。",
        heading: "集荷を手配しました",
        body: `ご注文 {{ order.name }} の返品を、配送業者がお客様のもとへ受け取りに伺います。${NOTE}`,
        next: "荷物を梱包のうえ、ご準備をお願いいたします。ご都合が合わない場合は、このメールにご返信ください。",
        sms: "{{ shop.name }}：ご注文 {{ order.name }} の返品の集荷を手配しました。詳細 {{ links.tracking }}",
      },
    },
  },
});
