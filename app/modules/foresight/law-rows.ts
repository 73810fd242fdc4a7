import { BIN_COUNT } from "./age-bins.ts";
import type { Day } from "./civil-day.ts";
import { type Cell, emptyLaw, type LawSpec, type LawState, type Ratio } from "./law.ts";
import { addCell, addToRatio, emptyCell, entry, halfLifeOf, isTableOf, newMap } from "./night-sums.ts";

/**
 * A row of the hazard table: `level` is `view.level`. `counts` holds events and exposure of each bin in turn as 32-bit
 * floats (little-endian), as far as the last bin that has any: one row to a key makes a night a hundred times cheaper to
 * write than one to a bin.
 */
export interface HazardRow {
  level: string;
  key: string;
  counts: Uint8Array;
  asOf: Day;
}

/** A row of the factor table: `kind` is `view.factor`. */
export interface FactorRow {
  kind: string;
  key: string;
  observed: number;
  expected: number;
  asOf: Day;
}

export interface LawRows {
  hazards: HazardRow[];
  factors: FactorRow[];
}

/** What has decayed below this many events and days of exposure is forgotten. */
const FORGOTTEN = 0.01;

/** The state as flat rows, those that changed after `since` only when it is given: what a night upserts. */
export function toRows(state: LawState, since?: Day): LawRows {
  const rows: LawRows = { hazards: [], factors: [] };
  const isNew = (asOf: Day): boolean => since === undefined || asOf > since;
  for (const [level, cells] of state.cells)
    for (const [key, { asOf, events, exposure }] of cells) {
      if (isNew(asOf)) rows.hazards.push({ level, key, counts: packCounts(events, exposure), asOf });
    }
  for (const [kind, ratios] of state.ratios)
    for (const [key, { asOf, observed, expected }] of ratios)
      if (isNew(asOf)) rows.factors.push({ kind, key, observed, expected, asOf });
  return rows;
}

/** Reads rows back; rows of tables that the law no longer has are left out, rows of the same key add up. */
export function fromRows(spec: LawSpec, rows: LawRows, pool: LawState | null = null): LawState {
  const state = emptyLaw(spec, pool);
  const tables = new Map<string, boolean>();
  const isKnown = (table: string): boolean => entry(tables, table, () => isTableOf(state, table));
  for (const { level, key, counts, asOf } of rows.hazards) {
    if (!isKnown(level)) continue;
    const [cells, cell] = [entry(state.cells, level, newMap<Cell>), unpackCounts(counts, asOf)];
    const same = cells.get(key);
    if (same) addCell(same, cell, spec.halfLife);
    else cells.set(key, cell);
  }
  for (const { kind, key, observed, expected, asOf } of rows.factors) {
    if (!isKnown(kind)) continue;
    const [ratios, ratio] = [entry(state.ratios, kind, newMap<Ratio>), { asOf, observed, expected }];
    const same = ratios.get(key);
    if (same) addToRatio(same, ratio, halfLifeOf(state, kind));
    else ratios.set(key, ratio);
  }
  return state;
}

/**
 * Adds another state to this one: shards of a shop, or shops to the pool. Counts of different days decay to the later one;
 * the sum does not depend on the order.
 */
export function mergeInto(state: LawState, other: LawState): void {
  for (const [table, cells] of other.cells)
    for (const [key, cell] of cells) addCell(cellOf(state, table, key, cell.asOf), cell, state.spec.halfLife);
  for (const [table, ratios] of other.ratios)
    for (const [key, ratio] of ratios)
      addToRatio(ratioOf(state, table, key, ratio.asOf), ratio, halfLifeOf(state, table));
}

/** Forgets rows whose counts have decayed to nothing by `day`; returns how many. */
export function forgetOld(state: LawState, day: Day): number {
  let forgotten = 0;
  for (const cells of state.cells.values())
    for (const [key, { asOf, events, exposure }] of cells) {
      const keep = 0.5 ** ((day - asOf) / state.spec.halfLife);
      const largest = Math.max(...events, ...exposure) * keep;
      if (largest < FORGOTTEN && cells.delete(key)) forgotten += 1;
    }
  for (const [table, ratios] of state.ratios)
    for (const [key, { asOf, observed, expected }] of ratios) {
      const keep = 0.5 ** ((day - asOf) / halfLifeOf(state, table));
      if (Math.max(observed, expected) * keep < FORGOTTEN && ratios.delete(key)) forgotten += 1;
    }
  return forgotten;
}

const BYTES = 4;

function packCounts(events: Float64Array, exposure: Float64Array): Uint8Array {
  let bins = BIN_COUNT;
  while (bins > 0 && (events[bins - 1] ?? 0) === 0 && (exposure[bins - 1] ?? 0) === 0) bins -= 1;
  const view = new DataView(new ArrayBuffer(bins * 2 * BYTES));
  for (let bin = 0; bin < bins; bin += 1) {
    view.setFloat32(bin * 2 * BYTES, events[bin] ?? 0, true);
    view.setFloat32((bin * 2 + 1) * BYTES, exposure[bin] ?? 0, true);
  }
  return new Uint8Array(view.buffer);
}

function unpackCounts(counts: Uint8Array, asOf: Day): Cell {
  const cell = emptyCell(asOf);
  const view = new DataView(counts.buffer, counts.byteOffset, counts.byteLength);
  const bins = Math.min(BIN_COUNT, Math.floor(counts.byteLength / (2 * BYTES)));
  for (let bin = 0; bin < bins; bin += 1) {
    cell.events[bin] = view.getFloat32(bin * 2 * BYTES, true);
    cell.exposure[bin] = view.getFloat32((bin * 2 + 1) * BYTES, true);
  }
  return cell;
}

const cellOf = (state: LawState, table: string, key: string, asOf: Day): Cell =>
  entry(entry(state.cells, table, newMap<Cell>), key, () => emptyCell(asOf));

const ratioOf = (state: LawState, table: string, key: string, asOf: Day): Ratio =>
  entry(entry(state.ratios, table, newMap<Ratio>), key, () => ({ asOf, observed: 0, expected: 0 }));
