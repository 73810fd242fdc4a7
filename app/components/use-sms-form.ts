import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { showToast } from "./app-bridge.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { useAnswer } from "./use-answer.ts";

/** What the page about texts answers to a button. */
export interface SmsAnswer {
  kind: string;
  problems?: Partial<Record<string, string>>;
  cause?: string;
  reason?: string;
  problem?: string;
  code?: number | null;
}

export interface SmsFormState {
  values: Readonly<Record<string, string>>;
  busy: boolean;
  answer: SmsAnswer | undefined;
  set(name: string): (value: string) => void;
  /** The words in red beside a field, or undefined; gone as soon as the field is touched. */
  problem(name: string): string | undefined;
  submit(intent: string, more?: Record<string, string>): void;
}

/** A card with fields of its own and a button: its answer stands in the card. */
export function useSmsForm(initial: Readonly<Record<string, string>>, onDone?: () => void): SmsFormState {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<SmsAnswer>();
  const [values, setValues] = useState(initial);
  const [touched, setTouched] = useState<readonly string[]>([]);
  useAnswer(fetcher, (answer) => {
    setTouched([]);
    if (answer.kind !== "saved" && answer.kind !== "connected") return;
    showToast(texts("common.saved"));
    onDone?.();
  });
  const busy = fetcher.state !== "idle";
  return {
    ...{ values, busy, answer: busy ? undefined : fetcher.data },
    set: (name) => (value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setTouched((before) => [...before, name]);
    },
    problem(name) {
      const fault = fetcher.data?.problems?.[name];
      return fault && !touched.includes(name) ? textOf("problem_in", fault, "problem_in.invalid") : undefined;
    },
    submit: (intent, more = {}) => {
      if (!busy) fetcher.submit({ ...values, ...more, intent }, { method: "post" });
    },
  };
}
