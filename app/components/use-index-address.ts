import { useSearchParams } from "@remix-run/react";
import { useCallback } from "react";

/** What the list can be asked through its address (index-query). */
export type IndexParameter =
  "tab" | "q" | "carrier" | "country" | "from" | "to" | "problem" | "risk" | "day" | "scan" | "scored" | "cursor";

const KEPT: readonly IndexParameter[] = [
  "tab",
  "q",
  "carrier",
  "country",
  "from",
  "to",
  "problem",
  "risk",
  "day",
  "scan",
  "scored",
];

/** The list's state lives in the address: it can be reloaded, shared and saved. */
export function useIndexAddress() {
  const [parameters, setParameters] = useSearchParams();
  /** Changes some parameters; a change of what is asked begins at the first page again. */
  const change = useCallback(
    (changes: Partial<Record<IndexParameter, string | null>>) => {
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          if (!("cursor" in changes)) after.delete("cursor");
          for (const [name, value] of Object.entries(changes)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: "q" in changes, preventScrollReset: !("cursor" in changes) },
      );
    },
    [setParameters],
  );
  /** Opens a saved view: its question replaces the present one. */
  const open = useCallback(
    (query: string) => {
      const saved = new URLSearchParams(query);
      setParameters((before) => {
        const after = new URLSearchParams(before);
        for (const name of [...KEPT, "cursor"]) after.delete(name);
        for (const name of KEPT) {
          const value = saved.get(name);
          if (value) after.set(name, value);
        }
        return after;
      });
    },
    [setParameters],
  );
  return { change, open, asked: askedQuery(parameters) };
}

/** The question alone, in a fixed order: what a saved view keeps, and by which it is recognised. */
export function askedQuery(parameters: URLSearchParams): string {
  const asked = new URLSearchParams();
  for (const name of KEPT) {
    const value = parameters.get(name);
    if (value && !(name === "tab" && value === "all")) asked.set(name, value);
  }
  return asked.toString();
}
