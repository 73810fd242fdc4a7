import { afterAll, beforeAll } from "vitest";

/**
 * Opens something before the first test of the file and closes it after the last one; its properties are there from the
 * first test on. Two of them are opened in the order in which they are kept, and closed in the opposite one. It is a copy:
 * what a test sets on it is not seen by what was opened.
 */
export function keepOpen<Kept extends { close(): Promise<void> }>(open: () => Promise<Kept>): Kept {
  const kept = {} as Kept;
  beforeAll(async () => void Object.assign(kept, await open()));
  afterAll(() => kept.close());
  return kept;
}
