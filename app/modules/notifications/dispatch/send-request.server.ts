import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Mail, MailLookUp, MailOutcome, MailResult } from "../mail-sender.ts";
import type { Claim } from "./claim-messages.server.ts";
import type { DispatchReport, LedgerRow, MailDispatchDeps } from "./dispatch-deps.ts";
import { type Counted, giveBack } from "./day-counts.server.ts";
import { type Final, restUnanswered, settleMessages, unansweredFor } from "./finish-messages.server.ts";
import type { Watch } from "./lease-watch.ts";
import { noteAnswer, takeTurn } from "./send-pace.server.ts";

/** Closed for as long as it does not say itself. */
const CLOSED_FOR_MS = 10 * 60_000;
const LONGEST_BACK_OFF_MS = 60_000;
/** After so long the provider's silence about what it has is final. */
const GIVE_UP_AFTER_MS = 72 * 3_600_000;

/** One request, recorded and ready to go out. */
export interface MailRequest {
  claim: Claim;
  key: string;
  /** Everything that stands in it, in order. */
  mails: readonly Mail[];
  /** Those of its messages that are ours to settle, each with its place. */
  rows: readonly { row: LedgerRow; position: number }[];
  /** Nobody tried it before: what is surely not taken may be recalled, and its places of the day are given back. */
  first: boolean;
  counted: readonly (Counted | null)[];
  /** Runs since before it was recorded. */
  watch: Watch;
  report: DispatchReport;
}

/** Waits for a place, sends the request, and writes down the answer. @returns false when it could not go out now. */
export async function sendRequest(deps: MailDispatchDeps, request: MailRequest): Promise<boolean> {
  const { provider } = deps.mail;
  if (!(await takeTurn(deps, provider, deps.limits))) {
    await handBack(deps, request);
    return false;
  }
  // Another worker may have it by now.
  if (request.watch.over()) return false;
  const { outcome, pace } = await deps.mail.send(request.mails, request.key);
  const answered = outcome.kind !== "unknown";
  if (outcome.kind === "channel_closed") {
    const forMs = Math.max(CLOSED_FOR_MS, (outcome.retryAfterSeconds ?? 0) * 1_000);
    deps.log.error({ provider, reason: outcome.reason }, "mail channel closed");
    await noteAnswer(deps, provider, { answered, pace, closed: { reason: outcome.reason, forMs } });
  } else {
    const asked = outcome.kind === "rate_limited" ? outcome.retryAfterSeconds : 0;
    const holdSeconds = Math.max(asked, pace.holdSeconds);
    await noteAnswer(deps, provider, { answered, pace: { ...pace, holdSeconds } });
  }
  await settle(deps, request, outcome);
  return true;
}

/** Nothing was sent: the first attempt is undone, a repetition rests. */
function handBack(deps: MailDispatchDeps, request: MailRequest): Promise<void> {
  return settle(deps, request, { kind: "rate_limited", retryAfterSeconds: 1 });
}

async function settle(deps: MailDispatchDeps, request: MailRequest, outcome: MailOutcome): Promise<void> {
  if (outcome.kind === "key_taken") return lookUpRequest(deps, request);
  const { claim } = request;
  await deps.db.forShop(claim.shopId, async (tx) => {
    switch (outcome.kind) {
      case "answered":
        return finish(tx, deps.clock, request, (position) => fromResult(outcome.results[position]));
      case "refused":
        return finish(tx, deps.clock, request, () =>
          request.mails.length === 1
            ? { state: "failed", error: outcome.reason }
            : { state: "queued", error: outcome.reason, alone: true },
        );
      case "rate_limited":
        return notTaken(tx, deps, request, { milliseconds: outcome.retryAfterSeconds * 1_000, error: "rate limited" });
      case "channel_closed":
        return notTaken(tx, deps, request, { milliseconds: LONGEST_BACK_OFF_MS, error: outcome.reason });
      case "unknown":
        request.report.unanswered += request.rows.length;
        return restUnanswered(tx, claim, { milliseconds: backOff(deps, request), error: outcome.reason });
    }
  });
}

type Outcome = Omit<Final, "id">;

function fromResult(result: MailResult | undefined): Outcome {
  if (result?.kind === "accepted") return { state: "sent", providerId: result.providerId };
  return { state: "failed", error: result?.reason ?? "no result" };
}

async function finish(
  tx: ShopTx,
  clock: Clock,
  { claim, rows, report }: MailRequest,
  outcomeOf: (position: number) => Outcome,
): Promise<void> {
  const finals = rows.map(({ row, position }) => ({ row, final: { id: row.id, ...outcomeOf(position) } }));
  await settleMessages(tx, clock, claim, finals);
  for (const { final } of finals) {
    if (final.state === "queued") report.waiting += 1;
    else if (final.state !== "dropped") report[final.state] += 1;
  }
}

async function notTaken(
  tx: ShopTx,
  { clock }: MailDispatchDeps,
  request: MailRequest,
  rest: { milliseconds: number; error: string },
): Promise<void> {
  if (!request.first) return restUnanswered(tx, request.claim, rest);
  await finish(tx, clock, request, () => ({ state: "queued", error: rest.error }));
  await giveBack(tx, request.claim.shopId, request.counted);
}

function backOff({ limits }: MailDispatchDeps, { rows }: MailRequest): number {
  const attempts = Math.max(0, ...rows.map(({ row }) => row.attempts));
  return Math.min(LONGEST_BACK_OFF_MS, limits.backOffMs * 2 ** Math.min(attempts, 20));
}

/**
 * The request cannot be repeated: its key has run out, or its bytes have. What the provider has is sent; what it surely
 * does not have queues again; what nobody can tell is parked until the provider's own events tell.
 */
export async function lookUpRequest(deps: MailDispatchDeps, request: MailRequest): Promise<void> {
  const { claim, rows, mails } = request;
  const ours = rows.flatMap(({ row, position }) => (mails[position] ? [{ row, mail: mails[position] }] : []));
  const since = new Date(Math.min(...rows.map(({ row }) => (row.firstAttemptAt ?? row.decidedAt).getTime())) - 300_000);
  const answers = await deps.mail.find(
    ours.map(({ mail }) => mail),
    since,
    () => takeTurn(deps, deps.mail.provider, deps.limits),
  );
  await deps.db.forShop(claim.shopId, async (tx) => {
    const ages = await unansweredFor(tx, claim);
    const finals = ours.flatMap(({ row }, index) => {
      const final = fromLookUp(answers[index], ages.get(row.id) ?? 0);
      return final ? [{ row, final: { id: row.id, ...final } }] : [];
    });
    await settleMessages(tx, deps.clock, claim, finals);
    for (const { final } of finals) {
      if (final.state === "sent" || final.state === "unknown") request.report[final.state] += 1;
    }
    await restUnanswered(tx, claim, { milliseconds: 10 * LONGEST_BACK_OFF_MS, error: "not looked up yet" });
  });
}

function fromLookUp(answer: MailLookUp | undefined, age: number): Outcome | null {
  switch (answer?.kind) {
    case "found":
      return { state: "sent", providerId: answer.providerId };
    case "not_found":
      return { state: "queued", error: "surely not taken" };
    case "undecided":
      return { state: "unknown", error: "unanswered for a day" };
    default:
      return age > GIVE_UP_AFTER_MS ? { state: "unknown", error: "unanswered for days" } : null;
  }
}
