/**
 * What an order is found by: letters and digits of its name in lower case, without the letters in front. "#1042", "1042" and
 * "EU-1042" are the same to a shopper, whatever prefix the shop has or had; "1042-A" keeps its ending.
 */
export function normaliseOrderName(name: string): string {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .slice(0, 200)
    .replace(/[^\p{L}\p{N}]+/gu, "");
  const withoutPrefix = plain.replace(/^\p{L}+/u, "");
  return withoutPrefix === "" ? plain : withoutPrefix;
}

/** The names to try for what was typed: a prefix with digits in it ("24-") may have been typed or left out. */
export function orderNamesOf(typed: string, orderPrefix: string): string[] {
  const names = [normaliseOrderName(typed), normaliseOrderName(`${orderPrefix}${typed}`)];
  return [...new Set(names)].filter((name) => name !== "");
}
