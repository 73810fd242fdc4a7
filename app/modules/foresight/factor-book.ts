/**
 * What was read of a factor's keys. A key can lie in two groups, as a postcode in two regions, and its value asks for both;
 * nearly all lie in one, so that the group is part of the name of the others only.
 */
export class FactorBook<Value> {
  readonly #first = new Map<string, { group: string | null; value: Value }>();
  readonly #others = new Map<string, Value>();

  get(key: string, group: string | null): Value | undefined {
    const known = this.#first.get(key);
    if (known === undefined || known.group === group) return known?.value;
    return this.#others.get(nameOf(key, group));
  }

  set(key: string, group: string | null, value: Value): void {
    if (this.#first.has(key)) this.#others.set(nameOf(key, group), value);
    else this.#first.set(key, { group, value });
  }

  clear(): void {
    this.#first.clear();
    this.#others.clear();
  }
}

const nameOf = (key: string, group: string | null): string => `${key}\n${group ?? ""}`;
