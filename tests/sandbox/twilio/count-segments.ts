import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** The replacements that Twilio publishes; the counting below is our own, so that it can be an oracle. */
const { default: SMART } = load("sms-segments-calculator/dist/libs/SmartEncodingMap.js") as {
  default: Readonly<Record<string, string>>;
};

/** GSM 03.38, basic table. */
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Extension table: an escape and a character. */
const EXTENDED = new Set("\f^{}\\[~]|€");

export interface Segments {
  encoding: "GSM-7" | "UCS-2";
  count: number;
}

/** Smart encoding, as Twilio does it before counting. */
export function encodeSmartly(body: string): string {
  return [...body].map((character) => SMART[character] ?? character).join("");
}

/** How many parts a text is sent in. What belongs together (escape and character, surrogates, a family) is not split. */
export function countSegments(body: string, smart: boolean): Segments {
  const text = smart ? encodeSmartly(body) : body;
  const graphemes = Array.from(new Intl.Segmenter("en").segment(text), ({ segment }) => segment).flatMap((grapheme) =>
    grapheme === "\r\n" ? ["\r", "\n"] : [grapheme],
  );
  const gsm = graphemes.every((grapheme) => BASIC.has(grapheme) || EXTENDED.has(grapheme));
  const sizes = graphemes.map((grapheme) => (gsm ? (EXTENDED.has(grapheme) ? 2 : 1) : grapheme.length));
  const [single, part] = gsm ? [160, 153] : [70, 67];
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const count = total <= single ? 1 : pack(sizes, part);
  return { encoding: gsm ? "GSM-7" : "UCS-2", count };
}

function pack(sizes: readonly number[], room: number): number {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > room) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}
