import type { Locale } from "#app/lib/i18n.ts";

type Phrase = Readonly<Record<Locale, string>>;

/** A paragraph with the reason in the words of the phrase catalogue, where one is known. */
export const REASON: Phrase = {
  en: because("Reason"),
  de: because("Grund"),
  fr: because("Raison", " "),
  es: because("Motivo"),
  it: because("Motivo"),
  pt: because("Motivo"),
  nl: because("Reden"),
  ja: "{% if parcel.reason != blank %}\n\n理由：{{ parcel.reason }}{% endif %}",
};

/** The way to a person. */
export const SUPPORT: Phrase = {
  en: "If the new date causes you trouble, reply to this mail. A person will read it and look for a solution.",
  de: "Wenn der neue Termin für Sie ein Problem ist, antworten Sie auf diese E-Mail. Ein Mensch liest sie und sucht mit Ihnen eine Lösung.",
  fr: "Si ce changement vous pose problème, répondez à cet e-mail. Une personne le lira et cherchera une solution.",
  es: "Si el cambio te causa un problema, responde a este correo. Una persona lo leerá y buscará una solución.",
  it: "Se il ritardo ti crea un problema, rispondi a questa e-mail. La leggerà una persona, che cercherà una soluzione.",
  pt: "Se o atraso lhe causar problemas, responda a este e-mail. Uma pessoa vai lê-lo e procurar uma solução.",
  nl: "Komt de nieuwe datum je slecht uit? Beantwoord deze mail. Iemand leest hem en zoekt een oplossing.",
  ja: "ご不便がございましたら、このメールにご返信ください。担当者が拝見し、対応をご案内します。",
};

/** Where every step can be seen. */
export const FOLLOW: Phrase = {
  en: "You can see where it is on the tracking page at any time.",
  de: "Auf der Sendungsseite sehen Sie jederzeit, wo es ist.",
  fr: "La page de suivi vous montre à tout moment où il se trouve.",
  es: "En la página de seguimiento puedes ver en todo momento dónde está.",
  it: "Sulla pagina di tracciamento puoi vedere in ogni momento dove si trova.",
  pt: "Na página de seguimento pode ver a qualquer momento onde está.",
  nl: "Op de trackingpagina zie je altijd waar het is.",
  ja: "配送状況は、追跡ページでいつでもご確認いただけます。",
};

/** When the shopper hears again about something that went wrong. */
export const HEAR_AGAIN: Phrase = {
  en: andNext("We keep watching it and write again as soon as it arrives or the date changes."),
  de: andNext("Wir behalten es im Blick und schreiben wieder, sobald es ankommt oder sich der Termin ändert."),
  fr: andNext("Nous le suivons de près et vous écrirons dès qu’il arrive ou que la date change."),
  es: andNext("Seguimos pendientes y volveremos a escribirte en cuanto llegue o cambie la fecha."),
  it: andNext("Continuiamo a seguirlo e ti scriveremo non appena arriva o cambia la data."),
  pt: andNext("Continuamos atentos e voltamos a escrever assim que chegar ou a data mudar."),
  nl: andNext("We houden het in de gaten en schrijven opnieuw zodra het aankomt of de datum verandert."),
  ja: andNext("引き続き確認し、配達されるか予定日が変わりましたら改めてご連絡します。", ""),
};

function because(word: string, space = ""): string {
  return `{% if parcel.reason != blank %}\n\n${word}${space}: {{ parcel.reason }}{% endif %}`;
}

/** A text that ends with the day on which we look at the parcel again, where there is one. */
export function andNext(text: string, space = " "): string {
  return `${text}{% if parcel.next_update != blank %}${space}{{ parcel.next_update }}{% endif %}`;
}
