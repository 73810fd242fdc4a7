import type { Locale } from "#app/lib/i18n.ts";
import { formatMoney } from "#app/lib/money.ts";
import { kindOf } from "../kinds/kinds.ts";
import type { MessageFacts } from "./message-facts.ts";

export interface DemoReturnWish {
  kind: string;
  locale: Locale;
  orderName: string;
  currency: string;
  /** Stands for the label, too: nobody is to follow it. */
  url: string;
}

type Notes = Readonly<Record<Locale, string>>;

/** What a return of this kind would have to add. */
const NOTES: Readonly<Record<string, Notes>> = {
  return_declined: {
    en: "The return window ended on 3 November.",
    de: "Die Rückgabefrist ist am 3. November abgelaufen.",
    fr: "Le délai de retour a pris fin le 3 novembre.",
    es: "El plazo de devolución terminó el 3 de noviembre.",
    it: "Il termine per il reso è scaduto il 3 novembre.",
    pt: "O prazo de devolução terminou a 3 de novembro.",
    nl: "De retourtermijn is op 3 november verlopen.",
    ja: "返品期間は11月3日に終了しました。",
  },
  return_inspected: {
    en: "One of the two beanies was not in the parcel.",
    de: "Eine der beiden Mützen lag nicht im Paket.",
    fr: "Un des deux bonnets n’était pas dans le colis.",
    es: "Uno de los dos gorros no estaba en el paquete.",
    it: "Uno dei due berretti non era nel pacco.",
    pt: "Um dos dois gorros não estava na embalagem.",
    nl: "Een van de twee mutsen zat niet in het pakket.",
    ja: "2点のうち1点のビーニーが入っておりませんでした。",
  },
  pickup_scheduled: {
    en: "Thursday between 9:00 and 13:00",
    de: "Donnerstag zwischen 9 und 13 Uhr",
    fr: "Jeudi entre 9 h et 13 h",
    es: "Jueves entre las 9:00 y las 13:00",
    it: "Giovedì tra le 9:00 e le 13:00",
    pt: "Quinta-feira, entre as 9:00 e as 13:00",
    nl: "Donderdag tussen 9.00 en 13.00 uur",
    ja: "木曜日 9:00～13:00",
  },
};
const WITH_LABEL = new Set(["label_ready", "ship_back_reminder", "pickup_scheduled"]);
const REFUND = 148;

/** A made-up return of the made-up order; null for a kind that is about none. */
export function demoReturn({ kind, locale, orderName, currency, url }: DemoReturnWish): MessageFacts["return"] {
  const about = kindOf(kind);
  if (!about?.dormant) return null;
  const minor = BigInt(REFUND * (currency === "JPY" ? 150 : 100));
  return {
    name: `${orderName}-R1`,
    status_text: about.texts[locale].main.heading,
    label_url: WITH_LABEL.has(kind) ? url : "",
    refund: formatMoney({ minor, currency }, locale),
    note: NOTES[kind]?.[locale] ?? "",
  };
}
