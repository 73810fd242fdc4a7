import { LiquidError } from "liquidjs";
import { errorMessage } from "#app/lib/errors.ts";
import type { ProblemCode, SlotProblem } from "./slot-request.ts";

const MAX_MESSAGE = 200;

/** What the template language complains about, as a problem with a place. */
export function readLiquidError(error: unknown, slot: string): SlotProblem {
  const text = errorMessage(error).split("\n")[0] ?? "";
  const message = text.replace(/, line:\d+, col:\d+$/, "").slice(0, MAX_MESSAGE);
  const [line = 1, column = 1] = LiquidError.is(error) ? placeOf(error) : [];
  const filter = /undefined filter: (\S+)/.exec(message)?.[1];
  const word = filter ?? /"([^"]{1,60})"/.exec(message)?.[1] ?? "";
  return { slot, severity: "error", code: codeOf(message, filter), line, column, word, message };
}

function placeOf(error: LiquidError): number[] {
  const { token } = error as unknown as { token?: { getPosition?: () => number[] } };
  return token?.getPosition?.() ?? [];
}

function codeOf(message: string, filter: string | undefined): ProblemCode {
  if (filter) return "unknown_filter";
  if (/(template|time|render) .*limit exceeded/i.test(message)) return "too_slow";
  if (/limit exceeded|invalid string length|maximum call stack/i.test(message)) return "too_large";
  return "syntax";
}
