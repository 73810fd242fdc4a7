import { z } from "zod";
import { InvalidInputError } from "#app/lib/errors.ts";
import { isGid, toGid } from "#app/lib/ids.ts";

/** What was read, and every field that could not be: a bad detail is reported and left out, it never loses the rest. */
export interface Reading<Value> {
  value: Value;
  /** "line_items[3].price: not an amount of money": paths and reasons, never values. */
  problems: string[];
}

const MAX_ITEMS = 1_000;

/** One object from outside, read field by field; every complaint names the path of the field. */
export class Fields {
  readonly path: string;
  readonly problems: string[];
  readonly source: Readonly<Record<string, unknown>>;

  private constructor(source: Record<string, unknown>, path: string, problems: string[]) {
    this.source = source;
    this.path = path;
    this.problems = problems;
  }

  /** @throws InvalidInputError when the value is not an object. */
  static of(value: unknown, path: string, problems: string[] = []): Fields {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new InvalidInputError(`${path}: expected an object`);
    }
    return new Fields(value as Record<string, unknown>, path, problems);
  }

  /** @throws InvalidInputError naming the path when the field is absent or not what it should be. */
  required<Value>(name: string, schema: z.ZodType<Value>): Value {
    const parsed = schema.safeParse(this.source[name]);
    if (parsed.success) return parsed.data;
    throw new InvalidInputError(`${this.#pathOf(name)}: ${parsed.error.issues[0]?.message ?? "not valid"}`);
  }

  /** Null when the field is absent, null or unreadable; the last is noted. */
  optional<Value>(name: string, schema: z.ZodType<Value>): Value | null {
    if (!this.has(name)) return null;
    const parsed = schema.safeParse(this.source[name]);
    if (parsed.success) return parsed.data;
    this.note(name, parsed.error.issues[0]?.message ?? "not valid");
    return null;
  }

  /** The object under this name; null when there is none. */
  object(name: string): Fields | null {
    if (!this.has(name)) return null;
    try {
      return Fields.of(this.source[name], this.#pathOf(name), this.problems);
    } catch (error) {
      return this.#noteInvalid(error);
    }
  }

  /**
   * The readable members of a list; one that cannot be read is noted and left out. Null when there is no list: the source
   * did not carry it.
   */
  list<Value>(name: string, read: (member: Fields) => Value): Value[] | null {
    if (!this.has(name)) return null;
    const members = this.source[name];
    if (!Array.isArray(members)) return this.note(name, "expected a list");
    if (members.length > MAX_ITEMS) this.note(name, `more than ${MAX_ITEMS} members, the rest is left out`);
    return members.slice(0, MAX_ITEMS).flatMap((member: unknown, index) => {
      try {
        return [read(Fields.of(member, `${this.#pathOf(name)}[${index}]`, this.problems))];
      } catch (error) {
        this.#noteInvalid(error);
        return [];
      }
    });
  }

  has(name: string): boolean {
    return this.source[name] !== undefined && this.source[name] !== null;
  }

  /** Remembers what is wrong with a field, and stands for "nothing read". */
  note(name: string, reason: string): null {
    this.problems.push(`${this.#pathOf(name)}: ${reason}`);
    return null;
  }

  #noteInvalid(error: unknown): null {
    if (!(error instanceof InvalidInputError)) throw error;
    this.problems.push(error.message);
    return null;
  }

  #pathOf(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }
}

/** Text without control characters and lone surrogates (PostgreSQL takes neither), cut at the limit; blank is null. */
export const text = (max: number) =>
  z.string().transform((value) => {
    const clean = value.replace(/[\p{Cc}\p{Cs}]+/gu, " ").trim();
    return clean === "" ? null : [...clean.slice(0, max * 2)].slice(0, max).join("");
  });

/** The same where text must be there. */
export const someText = (max: number) => text(max).pipe(z.string("expected some text"));

/** An instant with its offset, as both of Shopify's APIs write it. */
export const instant = z.iso
  .datetime({ offset: true, error: "expected a time with its offset" })
  .transform((value) => new Date(value));

export const flag = z.boolean();
export const quantity = z.number().int().min(0).max(1_000_000);
export const amount = z.union([z.string(), z.number().transform(String)]);
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, "expected a currency code");
export const countryCode = z.string().regex(/^[A-Z]{2}$/, "expected a country code");

/** A REST id: digits, or a number that JSON has not rounded yet. */
const legacyId = z.unknown().transform((value, context) => {
  if (typeof value === "string" && /^\d{1,25}$/.test(value)) return value;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return String(value);
  const rounded = typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  const message = rounded ? "this id has lost digits on its way: it must be read as text" : "expected an id in digits";
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/**
 * The gid of a REST object: its own `admin_graphql_api_id`, else made from its number.
 * @throws InvalidInputError when neither is there.
 */
export function readRestGid(fields: Fields, type: string): string {
  const own = fields.optional("admin_graphql_api_id", z.string());
  if (own !== null && isGid(own, type)) return own;
  return toGid(type, fields.required("id", legacyId));
}

/** The gid under a REST name such as `order_id`. @throws InvalidInputError */
export function readRestReference(fields: Fields, name: string, type: string): string {
  return toGid(type, fields.required(name, legacyId));
}

/** @throws InvalidInputError when `id` is not a gid of this type. */
export function readGid(fields: Fields, type: string): string {
  return fields.required(
    "id",
    z.string().refine((value) => isGid(value, type), `expected a ${type} gid`),
  );
}
