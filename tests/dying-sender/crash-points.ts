/** Where a sender dies, in the order of a message's way. The last two of `AT_PROVIDER` are the provider's doing. */
export const CRASH_POINTS = [
  "before the claim",
  "after the claim",
  "after the re-check",
  "before rendering",
  "after rendering",
  "after the attempt is recorded",
  "before the turn",
  "before the request",
  "request arrived, no answer yet",
  "answer lost",
  "after the answer, before the commit",
  "after the commit",
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** What a dying sender is told. */
export interface Fate {
  databaseUrl: string;
  providerUrl: string;
  channel: "email" | "sms";
  point: CrashPoint;
  /** Dies when it passes the point for the n-th time, from 1. */
  pass: number;
  maxMails: number;
}
