import type { SuppressionRule } from "../message-decision.ts";
import type { StaffMail } from "./staff-mail.ts";

/** What is decided about a mail that lists things for staff. */
export interface StaffRowWish {
  shopId: string;
  id: string;
  kind: string;
  businessKey: string;
  /** Civil day, for what comes once a day. */
  occurrence?: string;
  /** Null where there is nobody to tell, or nothing. */
  recipient: string | null;
  urgency: number;
  rulesNumber: number;
  evidence: Readonly<Record<string, string | number>>;
  /** What keeps it back; null when it goes out at once. */
  rule: SuppressionRule | null;
  staffMail: StaffMail | null;
}

/** The line of the ledger for such a mail: it carries its own content, because no order stands behind it. */
export function staffRow({ rule, staffMail, evidence, ...wish }: StaffRowWish, now: Date) {
  const goes = rule === null && staffMail !== null;
  return {
    ...wish,
    ...{ channel: "email", purpose: "digest", audience: "staff", decidedAt: now, updatedAt: now },
    ...(goes ? { state: "queued", dueAt: now } : { state: "suppressed" }),
    decision: {
      ...{ action: goes ? "send" : "suppress", rule, wait: null, evidence },
      ...(goes ? { staffMail } : {}),
    },
  };
}
