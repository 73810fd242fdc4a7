import type { Locale } from "#app/lib/i18n.ts";

type Phrase = Readonly<Record<Locale, string>>;

/** A paragraph with what the merchant, the inspection or the carrier has to say about this return, where there is any. */
export const NOTE = "{% if return.note != blank %}\n\n{{ return.note }}{% endif %}";

/** A paragraph with the reason for which a return is not accepted, where one was given. */
export const REFUSAL: Phrase = {
  en: paragraph("note", "Reason:"),
  de: paragraph("note", "Grund:"),
  fr: paragraph("note", "Raison :"),
  es: paragraph("note", "Motivo:"),
  it: paragraph("note", "Motivo:"),
  pt: paragraph("note", "Motivo:"),
  nl: paragraph("note", "Reden:"),
  ja: paragraph("note", "理由："),
};

/** A paragraph with the amount that goes back, where it is known. */
export const AMOUNT: Phrase = {
  en: paragraph("refund", "Amount:"),
  de: paragraph("refund", "Betrag:"),
  fr: paragraph("refund", "Montant :"),
  es: paragraph("refund", "Importe:"),
  it: paragraph("refund", "Importo:"),
  pt: paragraph("refund", "Montante:"),
  nl: paragraph("refund", "Bedrag:"),
  ja: paragraph("refund", "金額："),
};

/** A paragraph with the way to the label, where there is one. */
export const LABEL_LINK: Phrase = {
  en: paragraph("label_url", "Return label:"),
  de: paragraph("label_url", "Rücksendeetikett:"),
  fr: paragraph("label_url", "Étiquette de retour :"),
  es: paragraph("label_url", "Etiqueta de devolución:"),
  it: paragraph("label_url", "Etichetta di reso:"),
  pt: paragraph("label_url", "Etiqueta de devolução:"),
  nl: paragraph("label_url", "Retourlabel:"),
  ja: paragraph("label_url", "返送ラベル："),
};

/** A paragraph of a name and a value, left out where there is no value; Japanese puts no space behind its colon. */
function paragraph(field: "note" | "refund" | "label_url", name: string): string {
  const space = name.endsWith("：") ? "" : " ";
  return `{% if return.${field} != blank %}\n\n${name}${space}{{ return.${field} }}{% endif %}`;
}
