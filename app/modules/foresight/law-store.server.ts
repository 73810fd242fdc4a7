import { bytesOf, type ShopTx } from "#app/lib/db.server.ts";
import type { Day } from "./civil-day.ts";
import type { LawSpec, LawState } from "./law.ts";
import { type FactorRow, fromRows, type HazardRow, type LawRows } from "./law-rows.ts";
import { MODEL_VERSION } from "./transit-law.ts";
import { type Knowledge, readKnowledge } from "./tally.ts";

/** How far a shop has learnt, and what it knows beside the laws. */
export interface Learnt {
  learntOn: Day | null;
  knowledge: Knowledge;
}

const LEARNING = "laws";

/** What a shop has learnt; nothing yet where the method has changed since. */
export async function loadLearnt(tx: ShopTx, shopId: string): Promise<Learnt> {
  const row = await tx.learning.findUnique({ where: { shopId_name: { shopId, name: LEARNING } } });
  const current = row?.modelVersion === MODEL_VERSION ? row : null;
  return { learntOn: current?.learntOn ?? null, knowledge: readKnowledge(current?.data ?? {}) };
}

/** Writes how far a shop has learnt and what it knows; the caller's transaction makes it one with the laws. */
export async function saveLearnt(
  tx: ShopTx,
  { shopId, learntOn, knowledge, now }: Learnt & { shopId: string; now: Date },
): Promise<void> {
  const data = { modelVersion: MODEL_VERSION, learntOn, data: knowledge, updatedAt: now };
  const where = { shopId_name: { shopId, name: LEARNING } };
  await tx.learning.upsert({ where, create: { shopId, name: LEARNING, ...data }, update: data });
}

/** One law of a shop, as it was last written; only some of its tables where they are named. */
export async function loadLaw(
  tx: ShopTx,
  { shopId, spec, pool, tables }: { shopId: string; spec: LawSpec; pool: LawState | null; tables?: string[] },
): Promise<LawState> {
  if (tables) return fromRows(spec, await readTables(tx, { shopId, law: spec.name, tables }), pool);
  const [hazards, factors] = [await readHazards(tx, shopId, spec.name), await readFactors(tx, shopId, spec.name)];
  return fromRows(spec, { hazards, factors }, pool);
}

async function readTables(
  tx: ShopTx,
  { shopId, law, tables }: { shopId: string; law: string; tables: string[] },
): Promise<LawRows> {
  const where = { shopId, law };
  return {
    hazards: await tx.hazardRow.findMany({ where: { ...where, level: { in: tables } } }),
    factors: await tx.factorRow.findMany({ where: { ...where, kind: { in: tables } } }),
  };
}

/** Rows that one text brings: read value by value, a large shop's law would take longer than its night. */
const PAGE = 20_000;

async function readHazards(tx: ShopTx, shopId: string, law: string): Promise<HazardRow[]> {
  const rows: HazardRow[] = [];
  for (let page = PAGE; page === PAGE;) {
    const last = rows.at(-1);
    const [read] = await tx.$queryRaw<{ rows: string | null }[]>`
      SELECT json_agg(json_build_array(r.level, r.key, encode(r.counts, 'base64'), r.as_of))::text AS rows FROM (
        SELECT level, key, counts, as_of FROM hazard_row WHERE shop_id = ${shopId} AND law = ${law}
          AND (level, key) > (${last?.level ?? ""}, ${last?.key ?? ""}) ORDER BY level, key LIMIT ${PAGE}::int) r`;
    const found = JSON.parse(read?.rows ?? "[]") as [string, string, string, Day][];
    for (const [level, key, counts, asOf] of found)
      rows.push({ level, key, counts: Buffer.from(counts, "base64"), asOf });
    page = found.length;
  }
  return rows;
}

async function readFactors(tx: ShopTx, shopId: string, law: string): Promise<FactorRow[]> {
  const rows: FactorRow[] = [];
  for (let page = PAGE; page === PAGE;) {
    const last = rows.at(-1);
    const [read] = await tx.$queryRaw<{ rows: string | null }[]>`
      SELECT json_agg(json_build_array(r.kind, r.key, r.observed, r.expected, r.as_of))::text AS rows FROM (
        SELECT kind, key, observed, expected, as_of FROM factor_row WHERE shop_id = ${shopId} AND law = ${law}
          AND (kind, key) > (${last?.kind ?? ""}, ${last?.key ?? ""}) ORDER BY kind, key LIMIT ${PAGE}::int) r`;
    const found = JSON.parse(read?.rows ?? "[]") as [string, string, number, number, Day][];
    for (const [kind, key, observed, expected, asOf] of found) rows.push({ kind, key, observed, expected, asOf });
    page = found.length;
  }
  return rows;
}

/** Rows in one statement. */
const STEP = 5_000;

/** Writes the rows that a night has changed: one text for many, as they are read. */
export async function saveLaw(
  tx: ShopTx,
  { shopId, law, rows }: { shopId: string; law: string; rows: LawRows },
): Promise<void> {
  for (const part of stepsOf(rows.hazards)) {
    const records = part.map(({ counts, ...row }) => ({ ...row, counts: Buffer.from(counts).toString("base64") }));
    await tx.$executeRaw`
      INSERT INTO hazard_row (shop_id, law, level, key, counts, as_of)
      SELECT ${shopId}, ${law}, u.level, u.key, decode(u.counts, 'base64'), u."asOf"
      FROM json_to_recordset(convert_from(${bytesOf(JSON.stringify(records))}, 'UTF8')::json)
        AS u (level text, key text, counts text, "asOf" int)
      ORDER BY u.level, u.key
      ON CONFLICT (shop_id, law, level, key) DO UPDATE SET counts = excluded.counts, as_of = excluded.as_of`;
  }
  for (const part of stepsOf(rows.factors)) {
    await tx.$executeRaw`
      INSERT INTO factor_row (shop_id, law, kind, key, observed, expected, as_of)
      SELECT ${shopId}, ${law}, u.kind, u.key, u.observed, u.expected, u."asOf"
      FROM json_to_recordset(convert_from(${bytesOf(JSON.stringify(part))}, 'UTF8')::json)
        AS u (kind text, key text, observed float8, expected float8, "asOf" int)
      ORDER BY u.kind, u.key
      ON CONFLICT (shop_id, law, kind, key) DO UPDATE SET observed = excluded.observed,
        expected = excluded.expected, as_of = excluded.as_of`;
  }
}

/** Counts that nothing was added to for so long have decayed to nothing: four half-lives of the slowest. */
const FORGOTTEN_AFTER_DAYS = 720;

/** Deletes what has not been added to for two years. */
export async function forgetRows(tx: ShopTx, shopId: string, day: Day): Promise<void> {
  const asOf = { lt: day - FORGOTTEN_AFTER_DAYS };
  await tx.hazardRow.deleteMany({ where: { shopId, asOf } });
  await tx.factorRow.deleteMany({ where: { shopId, asOf } });
}

function stepsOf<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / STEP) }, (_, step) => rows.slice(step * STEP, (step + 1) * STEP));
}
