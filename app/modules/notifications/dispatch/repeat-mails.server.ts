import type { ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { Mail } from "../mail-sender.ts";
import { type Claim, claimUnanswered, readClaimed } from "./claim-messages.server.ts";
import type { DispatchReport, LedgerRow, MailDispatchDeps } from "./dispatch-deps.ts";
import { type Final, settleMessages } from "./finish-messages.server.ts";
import { startWatch } from "./lease-watch.ts";
import { recordRepetition } from "./record-attempt.server.ts";
import { lookUpRequest, type MailRequest, sendRequest } from "./send-request.server.ts";

/** Takes up one request that was not answered: repeats it to the byte, or looks it up. @returns false when there is none, or it cannot go out now. */
export async function repeatMails(deps: MailDispatchDeps, report: DispatchReport): Promise<boolean> {
  const watch = startWatch(deps);
  const claim = await claimUnanswered(deps, "email");
  if (!claim) return false;
  const found = await deps.db.forShop(claim.shopId, (tx) => load(deps, tx, claim));
  if (!found) return true;
  const { repeatable, ...request } = found;
  const whole: MailRequest = { ...request, claim, watch, report, first: false, counted: [] };
  if (repeatable) return sendRequest(deps, whole);
  await lookUpRequest(deps, whole);
  return true;
}

type Loaded = Pick<MailRequest, "key" | "mails" | "rows"> & { repeatable: boolean };

async function load(deps: MailDispatchDeps, tx: ShopTx, claim: Claim): Promise<Loaded | null> {
  const { shopId } = claim;
  const rows = await withoutLost(deps, tx, { claim, rows: await readClaimed(tx, claim) });
  const key = rows[0]?.batchId;
  if (!key) return null;
  const all = await tx.notification.findMany({ where: { shopId, batchId: key }, orderBy: { batchPosition: "asc" } });
  const mails = all.map((row) => openMail(deps, row));
  const opened = mails.filter((mail) => mail !== null);
  const whole = opened.length === all.length && all.every((row, index) => row.batchPosition === index);
  if (whole && (await keyIsAlive(deps, tx, { shopId, key }))) {
    await recordRepetition(tx, claim);
    const ours = rows.map((row) => ({ row, position: row.batchPosition ?? 0 }));
    return { key, mails: opened, rows: ours, repeatable: true };
  }
  return { key, ...onlyOpened(rows, deps), repeatable: false };
}

/** For the look-up it matters which mail belongs to which message, and no longer where it stood. */
function onlyOpened(rows: readonly LedgerRow[], deps: MailDispatchDeps): Pick<Loaded, "mails" | "rows"> {
  const pairs = rows.flatMap((row) => {
    const mail = openMail(deps, row);
    return mail ? [{ row, mail }] : [];
  });
  return { mails: pairs.map(({ mail }) => mail), rows: pairs.map(({ row }, position) => ({ row, position })) };
}

/** Nothing is repeated for a shop that has left, or for a person whose data were removed, or that cannot be opened. */
async function withoutLost(
  deps: MailDispatchDeps,
  tx: ShopTx,
  { claim, rows }: { claim: Claim; rows: readonly LedgerRow[] },
): Promise<LedgerRow[]> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: claim.shopId }, select: { status: true } });
  const lost = (row: LedgerRow): Omit<Final, "id"> | null => {
    if (shop.status === "uninstalled") return { state: "unknown", error: "uninstalled" };
    if (!row.recipient || row.renderedSealed === null) return { state: "dropped", error: "no_recipient" };
    return openMail(deps, row) ? null : { state: "unknown", error: "unseal" };
  };
  const finals = rows.flatMap((row) => {
    const final = lost(row);
    return final ? [{ row, final: { id: row.id, ...final } }] : [];
  });
  await settleMessages(tx, deps.clock, claim, finals);
  const gone = new Set(finals.map(({ final }) => final.id));
  return rows.filter(({ id }) => !gone.has(id));
}

function openMail(deps: MailDispatchDeps, { shopId, renderedSealed }: LedgerRow): Mail | null {
  if (renderedSealed === null) return null;
  try {
    const content = deps.open({ shopId, channel: "email", renderedSealed });
    return content.channel === "email" ? content.mail : null;
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    return null;
  }
}

async function keyIsAlive(
  { limits }: MailDispatchDeps,
  tx: ShopTx,
  { shopId, key }: { shopId: string; key: string },
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ alive: boolean }[]>`
    SELECT bool_and(first_attempt_at BETWEEN clock_timestamp() - make_interval(secs => ${limits.repeatableMs / 1_000}::float8)
      AND clock_timestamp() + interval '5 minutes') AS alive
    FROM notification WHERE shop_id = ${shopId} AND batch_id = ${key}`;
  return row?.alive ?? false;
}
