/** Shop ids by domain, the most recently used ones: saves a look-up per webhook. Bounded. */
export class ShopDirectory {
  readonly #ids = new Map<string, string>();
  readonly #size: number;

  constructor(size = 10_000) {
    this.#size = size;
  }

  get(domain: string): string | undefined {
    const id = this.#ids.get(domain);
    if (id === undefined) return undefined;
    // Moves it to the young end.
    this.#ids.delete(domain);
    this.#ids.set(domain, id);
    return id;
  }

  set(domain: string, shopId: string): void {
    this.#ids.delete(domain);
    this.#ids.set(domain, shopId);
    const oldest = this.#ids.keys().next();
    if (this.#ids.size > this.#size && !oldest.done) this.#ids.delete(oldest.value);
  }

  /** After a shop was deleted its domain gets a new id, should it ever come back. */
  forget(domain: string): void {
    this.#ids.delete(domain);
  }
}
