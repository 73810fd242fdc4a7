import type { CarrierError, CarrierErrorKind, CarrierReading } from "./carrier.ts";
import { withCause } from "./find-cause.ts";

/** A probe for a number that nobody has: these answers prove that the credentials work. */
const PROOF: ReadonlySet<CarrierErrorKind> = new Set(["not_found", "invalid_number", "not_registered"]);

/**
 * What a probe says about the credentials: null when they work, else the carrier's error, with words that tell a merchant
 * what to check where the carrier's own do not.
 */
export function explainConnection(
  reading: CarrierReading,
  advice: Partial<Record<CarrierErrorKind, string>>,
): CarrierError | null {
  const problem = reading.errors.find((error) => !PROOF.has(error.kind));
  if (!problem || reading.shipments.length > 0) return null;
  // The cause is in the carrier's own words: the advice speaks of everything that could be wrong.
  const told = withCause(problem);
  const words = advice[told.kind];
  return words === undefined ? told : { ...told, message: `${words} (${told.message})`.slice(0, 300) };
}
