import { LOCALES, type Locale } from "#app/lib/i18n.ts";

export type Keyword = "stop" | "start" | "help";

export interface HeardKeyword {
  keyword: Keyword;
  /** The language the word belongs to: what the answer is written in. */
  locale: Locale;
}

/** What people write who want no more, to come back, or to know more; plain letters, lower case, without accents. */
const WORDS: Readonly<Record<Locale, Readonly<Record<Keyword, readonly string[]>>>> = {
  en: {
    stop: ["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke", "remove", "stopp"],
    start: ["start", "unstop", "yes", "resume", "subscribe"],
    help: ["help", "info"],
  },
  de: {
    stop: ["stoppen", "abmelden", "abbestellen", "ende", "aufhoren", "abbrechen", "kundigen"],
    start: ["starten", "anmelden"],
    help: ["hilfe"],
  },
  fr: {
    stop: ["arret", "arreter", "arretez", "desabonner", "desinscrire"],
    start: ["demarrer", "reprendre"],
    help: ["aide"],
  },
  es: {
    stop: ["baja", "alto", "cancelar", "detener", "desuscribir"],
    start: ["alta", "comenzar", "iniciar"],
    help: ["ayuda"],
  },
  it: { stop: ["basta", "annulla", "cancella", "disiscrivi", "ferma"], start: ["inizia", "riprendi"], help: ["aiuto"] },
  pt: { stop: ["parar", "pare", "sair", "remover"], start: ["comecar", "retomar"], help: ["ajuda"] },
  nl: { stop: ["afmelden", "uitschrijven", "stopzetten"], start: ["aanmelden", "hervatten"], help: ["hulp"] },
  ja: {
    stop: ["停止", "配信停止", "ストッフ", "ストップ", "解除", "やめて", "止めて"],
    start: ["再開", "開始", "スタート"],
    help: ["ヘルプ", "ヘルフ", "助けて"],
  },
};

/** Words that change nothing about the wish: "please stop texting me". */
const FILLERS: ReadonlySet<string> = new Set(
  (
    "please pls plz now it this that all me my to the a from texting messaging sending texts text messages message sms msg msgs " +
    "bitte jetzt keine mehr alle nachrichten svp merci les messages por favor ya los mensajes per favore i messaggi " +
    "por as mensagens alstublieft aub de berichten thanks thank you danke opt out"
  ).split(" "),
);

const SIGNS = /[🛑🚫⛔✋]/u;
const MAX_WORDS = 8;

/**
 * The wish in an answer, or null for anything else. The whole text has to be about it: with stop words and courtesies and
 * nothing else, in any of our languages, whatever the case, the accents, the punctuation and the emoji. A wish to be left alone may be put in
 * any reasonable way, so this errs on its side.
 */
export function readKeyword(body: string): HeardKeyword | null {
  const words = plainWords(body);
  if (words.length === 0) return SIGNS.test(body) ? { keyword: "stop", locale: "en" } : null;
  if (words.length > MAX_WORDS) return null;
  if (words.join(" ") === "opt out") return { keyword: "stop", locale: "en" };
  for (const keyword of ["stop", "start", "help"] as const) {
    const heard = words.map((word) => LOCALES.find((locale) => WORDS[locale][keyword].includes(word)) ?? null);
    const locale = heard.find((found) => found !== null);
    // "Yes" and "info" among other words mean something else; only the wish to stop may be wrapped in courtesies.
    const others = words.filter((_, index) => heard[index] === null);
    const pure = keyword === "stop" ? others.every((word) => FILLERS.has(word)) : others.length === 0;
    if (locale && pure) return { keyword, locale };
  }
  return null;
}

function plainWords(body: string): string[] {
  const plain = body.slice(0, 400).normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}

/** What Twilio hears and answers by itself: exactly these, in any case. Source: Twilio docs, "Default keywords". */
const TWILIO_HEARS: ReadonlySet<string> = new Set(
  "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT OPTOUT REVOKE START YES UNSTOP HELP INFO".split(" "),
);

/** Twilio has answered this itself, so that another answer from us would be one too many. WhatsApp it leaves to us. */
export function isAnsweredByTwilio(
  body: string,
  { whatsapp, optOutType }: { whatsapp: boolean; optOutType: string | null },
): boolean {
  if (optOutType !== null) return true;
  return !whatsapp && TWILIO_HEARS.has(body.trim().toUpperCase());
}
