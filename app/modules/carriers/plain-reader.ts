import { z } from "zod";

/** What a reader gives for a value that is not of its shape. */
export const MISFIT = Symbol("misfit");

/** Reads one value as its schema would, without the bookkeeping of errors that nobody looks at. */
export type Reader = (value: unknown) => unknown;

const READERS = new WeakMap<z.core.$ZodType, Reader>();

/** Gives a schema the plain function that it stands for. */
export function withReader<T extends z.ZodType>(schema: T, read: Reader): T {
  READERS.set(schema, read);
  return schema;
}

/**
 * The schema as a plain function: the same outputs, several times faster than `safeParse` where objects are made of
 * tolerant fields, and `safeParse` itself where they are not.
 */
export function readerOf(schema: z.core.$ZodType): Reader {
  return plainReader(schema) ?? ((value) => parsed(schema, value));
}

function plainReader(schema: z.core.$ZodType): Reader | null {
  const known = READERS.get(schema);
  if (known) return known;
  const made = makeReader(schema);
  if (made) READERS.set(schema, made);
  return made;
}

function makeReader(schema: z.core.$ZodType): Reader | null {
  if (schema instanceof z.ZodObject) {
    const { catchall, checks, shape } = schema.def;
    return catchall === undefined && (checks ?? []).length === 0 ? objectReader(shape) : null;
  }
  if (schema instanceof z.ZodPipe && schema.def.out instanceof z.ZodTransform) {
    const before = plainReader(schema.def.in);
    const change = schema.def.out.def.transform as (value: unknown) => unknown;
    // One that takes a second argument may report an issue.
    return before && change.length === 1 ? transformReader(before, change) : null;
  }
  return null;
}

function transformReader(before: Reader, change: (value: unknown) => unknown): Reader {
  return (value) => {
    const read = before(value);
    return read === MISFIT ? MISFIT : change(read);
  };
}

interface Field {
  key: string;
  /** Null for a field that only its schema can read, which also knows whether the key may be absent. */
  read: Reader | null;
  alone: z.ZodType;
}

function objectReader(shape: Readonly<Record<string, z.core.$ZodType>>): Reader {
  const fields: Field[] = Object.entries(shape).map(([key, schema]) => {
    return { key, read: plainReader(schema), alone: z.object({ [key]: schema }) };
  });
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return MISFIT;
    const input = value as Record<string, unknown>;
    const output: Record<string, unknown> = {};
    for (const { key, read, alone } of fields) {
      const part = read === null ? parsed(alone, key in input ? { [key]: input[key] } : {}) : read(input[key]);
      if (part === MISFIT) return MISFIT;
      if (read === null) Object.assign(output, part);
      else output[key] = part;
    }
    return output;
  };
}

function parsed(schema: z.core.$ZodType, value: unknown): unknown {
  const result = z.core.safeParse(schema, value);
  return result.success ? result.data : MISFIT;
}
