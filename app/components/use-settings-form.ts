import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { showToast } from "./app-bridge.ts";
import { useTextOf, useTexts } from "./texts.tsx";

export type FormValues = Readonly<Record<string, string | boolean>>;

/** What an action answers to a form. */
export interface FormAnswer {
  kind: string;
  problems?: Partial<Record<string, string>>;
  /** The carrier's own words, where one was asked. */
  error?: { kind: string; message: string; cause?: string };
}

export interface SettingsFormState<Values extends FormValues> {
  values: Values;
  dirty: boolean;
  busy: boolean;
  answer: FormAnswer | undefined;
  set(name: keyof Values & string): (value: string | boolean) => void;
  /** The words to stand in red beside a field, or undefined. */
  problem(name: string): string | undefined;
  save(): void;
  discard(): void;
}

/** A form of the settings: what is typed, whether it differs from what is saved, and what is wrong with it. */
export function useSettingsForm<Values extends FormValues>(saved: Values): SettingsFormState<Values> {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<FormAnswer>();
  const [values, setValues] = useState(saved);
  const [touched, setTouched] = useState<readonly string[]>([]);
  const stored = JSON.stringify(saved);
  // What was saved comes back tidied up (spaces, upper case): the form shows that.
  useEffect(() => setValues(JSON.parse(stored) as Values), [stored]);
  const answer = fetcher.data;
  useEffect(() => {
    if (answer?.kind === "saved" || answer?.kind === "connected") showToast(texts("common.saved"));
    setTouched([]);
  }, [answer, texts]);
  const problems = answer?.problems ?? {};
  return {
    values,
    answer,
    dirty: JSON.stringify(values) !== stored,
    busy: fetcher.state !== "idle",
    set: (name) => (value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setTouched((before) => [...before, name]);
    },
    problem: (name) => {
      const fault = problems[name];
      return fault && !touched.includes(name) ? textOf("problem_in", fault, "problem_in.invalid") : undefined;
    },
    save: () => {
      if (fetcher.state !== "idle") return;
      const fields = Object.entries(values).map(([name, value]) => [name, String(value)]);
      fetcher.submit({ ...Object.fromEntries(fields), intent: "save" }, { method: "post" });
    },
    discard: () => setValues(saved),
  };
}
