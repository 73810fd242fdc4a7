import type { CarrierError, CarrierErrorKind, CarrierReading, CredentialCause } from "./carrier.ts";
import { withCause } from "./find-cause.ts";

/** A probe for a number that nobody has: these answers prove that the credentials work. */
const PROOF: ReadonlySet<CarrierErrorKind> = new Set(["not_found", "invalid_number", "not_registered"]);

/**
 * What a merchant should check, and what exactly is wrong: `cause` where the carrier's code tells it, `usualCause` where
 * its words may still tell something narrower.
 */
export type Advice =
  string | { words: string; cause: CredentialCause } | { words: string; usualCause: CredentialCause };

/**
 * What a probe says about the credentials: null when they work, else the carrier's error, with words that tell a merchant
 * what to check where the carrier's own do not.
 */
export function explainConnection(
  reading: CarrierReading,
  advice: Partial<Record<CarrierErrorKind, Advice>>,
): CarrierError | null {
  const problem = reading.errors.find((error) => !PROOF.has(error.kind));
  if (!problem || reading.shipments.length > 0) return null;
  const given = advice[problem.kind];
  // The cause is in the carrier's own words: the advice speaks of everything that could be wrong.
  const told = typeof given === "object" && "cause" in given ? { ...problem, cause: given.cause } : withCause(problem);
  if (given === undefined) return told;
  const words = typeof given === "string" ? given : given.words;
  const usual = typeof given === "object" && "usualCause" in given && !told.cause ? { cause: given.usualCause } : {};
  return { ...told, ...usual, message: `${words} (${told.message})`.slice(0, 300) };
}
