import type { Locale } from "#app/lib/i18n.ts";
import type { Keyword } from "./opt-out-words.ts";

interface OptOutTexts extends Readonly<Record<Keyword, string>> {
  /** Behind the first text to somebody who can answer. */
  reply: string;
  /** Behind the first text from a name, which cannot be answered. */
  link: string;
}

/** Words of opting out; `{brand}` and `{contact}` are filled in. GSM-7 wherever the language allows it: every part is paid for. */
const TEXTS: Readonly<Record<Locale, OptOutTexts>> = {
  en: {
    stop: "{brand}: you will get no more texts from us. Reply START to get them again.",
    start: "{brand}: you will get texts about your orders again. Reply STOP to opt out.",
    help: "{brand}: texts about your orders. {contact}Reply STOP to opt out.",
    reply: "Reply STOP to opt out.",
    link: "Opt out: {url}",
  },
  de: {
    stop: "{brand}: Sie erhalten keine SMS mehr von uns. Mit START geht es wieder los.",
    start: "{brand}: Sie erhalten wieder SMS zu Ihren Bestellungen. Abmelden mit STOP.",
    help: "{brand}: SMS zu Ihren Bestellungen. {contact}Abmelden mit STOP.",
    reply: "Abmelden mit STOP.",
    link: "Abmelden: {url}",
  },
  fr: {
    stop: "{brand} : vous ne recevrez plus nos SMS. Répondez START pour les recevoir de nouveau.",
    start: "{brand} : vous recevrez de nouveau les SMS de vos commandes. STOP pour arrêter.",
    help: "{brand} : SMS sur vos commandes. {contact}STOP pour ne plus en recevoir.",
    reply: "STOP pour ne plus en recevoir.",
    link: "Se désabonner : {url}",
  },
  es: {
    stop: "{brand}: ya no recibirá más SMS. Responda START para volver a recibirlos.",
    start: "{brand}: volverá a recibir SMS sobre sus pedidos. Responda STOP para darse de baja.",
    help: "{brand}: SMS sobre sus pedidos. {contact}Responda STOP para darse de baja.",
    reply: "Responda STOP para darse de baja.",
    link: "Darse de baja: {url}",
  },
  it: {
    stop: "{brand}: non riceverà più SMS. Risponda START per riceverli di nuovo.",
    start: "{brand}: riceverà di nuovo gli SMS sui suoi ordini. Risponda STOP per annullare.",
    help: "{brand}: SMS sui suoi ordini. {contact}Risponda STOP per annullare.",
    reply: "Risponda STOP per annullare.",
    link: "Annulla: {url}",
  },
  pt: {
    stop: "{brand}: não receberá mais SMS. Responda START para voltar a receber.",
    start: "{brand}: voltará a receber SMS sobre as suas encomendas. Responda STOP para sair.",
    help: "{brand}: SMS sobre as suas encomendas. {contact}Responda STOP para sair.",
    reply: "Responda STOP para sair.",
    link: "Sair: {url}",
  },
  nl: {
    stop: "{brand}: u ontvangt geen sms meer. Antwoord START om ze weer te krijgen.",
    start: "{brand}: u ontvangt weer sms over uw bestellingen. Afmelden met STOP.",
    help: "{brand}: sms over uw bestellingen. {contact}Afmelden met STOP.",
    reply: "Afmelden met STOP.",
    link: "Afmelden: {url}",
  },
  ja: {
    stop: "{brand}：今後SMSは送信されません。再開するにはSTARTと返信してください。",
    start: "{brand}：ご注文に関するSMSを再開します。停止するにはSTOPと返信してください。",
    help: "{brand}：ご注文に関するSMSです。{contact}停止するにはSTOPと返信してください。",
    reply: "停止はSTOPと返信",
    link: "停止：{url}",
  },
};

const fill = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? "");

/** Our answer to a keyword that the provider has not answered. */
export function answerTo(
  keyword: Keyword,
  { brand, contact, locale }: { brand: string; contact: string; locale: Locale },
): string {
  return fill(TEXTS[locale][keyword], { brand, contact: contact === "" ? "" : `${contact} ` });
}

export interface Opening {
  brand: string;
  locale: Locale;
  /** Nobody of this shop has texted this person before. */
  first: boolean;
  /** The sender can be answered. */
  answerable: boolean;
  /** Where somebody opts out who cannot answer; null where there is no such page. */
  optOutUrl: string | null;
}

/**
 * The text as it goes out: the first one to a person names the shop and says how to stop (CTIA Messaging Principles,
 * 5.1); the others are left alone.
 */
export function dressText(body: string, { brand, locale, first, answerable, optOutUrl }: Opening): string {
  if (!first) return body;
  const named = body.toLowerCase().includes(brand.toLowerCase()) ? body : `${brand}: ${body}`;
  const way = answerable ? TEXTS[locale].reply : optOutUrl && fill(TEXTS[locale].link, { url: optOutUrl });
  return !way || named.includes(way) ? named : `${named} ${way}`;
}
