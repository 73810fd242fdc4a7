/** One GraphQL document of the app: a template literal that starts with `#graphql`. */
export interface FoundDocument {
  file: string;
  line: number;
  /** Name of the constant it is assigned to; fragments are interpolated by it. */
  constant: string | null;
  /** With interpolated fragments put in. */
  text: string;
  /** `# bulk` inside: the text of a bulk query, which has rules of its own. */
  bulk: boolean;
  /** `# scopes: write_orders`: what Shopify demands although the scope map is silent (it looks at the id's resource). */
  scopes: string[];
}

const LITERAL = /(?:const\s+(\w+)[^=;`]*=\s*)?`#graphql\s((?:[^`\\]|\\[\s\S])*)`/g;
const INTERPOLATION = /\$\{\s*(\w+)\s*\}/g;
/** GraphQL that does not carry the mark would escape every check. */
const UNMARKED = /`\s*(?:query|mutation|subscription|fragment)\s+\w+[^`]*\{/g;

/** Finds the documents of some sources; fragments may live in other files than the operations that use them. */
export function collectDocuments(sources: ReadonlyMap<string, string>): {
  documents: FoundDocument[];
  problems: string[];
} {
  const raw = [...sources].flatMap(([file, source]) =>
    [...source.matchAll(LITERAL)].map((match) => ({
      file,
      line: source.slice(0, match.index).split("\n").length,
      constant: match[1] ?? null,
      text: match[2] ?? "",
    })),
  );
  const problems = [...sources].flatMap(([file, source]) =>
    [...source.matchAll(UNMARKED)].map((match) => {
      const line = source.slice(0, match.index).split("\n").length;
      return `${file}:${line} looks like GraphQL; start the template with #graphql so that it is checked`;
    }),
  );
  const texts = new Map(raw.flatMap(({ constant, text }) => (constant ? [[constant, text] as const] : [])));
  const documents = raw.map((found): FoundDocument => {
    const parts = new Set<string>();
    const missing = expand(found.text, { texts, parts });
    problems.push(
      ...missing.map((name) => `${found.file}:${found.line} puts in ${name}, which is no #graphql constant`),
    );
    const text = [found.text.replace(INTERPOLATION, ""), ...parts].join("\n");
    return { ...found, text, bulk: /^\s*#\s*bulk\s*$/m.test(found.text), scopes: scopesOf(found.text) };
  });
  return { documents, problems };
}

interface Expansion {
  texts: ReadonlyMap<string, string>;
  /** Interpolated texts, each once: a fragment that two others use is not a duplicate. */
  parts: Set<string>;
}

function expand(text: string, expansion: Expansion): string[] {
  const missing: string[] = [];
  for (const [, name = ""] of text.matchAll(INTERPOLATION)) {
    const part = expansion.texts.get(name);
    if (part === undefined) missing.push(name);
    else {
      const clean = part.replace(INTERPOLATION, "");
      if (expansion.parts.has(clean)) continue;
      expansion.parts.add(clean);
      missing.push(...expand(part, expansion));
    }
  }
  return missing;
}

function scopesOf(text: string): string[] {
  const line = /^\s*#\s*scopes:(.*)$/m.exec(text)?.[1] ?? "";
  return line.split(/[\s,]+/).filter((scope) => scope !== "");
}
