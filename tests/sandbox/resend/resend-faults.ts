import { seededRandom } from "../world/seeded-random.ts";

/**
 * What can go wrong with a send: `rate_limited` = 429 and `server_error` = 500, nothing accepted; `hang` = nothing accepted
 * and the connection stays silent for `hangMs`, then dies; `late_answer` = accepted at once, answered after `hangMs`;
 * `accepted_then_reset` = accepted, and the connection dies instead of the answer.
 */
export const RESEND_FAULTS = ["rate_limited", "server_error", "hang", "late_answer", "accepted_then_reset"] as const;

export type ResendFault = (typeof RESEND_FAULTS)[number];

export type ResendFaultShares = Partial<Record<ResendFault, number>>;

export interface ResendFaults {
  get(): ResendFaultShares;
  /** Share of sends (0–1) per fault, at most 1 in all; `{}` heals. */
  set(shares: ResendFaultShares): void;
  draw(): ResendFault | null;
}

/** Faults drawn from a seeded sequence: same seed and same requests, same faults. */
export function createResendFaults(seed: number): ResendFaults {
  const random = seededRandom(seed);
  let shares: ResendFaultShares = {};
  return {
    get: () => ({ ...shares }),
    set(next) {
      const values = Object.values(next);
      if (values.some((share) => !(share >= 0)) || values.reduce((sum, share) => sum + share, 0) > 1) {
        throw new Error("Fault shares must be 0 to 1 in all.");
      }
      shares = { ...next };
    },
    draw() {
      let rest = random();
      for (const fault of RESEND_FAULTS) {
        rest -= shares[fault] ?? 0;
        if (rest < 0) return fault;
      }
      return null;
    },
  };
}
