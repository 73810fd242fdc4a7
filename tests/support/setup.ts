import { afterEach, beforeEach, expect } from "vitest";

/*
 * Whatever is written with console.error is a fault that nobody would look at: React's hydration and key warnings, a
 * forgotten debug line. A test that expects one silences it: vi.spyOn(console, "error").mockImplementation(…).
 * Not a mock itself, so that a test's `vi.restoreAllMocks()` does not switch it off.
 */
const original = console.error;
let calls: unknown[][] = [];

beforeEach(() => {
  calls = [];
  console.error = (...values: unknown[]) => {
    calls.push(values);
    original(...values);
  };
});

afterEach(() => {
  console.error = original;
  expect(calls, "console.error stays silent").toEqual([]);
});
