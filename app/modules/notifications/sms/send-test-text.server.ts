import { randomToken, sha256 } from "#app/lib/crypto.server.ts";
import { newId } from "#app/lib/ids.ts";
import { withinLimit } from "#app/lib/rate-limit.server.ts";
import type { TextMessage, TextOutcome } from "../channels/sms-sender.ts";
import { readReason } from "../channels/twilio-codes.ts";
import { type Final, finishMessages } from "../dispatch/finish-messages.server.ts";
import { cleanLine } from "../templates/clean-text.ts";
import { sealRendered } from "../templates/seal-rendered.server.ts";
import { readPhone } from "./phone-number.ts";
import { createSmsSenderOf, type SmsSenderDeps } from "./sms-sender-of.server.ts";

/** What came of a test text. `problem` is a translation key under `text_problem.`. */
export type TestTextOutcome =
  | { kind: "sent"; to: string }
  | { kind: "invalid"; problems: { testTo: "phone" | "required" } }
  | { kind: "not_sent"; problem: string; code: number | null };

export interface TestText {
  shopId: string;
  /** As typed. */
  to: string;
  body: string;
  /** SMS when left out. */
  channel?: "sms" | "whatsapp";
  /** WhatsApp: the approved template instead of the body. */
  content?: TextMessage["content"];
  /** The message whose text is tried out; left out for the account as such. */
  kind?: string;
  locale: string;
}

const TESTS_PER_HOUR = 10;
/** What a test of the account stands under in the log: a translation key under `kind.`. */
const ACCOUNT_TEST = "sms_account_test";
const LEASE_SECONDS = 120;

/**
 * One text to the merchant's own number, before the channel is switched on or afterwards. It stands in the ledger like
 * every other, from before it is tried: its purpose is `test`.
 */
export async function sendTestText(deps: SmsSenderDeps, test: TestText): Promise<TestTextOutcome> {
  const { db, clock } = deps;
  const { shopId, to, body } = test;
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
  const { channel = "sms", content } = test;
  const address = channel === "whatsapp" ? `whatsapp:${phone.e164}` : phone.e164;
  const text = { to: address, body, validForSeconds: 7_200, ...(content ? { content } : {}) };
  const claim = await record(deps, { test, text, provider: sender.provider, countryCode: phone.country });
  const outcome = await sender.send(text, claim.id);
  await db.forShop(shopId, (tx) => finishMessages(tx, clock, claim, [{ id: claim.id, ...finalOf(outcome) }]));
  return answerOf(outcome, phone.e164);
}

interface Recording {
  test: TestText;
  text: TextMessage;
  provider: string;
  /** Of the number. */
  countryCode: string;
}

/** The attempt is in the ledger before it is made, under a lease: whoever finds it later looks it up and repeats nothing. */
async function record({ db, clock, keys }: SmsSenderDeps, { test, text, provider, countryCode }: Recording) {
  const { shopId, kind = ACCOUNT_TEST, locale, channel = "sms" } = test;
  const [id, token] = [newId("ntf", clock), randomToken()];
  const now = clock.now();
  const plain = JSON.stringify(text);
  await db.forShop(shopId, async (tx) => {
    await tx.notification.create({
      data: {
        ...{ shopId, id, kind, locale, provider, channel, purpose: "test", audience: "staff", state: "sending" },
        ...{
          businessKey: `test:${id}`,
          recipient: text.to.replace(/^whatsapp:/, ""),
          urgency: 0,
          subject: cleanLine(text.body, 160),
        },
        ...{ dueAt: now, decidedAt: now, updatedAt: now, decision: { action: "send", by: "test" } },
        ...{ attempts: 1, batchId: randomToken(), batchPosition: 0, leaseToken: token },
        countryCode,
        renderedSealed: sealRendered(keys, shopId, plain),
        contentHash: sha256(plain),
      },
    });
    await tx.$executeRaw`
      UPDATE notification SET first_attempt_at = clock_timestamp(), last_attempt_at = clock_timestamp(),
        leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::float8)
      WHERE shop_id = ${shopId} AND id = ${id}`;
  });
  return { shopId, id, token };
}

/** A test is not repeated by itself: whoever waits for it presses again. */
function finalOf(outcome: TextOutcome): Omit<Final, "id"> {
  switch (outcome.kind) {
    case "accepted":
      return { state: "sent", providerId: outcome.providerId, segments: outcome.segments };
    case "rate_limited":
      return { state: "failed", error: "rate limited" };
    case "unknown":
      return { state: "unknown", error: outcome.reason };
    case "channel_closed":
    case "stopped":
    case "rejected":
      return { state: "failed", error: outcome.reason };
  }
}

function answerOf(outcome: TextOutcome, to: string): TestTextOutcome {
  switch (outcome.kind) {
    case "accepted":
      return { kind: "sent", to };
    case "rate_limited":
      return { kind: "not_sent", problem: "busy", code: null };
    case "unknown":
      return { kind: "not_sent", problem: "no_answer", code: null };
    case "channel_closed":
    case "stopped":
    case "rejected": {
      if (outcome.reason === "no_whatsapp_sender") return { kind: "not_sent", problem: outcome.reason, code: null };
      const read = readReason(outcome.reason);
      return { kind: "not_sent", problem: read?.problem ?? "other", code: read?.code ?? null };
    }
  }
}
