/** Letters that are no letter with a mark. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ß: "SS",
  ẞ: "SS",
  Ø: "O",
  Æ: "AE",
  Œ: "OE",
  Ł: "L",
  Đ: "D",
  Ð: "D",
  Þ: "TH",
  ı: "I",
};
const SHORT: Readonly<Record<string, string>> = { SAINT: "ST", SAINTE: "ST", STE: "ST", FORT: "FT", MOUNT: "MT" };

/**
 * A name of a place, however it is written: upper case without accents and punctuation, "Saint" and the like shortened.
 * Empty for a name in another script.
 */
export function placeKey(name: string): string {
  return name
    .replace(/[ßẞı]/g, (letter) => SPELLINGS[letter] ?? letter)
    .toUpperCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[ØÆŒŁĐÐÞ]/g, (letter) => SPELLINGS[letter] ?? letter)
    .replace(/'/g, "")
    .replace(/[^A-Z0-9]+/g, " ")
    .trim()
    .replace(/\b(?:SAINTE?|STE|FORT|MOUNT)\b/g, (word) => SHORT[word] ?? word);
}
