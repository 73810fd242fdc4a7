import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { DispatchLimits, MailDispatchDeps } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import type { MailSender } from "#app/modules/notifications/mail-sender.ts";
import { type OpenDatabase, openDatabase } from "./open-database.ts";
import { dispatchDeps, TRIAL_SENDER } from "./plain-messages.ts";
import { TestClock } from "./test-clock.ts";

/** A database and a clock to send with. */
export interface SendOffice extends OpenDatabase {
  /** Behind the database's own clock: what is due by the one is due by the other. */
  clock: TestClock;
}

export async function openSendOffice(): Promise<SendOffice> {
  return { ...(await openDatabase()), clock: new TestClock("2026-03-02T12:00:00Z") };
}

export const mailDeps = (
  office: { db: Database; clock: Clock },
  mail: MailSender,
  limits: Partial<DispatchLimits> = {},
): MailDispatchDeps => ({ ...dispatchDeps(office, limits), mail, trialSender: TRIAL_SENDER });
