/**
 * What came of taking an address off the provider's list. `not_listed`: it was not on it. `refused`: our key may not, and
 * asking again changes nothing. `no_answer`: worth trying again.
 */
export type ReleaseOutcome = "released" | "not_listed" | "refused" | "no_answer";

/**
 * The mail provider's own list of addresses that it delivers nothing to. It belongs to our account as a whole: what one
 * shop takes off it can be written to by all of them, and each shop's own blocks stay as they are.
 */
export interface SuppressionList {
  release(address: string): Promise<ReleaseOutcome>;
}
