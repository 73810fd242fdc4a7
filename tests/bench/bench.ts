/** One line of a benchmark's table. */
export interface BenchRow {
  label: string;
  value: number;
  unit: string;
}

/** What a benchmark measured, beside a limit measured in the same run on the same machine. */
export interface BenchResult {
  name: string;
  rows: BenchRow[];
  /** The figure that may be compared between machines. */
  ratio?: { label: string; value: number; limit: number; better: "higher" | "lower" };
}
