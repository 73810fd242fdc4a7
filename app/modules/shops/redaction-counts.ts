/** Rows changed or removed, by what they were. */
export type RedactionCounts = Record<string, number>;
