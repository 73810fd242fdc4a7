/** What a code means for the message, the person and the account. Each meaning is a translation key under `text_problem.`. */
export type TextProblem =
  | "invalid_number"
  | "not_mobile"
  | "unreachable"
  | "unknown_handset"
  | "country_not_enabled"
  | "not_routable"
  | "filtered"
  | "not_registered"
  | "stopped"
  | "expired"
  | "outside_window"
  | "bad_template"
  | "bad_content"
  | "busy"
  | "bad_credentials"
  | "account_suspended"
  | "no_funds"
  | "bad_sender"
  | "other";

type Verdict = "rejected" | "stopped" | "closed" | "later";

interface Meaning {
  problem: TextProblem;
  /** What an answer with this code means; callbacks only use the problem. */
  verdict: Verdict;
  /** The number will never take a text: writing to it again is only expense. */
  deadNumber?: true;
}

const rejected = (problem: TextProblem, more: { deadNumber?: true } = {}): Meaning => ({
  problem,
  verdict: "rejected",
  ...more,
});
const closed = (problem: TextProblem): Meaning => ({ problem, verdict: "closed" });
const later = (problem: TextProblem): Meaning => ({ problem, verdict: "later" });

/**
 * Twilio's codes, from answers (2xxxx) and from status callbacks (3xxxx, 6xxxx).
 * Source: https://www.twilio.com/docs/api/errors, one page for each code; from memory of them, not confirmed by traffic.
 */
const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  [20003, closed("bad_credentials")],
  [20005, closed("account_suspended")],
  [20008, closed("bad_credentials")],
  [20429, later("busy")],
  [14107, later("busy")],
  [21211, rejected("invalid_number")],
  [21212, closed("bad_sender")],
  [21217, rejected("invalid_number")],
  [21401, rejected("invalid_number")],
  [21408, rejected("country_not_enabled")],
  [21421, rejected("invalid_number")],
  [21602, rejected("bad_content")],
  [21603, closed("bad_sender")],
  [21604, rejected("invalid_number")],
  [21606, closed("bad_sender")],
  [21610, { problem: "stopped", verdict: "stopped" }],
  [21611, later("busy")],
  [21612, rejected("not_routable")],
  [21614, rejected("not_mobile", { deadNumber: true })],
  [21617, rejected("bad_content")],
  [21635, rejected("not_mobile", { deadNumber: true })],
  [21655, rejected("bad_template")],
  [21656, rejected("bad_template")],
  [21659, closed("bad_sender")],
  [21660, closed("bad_sender")],
  [21701, closed("bad_sender")],
  [21703, closed("bad_sender")],
  [21910, rejected("bad_content")],
  [30001, later("busy")],
  [30002, closed("account_suspended")],
  [30003, rejected("unreachable")],
  [30004, rejected("filtered")],
  [30005, rejected("unknown_handset", { deadNumber: true })],
  [30006, rejected("not_mobile", { deadNumber: true })],
  [30007, rejected("filtered")],
  [30008, rejected("other")],
  [30032, rejected("not_registered")],
  [30034, rejected("not_registered")],
  [30036, rejected("expired")],
  [63003, rejected("unreachable")],
  [63007, closed("bad_sender")],
  [63016, rejected("outside_window")],
  [63024, rejected("invalid_number")],
  [90010, closed("no_funds")],
]);

/** The meaning of a code; one we have not met is `other`, and the message is not taken. */
export function meaningOf(code: number): Meaning {
  return MEANINGS.get(code) ?? rejected("other");
}

/** "invalid_number (Twilio 21211)": what is kept with the message, readable and searchable. */
export function reasonOf(code: number): string {
  return `${meaningOf(code).problem} (Twilio ${code})`;
}

/** The problem and the code of a kept reason; null for one that does not come from here. */
export function readReason(reason: string): { problem: string; code: number } | null {
  const match = /^([a-z_]+) \(Twilio (\d+)\)$/.exec(reason);
  return match ? { problem: match[1] ?? "", code: Number(match[2]) } : null;
}
