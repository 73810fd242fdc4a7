import type { AskResend } from "./ask-resend.server.ts";
import type { SuppressionList } from "./suppression-list.ts";

/** Resend's list. Source: `DELETE /suppressions/{email}`, SDK 6.38; the address is enough, and counts without case. */
export function createResendSuppressions(ask: AskResend): SuppressionList {
  return {
    async release(address) {
      const { refusal } = await ask((resend) => resend.suppressions.remove(address.trim().toLowerCase()));
      switch (refusal?.kind) {
        case undefined:
          return "released";
        case "not_found":
          return "not_listed";
        case "no_answer":
          return "no_answer";
        case "exists":
        case "refused":
          return "refused";
      }
    },
  };
}
