import type { Liquid, Template } from "liquidjs";
import type { SlotProblem } from "./slot-request.ts";
import { isKnownVariable, mayBeEmpty } from "./variable-list.ts";

/** What a text reads that does not exist, and what it reads that may be empty without saying what to write instead. */
export function checkVariables(engine: Liquid, templates: Template[], slot: string): SlotProblem[] {
  const { globals } = engine.analyzeSync(templates, { partials: false });
  const guarded = guardedPaths(templates);
  return Object.values(globals)
    .flat()
    .flatMap((variable): SlotProblem[] => {
      const segments = variable.segments.map((part) => (typeof part === "object" ? 0 : part));
      const word = segments.join(".");
      const { row: line, col: column } = variable.location;
      const problem: Omit<SlotProblem, "code"> = { slot, severity: "warning", line, column, word, message: "" };
      if (!isKnownVariable(segments)) return [{ ...problem, code: "unknown_variable" }];
      if (mayBeEmpty(segments) && !guarded.has(word)) return [{ ...problem, code: "maybe_empty" }];
      return [];
    });
}

/** Paths that a text asks about (`if`, `unless`, `case`) or gives a fallback to (`default`). */
function guardedPaths(templates: readonly Template[]): Set<string> {
  const source = templates[0]?.token.input ?? "";
  const paths = new Set<string>();
  for (const [, tag = ""] of source.matchAll(/\{%-?\s*(?:if|elsif|unless|case)\s([^%]{1,500})/g)) {
    for (const [path] of tag.matchAll(/[a-z_]+(?:\.[a-z_]+)+/g)) paths.add(path);
  }
  for (const [, path = ""] of source.matchAll(/\{\{-?\s*([a-z_]+(?:\.[a-z_]+)+)[^}]{0,300}\|\s*default\s*:/g))
    paths.add(path);
  return paths;
}
