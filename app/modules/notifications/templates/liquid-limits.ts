/**
 * What one message may cost. The figures are the reference's (measured: a range of 10^9 ends after 16 ms, three nested
 * loops at the limit of time). The thread's own watch ends what none of these can see, such as a slow regular expression.
 */
export const LIQUID_LIMITS = {
  /** Characters of all texts of one message. */
  parse: 100_000,
  /** Milliseconds for each text. */
  render: 150,
  /** Objects and characters made while rendering. */
  memory: 1_000_000,
  /** Tags and outputs rendered. */
  templates: 10_000,
  /** Characters that one text may become. */
  output: 20_000,
  slots: 150,
} as const;
