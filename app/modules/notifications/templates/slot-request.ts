import type { Locale } from "#app/lib/i18n.ts";

/** One piece of Liquid text that a merchant may have written: the subject, a block's text, an SMS. */
export interface Slot {
  name: string;
  source: string;
}

/** Everything one message needs rendered, so that it costs one trip to the thread and back. Plain data throughout. */
export interface SlotRequest {
  locale: Locale;
  /** ISO 4217, for amounts that come as numbers. */
  currency: string;
  /** ISO 8601: what `now` and `today` mean. */
  now: string;
  /** IANA zone in which instants are written. */
  zone: string;
  scope: Readonly<Record<string, unknown>>;
  slots: readonly Slot[];
  /** Look for variables that do not exist as well: for the editor, never while sending. */
  check?: boolean;
}

export type ProblemCode =
  "syntax" | "unknown_filter" | "unknown_variable" | "too_slow" | "too_large" | "markup" | "maybe_empty";

/** What is wrong with a text, where, and whether it can be sent all the same. */
export interface SlotProblem {
  slot: string;
  severity: "error" | "warning";
  code: ProblemCode;
  /** From 1, in the slot's own text. */
  line: number;
  column: number;
  /** The word at fault: a variable, a filter, a tag. */
  word: string;
  /** In the template language's own words, for what has no code of its own. */
  message: string;
}

export interface SlotAnswer {
  /** Plain text by slot; a slot that could not be rendered is missing. Nothing here is markup: whoever prints it escapes it. */
  texts: Record<string, string>;
  problems: SlotProblem[];
}
