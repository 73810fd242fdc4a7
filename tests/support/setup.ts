import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

/*
 * Whatever is written with console.error or console.warn is a fault nobody looks at: React's key and hydration warnings,
 * Node's deprecations of ours, a forgotten debug line. A test that expects one spies on it itself.
 */
const methods = ["error", "warn"] as const;
let spies: MockInstance[] = [];

beforeEach(() => {
  spies = methods.map((method) => vi.spyOn(console, method));
});

afterEach(() => {
  const calls = spies.flatMap((spy) => spy.mock.calls);
  for (const spy of spies) spy.mockRestore();
  spies = [];
  expect(calls, "the console stays silent").toEqual([]);
});
