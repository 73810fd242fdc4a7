import { z } from "zod";

/** What a list of a staff mail is about, the most pressing first. Each is a translation key under `staff.section.`. */
export const STAFF_SECTIONS = [
  "closed",
  "attempted",
  "pickup_ending",
  "exception",
  "suspected_lost",
  "returned",
  "delayed",
  "unshipped",
  "unscanned",
  "stalled",
  "delay_predicted",
  "messages",
  "copies",
] as const;
export type StaffSectionName = (typeof STAFF_SECTIONS)[number];

const line = z.object({
  /** An order, an account: what staff know it by. */
  title: z.string(),
  /** A tracking number, or nothing. */
  detail: z.string(),
  /** A translation key of the mails: `status.exception`, `staff.message.bounced` …; empty = nothing to add. */
  state: z.string(),
  /** Since when; null when nobody knows. */
  since: z.iso.datetime().nullable(),
  /** Page of the app, from `/app`. */
  path: z.string(),
});
export type StaffLine = z.infer<typeof line>;

const section = z.object({
  name: z.enum(STAFF_SECTIONS),
  /** How many there are altogether; lines stand for the worst of them. */
  count: z.number().int(),
  /** How many of them are younger than a day. */
  fresh: z.number().int(),
  lines: z.array(line),
});
export type StaffSection = z.infer<typeof section>;

/**
 * What a mail to staff says, as it was decided: it stands in the ledger with the decision, so that the mail is the same
 * whenever it is made.
 */
const staffMail = z.object({ sections: z.array(section).min(1) });
export type StaffMail = z.infer<typeof staffMail>;

/** Kinds of mails that list things for staff, instead of telling one of them as the shopper's mail does. */
export const DAILY_LIST = "staff_digest";
export const COPIES_LIST = "staff_copies";

/** What a row of the ledger says to staff; null for all other messages. */
export function staffMailOf({ decision }: { decision: unknown }): StaffMail | null {
  const stored = (decision as { staffMail?: unknown } | null)?.staffMail;
  return stored === undefined ? null : (staffMail.safeParse(stored).data ?? null);
}
