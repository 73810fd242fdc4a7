import type { BenchResult } from "./bench.ts";

export function run(): Promise<BenchResult> {
  return Promise.reject(new Error("unwritten"));
}
