import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { chooseThresholds } from "./choose-thresholds.server.ts";
import type { Day } from "./civil-day.ts";
import { wishesOf } from "./forecast-wishes.ts";
import type { ForesightDeps } from "./foresight-deps.ts";
import type { ShopLaws } from "./law-book.server.ts";
import { forgetRows, loadLearnt, saveLaw, saveLearnt } from "./law-store.server.ts";
import { learnRow, type NightShare, openNightShare, takeSums } from "./learn-day.ts";
import {
  changedRows,
  firstUnlearntDay,
  hasMore,
  lockNightRows,
  readNightRow,
  writeNightResults,
} from "./night-rows.server.ts";
import { endNight, nextNight } from "./night-schedule.server.ts";
import { addShare, packShare } from "./night-share.ts";
import { withTally } from "./tally.ts";

/** What a run has learnt. */
export interface LearnReport {
  nights: number;
  parcels: number;
  /** False when the time was up: the rest is learnt by the next run. */
  done: boolean;
}

/** Parcels in one statement, and in one transaction; lanes that several shares have are summed up in each. */
const BATCH = 2_000;
const SHARE = 50_000;
/** A run that takes longer makes room for other shops. */
const LONGEST_RUN_MS = 12 * 60_000;
const TRANSACTION_MS = 120_000;
/** A day that was over so long ago is replayed: what would have been said is said now. */
const REPLAY_AFTER_MS = 36 * 3_600_000;

export interface LearnOptions {
  shopId: string;
  /** Parcels in one transaction; memory and locks are bounded by it. */
  share?: number;
}

/**
 * Learns every day of the shop's parcels that is over and was not learnt, one after the other, the oldest first. A night is
 * cut into shares, each a transaction that moves its parcels' clocks and keeps what they add up; the last one puts the
 * shares together into the laws. Killed at any moment and begun again it comes to the same.
 */
export async function learnShop(deps: ForesightDeps, { shopId, share = SHARE }: LearnOptions): Promise<LearnReport> {
  const began = deps.clock.now();
  const report: LearnReport = { nights: 0, parcels: 0, done: false };
  let open: OpenDay | null = null;
  while (deps.clock.now().getTime() - began.getTime() < LONGEST_RUN_MS) {
    const step: ShareReport | null = await deps.db.forShop(
      shopId,
      (tx) => learnShare(tx, deps, { shopId, size: share, began, open }),
      { timeout: TRANSACTION_MS },
    );
    if (!step) {
      report.done = true;
      break;
    }
    report.parcels += step.parcels;
    if (step.closed) report.nights += 1;
    open = step.closed ? null : step;
  }
  await deps.db.forShop(shopId, (tx) => finish(tx, deps, { shopId, done: report.done }));
  return report;
}

/** A day of which this run has learnt a share: the next one begins behind it, with the same laws as they were read. */
interface OpenDay {
  day: Day;
  laws: ShopLaws;
  share: NightShare;
  /** Id of the last parcel. */
  after: string;
}

interface ShareReport extends OpenDay {
  parcels: number;
  closed: boolean;
}

interface ShareInput {
  shopId: string;
  size: number;
  began: Date;
  open: OpenDay | null;
}

async function learnShare(tx: ShopTx, deps: ForesightDeps, input: ShareInput): Promise<ShareReport | null> {
  const { shopId, size, began, open } = input;
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`foresight:${shopId}`}, 0))::text`;
  const day = open?.day ?? (await firstUnlearntDay(tx, shopId, began));
  if (day === null) return null;
  // The laws do not change before the night is over, so every share begins with the same ones.
  const laws = open?.laws ?? (await deps.laws.load(tx, shopId, day));
  const share = open?.share ?? openNightShare({ ...laws, wishes: wishesOf(await loadSettings(tx, shopId)) }, day);
  let [parcels, after, all] = [0, open?.after ?? "", false];
  while (parcels < size && !all) {
    const limit = Math.min(BATCH, size - parcels);
    const lines = await lockNightRows(tx, { shopId, day, after, now: began, limit });
    const results = lines.map((line) => learnRow(share, readNightRow(line), { isReplay: isReplay(day, began) }));
    await writeNightResults(tx, { shopId, day, results, now: began });
    parcels += results.length;
    after = results.at(-1)?.id ?? after;
    all = results.length < limit;
  }
  // The share that takes the day's last parcel closes it: nobody would come back to a day without parcels.
  if (all || !(await hasMore(tx, { shopId, day, after, now: began }))) {
    await closeNight(tx, deps, { shopId, share, laws });
    return { day, laws, share, after, parcels, closed: true };
  }
  await keepShare(tx, deps, { shopId, share });
  return { day, laws, share, after, parcels, closed: false };
}

function isReplay(day: Day, began: Date): boolean {
  return began.getTime() - (day + 1) * 86_400_000 > REPLAY_AFTER_MS;
}

async function keepShare(
  tx: ShopTx,
  { clock }: ForesightDeps,
  { shopId, share }: { shopId: string; share: NightShare },
): Promise<void> {
  const sums = packShare(takeSums(share));
  // Raw: the client would go over megabytes of bytes as text.
  await tx.$executeRaw`
    INSERT INTO night_share (shop_id, day, id, sums) VALUES (${shopId}, ${share.day}, ${newId("nsh", clock)}, ${sums})`;
}

async function closeNight(
  tx: ShopTx,
  { clock }: ForesightDeps,
  { shopId, share, laws }: { shopId: string; share: NightShare; laws: ShopLaws },
): Promise<void> {
  const { day, transit, silence } = share;
  const sums = takeSums(share);
  const kept = await tx.nightShare.findMany({ where: { shopId, day }, select: { id: true } });
  for (const { id } of kept) {
    const one = await tx.nightShare.findUniqueOrThrow({ where: { shopId_day_id: { shopId, day, id } } });
    addShare(sums, one.sums);
  }
  transit.close(sums.transit);
  silence.close(sums.silence);
  await saveLaw(tx, { shopId, law: "transit", rows: changedRows(laws.transit, sums.transit) });
  await saveLaw(tx, { shopId, law: "silence", rows: changedRows(laws.silence, sums.silence) });
  const learntOn = Math.max(day, laws.learntOn ?? day);
  const knowledge = withTally(laws.knowledge, sums.tally, day);
  await saveLearnt(tx, { shopId, learntOn, knowledge, now: clock.now() });
  await tx.nightShare.deleteMany({ where: { shopId, day } });
}

async function finish(
  tx: ShopTx,
  { clock, laws }: ForesightDeps,
  { shopId, done }: { shopId: string; done: boolean },
): Promise<void> {
  const now = clock.now();
  const { learntOn, knowledge } = await loadLearnt(tx, shopId);
  if (done && learntOn !== null) {
    await forgetRows(tx, shopId, learntOn);
    const chosen = await chooseThresholds(tx, { shopId, now, holidays: laws.holidays });
    // Which one the history is too short for, the usual one holds again.
    if (JSON.stringify(chosen) !== JSON.stringify(knowledge.chosen))
      await saveLearnt(tx, { shopId, learntOn, knowledge: { ...knowledge, chosen }, now });
  }
  const shop = await tx.shop.findUnique({ where: { id: shopId }, select: { timezone: true } });
  await endNight(tx, { shopId, dueAt: done ? nextNight(shop?.timezone ?? null, now) : now, now });
}
