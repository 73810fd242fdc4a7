import { withinLimit } from "#app/lib/rate-limit.server.ts";
import { readReason } from "../channels/twilio-codes.ts";
import { readPhone } from "./phone-number.ts";
import { createSmsSenderOf, type SmsSenderDeps } from "./sms-sender-of.server.ts";

/** What came of a test text. `problem` is a translation key under `text_problem.`. */
export type TestTextOutcome =
  | { kind: "sent" }
  | { kind: "invalid"; problems: { testTo: "phone" | "required" } }
  | { kind: "not_sent"; problem: string; code: number | null };

export interface TestText {
  shopId: string;
  /** As typed. */
  to: string;
  body: string;
}

const TESTS_PER_HOUR = 10;

/** One text to the merchant's own number, before the channel is switched on or afterwards. */
export async function sendTestText(deps: SmsSenderDeps, { shopId, to, body }: TestText): Promise<TestTextOutcome> {
  const { db, clock } = deps;
  if (to.trim() === "") return { kind: "invalid", problems: { testTo: "required" } };
  const { countryCode } = await db.forShop(shopId, (tx) =>
    tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { countryCode: true } }),
  );
  const phone = readPhone(to, { country: countryCode });
  if (!phone.ok) return { kind: "invalid", problems: { testTo: "phone" } };
  const rule = { name: "sms.test", of: shopId, limit: TESTS_PER_HOUR, windowSeconds: 3_600 };
  if (!(await withinLimit({ db, clock }, shopId, rule))) return { kind: "not_sent", problem: "busy", code: null };
  const senderOf = createSmsSenderOf(deps, { evenOff: true });
  const sender = await db.forShop(shopId, (tx) => senderOf(tx, shopId));
  if ("closed" in sender) return { kind: "not_sent", problem: "bad_credentials", code: null };
  const outcome = await sender.send({ to: phone.e164, body, validForSeconds: 7_200 });
  switch (outcome.kind) {
    case "accepted":
      return { kind: "sent" };
    case "rate_limited":
      return { kind: "not_sent", problem: "busy", code: null };
    case "unknown":
      return { kind: "not_sent", problem: "no_answer", code: null };
    case "channel_closed":
    case "stopped":
    case "rejected": {
      const read = readReason(outcome.reason);
      return { kind: "not_sent", problem: read?.problem ?? "other", code: read?.code ?? null };
    }
  }
}
