import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { showToast } from "#app/components/app-bridge.ts";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { useAnswer } from "#app/components/use-answer.ts";

interface Answer {
  kind: string;
  problems?: Record<string, string>;
}

export interface DraftState<Value> {
  value: Value;
  dirty: boolean;
  busy: boolean;
  change(part: Partial<Value>): void;
  /** What is wrong with a field, in words; undefined where nothing is. */
  problem(path: string): string | undefined;
  /** Something below the path is wrong. */
  hasProblem(path: string): boolean;
  save(): void;
  discard(): void;
}

/** A part of the rules while it is changed: saved as a draft, and sent to nobody before it is published. */
export function useDraft<Value extends object>(saved: Value, fields: Record<string, string>): DraftState<Value> {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<Answer>();
  const [value, setValue] = useState(saved);
  const stored = JSON.stringify(saved);
  useEffect(() => setValue(JSON.parse(stored) as Value), [stored]);
  useAnswer(fetcher, ({ kind }) => {
    if (kind === "saved") showToast(texts("draft.saved"));
  });
  const problems = fetcher.data?.problems ?? {};
  return {
    value,
    dirty: JSON.stringify(value) !== stored,
    busy: fetcher.state !== "idle",
    change: (part) => setValue((before) => ({ ...before, ...part })),
    problem: (path) => {
      const found = problems[path];
      return found ? textOf("rules_problem", found, "rules_problem.invalid") : undefined;
    },
    hasProblem: (path) => Object.keys(problems).some((found) => found === path || found.startsWith(`${path}.`)),
    save: () => fetcher.submit({ ...fields, value: JSON.stringify(value) }, { method: "post" }),
    discard: () => setValue(JSON.parse(stored) as Value),
  };
}
