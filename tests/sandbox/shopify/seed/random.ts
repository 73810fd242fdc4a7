/** Small repeatable generator (mulberry32): the same seed gives the same shop on every machine. */
export interface Random {
  next(): number;
  integer(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  digits(count: number): string;
  letters(count: number): string;
}

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[integer(0, list.length - 1)];
    if (chosen === undefined) throw new Error("cannot pick from an empty list");
    return chosen;
  };
  const digits = (count: number): string => Array.from({ length: count }, () => integer(0, 9)).join("");
  const letters = (count: number): string => Array.from({ length: count }, () => pick([...LETTERS])).join("");
  return { next, integer, pick, digits, letters };
}
