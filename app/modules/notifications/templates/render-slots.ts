import { Liquid, type Template } from "liquidjs";
import type { Locale } from "#app/lib/i18n.ts";
import { checkVariables } from "./check-variables.ts";
import { registerFilters } from "./liquid-filters.ts";
import { LIQUID_LIMITS } from "./liquid-limits.ts";
import { readLiquidError } from "./read-liquid-error.ts";
import type { Slot, SlotAnswer, SlotProblem, SlotRequest } from "./slot-request.ts";

/** No other file is within reach of a template, and a table makes HTML where the result is text. */
const REMOVED_TAGS = ["include", "render", "layout", "block", "tablerow"];
const MAX_PARSED = 400;
const MAX_PARSED_CHARACTERS = 1_000_000;

/** Renders texts of messages with one engine per language, and remembers what it has parsed. */
export class SlotRenderer {
  readonly #engines = new Map<Locale, Liquid>();
  readonly #parsed = new Map<string, Template[]>();
  #characters = 0;

  /** Every slot by itself: one that fails is missing from the answer and named among its problems. */
  render(request: SlotRequest): SlotAnswer {
    const answer: SlotAnswer = { texts: {}, problems: [] };
    let characters = 0;
    for (const slot of request.slots.slice(0, LIQUID_LIMITS.slots)) {
      characters += slot.source.length;
      if (characters > LIQUID_LIMITS.parse) answer.problems.push(tooLarge(slot.name));
      else this.#renderSlot(slot, request, answer);
    }
    return answer;
  }

  #renderSlot({ name, source }: Slot, request: SlotRequest, answer: SlotAnswer): void {
    if (!source.includes("{")) {
      answer.texts[name] = source;
      return;
    }
    const engine = this.#engineFor(request.locale);
    try {
      const templates = this.#parse(engine, request.locale, source);
      if (request.check) answer.problems.push(...checkVariables(engine, templates, name));
      const { currency, now, zone } = request;
      const text = engine.renderSync(templates, request.scope, {
        globals: { currency, now, zone },
        templateLimit: LIQUID_LIMITS.templates,
      }) as string;
      // A text far too long is a rope of pieces: asking for its length does not put it together, cutting it would.
      if (text.length > LIQUID_LIMITS.output) answer.problems.push(tooLarge(name));
      else answer.texts[name] = text;
    } catch (error) {
      answer.problems.push(readLiquidError(error, name));
    }
  }

  #parse(engine: Liquid, locale: Locale, source: string): Template[] {
    const key = `${locale}\n${source}`;
    const known = this.#parsed.get(key);
    if (known) return known;
    const templates = engine.parse(source);
    if (this.#parsed.size >= MAX_PARSED || this.#characters + source.length > MAX_PARSED_CHARACTERS) {
      this.#parsed.clear();
      this.#characters = 0;
    }
    this.#parsed.set(key, templates);
    this.#characters += source.length;
    return templates;
  }

  #engineFor(locale: Locale): Liquid {
    const known = this.#engines.get(locale);
    if (known) return known;
    const engine = createEngine(locale);
    this.#engines.set(locale, engine);
    return engine;
  }
}

function createEngine(locale: Locale): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    dynamicPartials: false,
    relativeReference: false,
    templates: {},
    locale,
    parseLimit: LIQUID_LIMITS.parse,
    renderLimit: LIQUID_LIMITS.render,
    memoryLimit: LIQUID_LIMITS.memory,
  });
  for (const tag of REMOVED_TAGS) Reflect.deleteProperty(engine.tags, tag);
  registerFilters(engine, locale);
  return engine;
}

function tooLarge(slot: string): SlotProblem {
  return { slot, severity: "error", code: "too_large", line: 1, column: 1, word: "", message: "" };
}
