import { claimDue, type Claim } from "./claim-messages.server.ts";
import { recheckClaimed } from "./check-claimed.server.ts";
import type { StoredMessage } from "../message-content.ts";
import type { DispatchReport, MailDispatchDeps } from "./dispatch-deps.ts";
import { allowMails, type Measured } from "./allow-mails.server.ts";
import { settleMessages } from "./finish-messages.server.ts";
import { startWatch } from "./lease-watch.ts";
import { gatherCopies } from "../staff/gather-copies.server.ts";
import { staffMailOf } from "../staff/staff-mail.ts";
import { planRequests } from "./plan-requests.ts";
import { LeaseLostError, recordAttempt } from "./record-attempt.server.ts";
import { type Rendered, renderClaimed } from "./render-claimed.server.ts";
import { sendRequest } from "./send-request.server.ts";
import { holdTurn } from "./shop-turn.server.ts";

/** Takes the due mails of the shop whose turn it is to the provider's answer. @returns false when none is due or can go. */
export async function sendFreshMails(deps: MailDispatchDeps, report: DispatchReport, limit: number): Promise<boolean> {
  const claim = await claimDue(deps, "email", limit);
  if (!claim) return false;
  const measured = await chooseMails(deps, claim, report);
  const rendered = await renderClaimed(deps, { claim, report }, measured);
  const planned = rendered.map((one) => ({ ...one, alone: one.item.row.alone, bytes: one.stored.sealed.length }));
  let went = true;
  for (const request of planRequests(planned, deps.mail.maxMails)) {
    went = (await tryRequest(deps, { claim, report }, request)) && went;
  }
  return went;
}

/** A shop without a sender is passed over for so long; its messages stay where they are. */
const NO_SENDER_FOR_MS = 10 * 60_000;

async function chooseMails(deps: MailDispatchDeps, claim: Claim, report: DispatchReport): Promise<Measured[]> {
  const { shopId } = claim;
  const checked = await recheckClaimed(deps, claim, report);
  if (checked.length === 0) return [];
  return deps.db.forShop(shopId, async (tx) => {
    // What the product writes to the shop's staff is no mail of the shop's: it goes out even where its own sender is closed.
    const { go, waiting: held, gathered } = await gatherCopies(tx, deps.clock, claim, checked);
    report.waiting += held;
    report.dropped += gathered;
    const toStaff = go.filter((row) => staffMailOf(row) !== null);
    const rows = go.filter((row) => !toStaff.includes(row));
    const fromUs = toStaff.map((row): Measured => ({ id: row.id, row, sender: "shared", counted: null }));
    if (rows.length === 0) return fromUs;
    const allowed = await allowMails(deps, tx, { shopId, rows });
    if (allowed.kind === "no_sender") {
      const hold = { forMs: NO_SENDER_FOR_MS, reason: allowed.reason };
      await holdTurn(tx, { shopId, channel: "email" }, hold);
    }
    const waiting = allowed.kind === "allowed" ? allowed.wait : rows;
    const until = allowed.kind === "allowed" ? { dueAt: allowed.until, wait: "warm_up" as const } : {};
    const finals = waiting.map((row) => ({ row, final: { id: row.id, state: "queued" as const, ...until } }));
    await settleMessages(tx, deps.clock, claim, finals);
    report.waiting += finals.length;
    return [...fromUs, ...(allowed.kind === "allowed" ? allowed.go : [])];
  });
}

async function tryRequest(
  deps: MailDispatchDeps,
  { claim, report }: { claim: Claim; report: DispatchReport },
  request: readonly Rendered<Measured>[],
): Promise<boolean> {
  const watch = startWatch(deps);
  const messages = request.map(({ item, stored }) => ({ id: item.row.id, stored }));
  const key = await deps.db
    .forShop(claim.shopId, (tx) =>
      recordAttempt(tx, claim, { provider: deps.mail.provider, messages, limits: deps.limits }),
    )
    .catch(unlessLost);
  // Nothing was tried: what is still there queues again when the lease ends.
  if (key === null) return true;
  return sendRequest(deps, {
    ...{ claim, key, watch, report, first: true },
    mails: request.map(({ stored }) => mailOf(stored)),
    rows: request.map(({ item }, position) => ({ row: item.row, position })),
    counted: request.map(({ item }) => item.counted),
  });
}

function unlessLost(error: unknown): null {
  if (error instanceof LeaseLostError) return null;
  throw error;
}

function mailOf(stored: StoredMessage) {
  if (stored.channel !== "email") throw new TypeError("a text was rendered for the mail channel");
  return stored.mail;
}
