import type { TemplateEngine } from "../template-engine.server.ts";
import type { ResolvedSlot } from "./mail-slots.ts";
import type { MessageFacts } from "./message-facts.ts";
import { scopeOf } from "./message-scope.ts";
import type { SlotAnswer, SlotProblem, SlotRequest } from "./slot-request.ts";

/** What texts are rendered with, beside the facts. */
export interface TextWorld {
  currency: string;
  /** ISO 8601. */
  now: string;
  /** IANA zone of the shop. */
  zone: string;
}

export interface TextsRequest {
  slots: readonly ResolvedSlot[];
  facts: MessageFacts;
  world: TextWorld;
  /** Look for unknown variables, too. */
  check?: boolean;
}

/**
 * Renders every text of a message in one trip. A text of the merchant's that cannot be rendered is replaced by the
 * product's own: a mistake in a template costs its wording, never the message.
 * @throws RenderBacklogError, RenderThreadError
 */
export async function renderTexts(engine: TemplateEngine, request: TextsRequest): Promise<SlotAnswer> {
  const { slots, facts, world, check = false } = request;
  const base: Omit<SlotRequest, "slots"> = { ...world, locale: facts.locale, scope: scopeOf(facts), check };
  const answer = await engine.render({ ...base, slots: slots.map(({ name, source }) => ({ name, source })) });
  const first = "killed" in answer ? { texts: {}, problems: killedProblems(slots, answer.killed) } : answer;
  const missing = slots.filter(({ name, builtIn, source }) => !(name in first.texts) && builtIn && builtIn !== source);
  if (missing.length === 0) return first;
  const own = await engine.render({
    ...base,
    check: false,
    slots: missing.map(({ name, builtIn }) => ({ name, source: builtIn })),
  });
  return "killed" in own ? first : { texts: { ...own.texts, ...first.texts }, problems: first.problems };
}

/** Nobody knows which of them it was: those that the merchant wrote are named. */
function killedProblems(slots: readonly ResolvedSlot[], killed: "time" | "memory"): SlotProblem[] {
  const code = killed === "time" ? "too_slow" : "too_large";
  return slots
    .filter(({ origin }) => origin !== "built_in")
    .map(({ name }) => ({ slot: name, severity: "error", code, line: 1, column: 1, word: "", message: "" }));
}
