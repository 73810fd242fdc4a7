/** Nested messages as flat keys: `{a: {b: "x"}}` becomes `a.b → x`. Anything that is not text is listed as a problem. */
export function flattenMessages(json: unknown): { texts: Map<string, string>; problems: string[] } {
  const texts = new Map<string, string>();
  const problems: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === "string") texts.set(key, value);
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) visit(inner, key === "" ? name : `${key}.${name}`);
    } else problems.push(`${key || "the file"} is neither text nor a group of texts`);
  };
  visit(json, "");
  return { texts, problems };
}
