/**
 * What a shopper types to find an order: letters and digits in lower case, without the shop's own prefix. "#1042", "1042"
 * and "EU-1042" (in a shop whose numbers start with "EU-") are the same order.
 */
export function lookupNameOf(name: string, orderPrefix: string): string {
  const plain = plainName(name);
  const prefix = plainName(orderPrefix);
  const rest = prefix !== "" && plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  return rest === "" ? plain : rest;
}

/** The spellings to try for what was typed: a shop may have changed its prefix since the order was placed. */
export function lookupNamesOf(typed: string, orderPrefix: string): string[] {
  return [...new Set([lookupNameOf(typed, orderPrefix), plainName(typed)])].filter((name) => name !== "");
}

function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .slice(0, 60);
}
