/** What one process remembers of shops for a while, so that it is not read at every turn. Bounded. */
export class FreshPages<Page> {
  readonly #pages = new Map<string, { readAt: number; page: Page }>();
  readonly #freshFor: number;
  readonly #most: number;

  /** `freshFor` in milliseconds; `most` shops are remembered at once, the one read longest ago gives way. */
  constructor({ freshFor, most }: { freshFor: number; most: number }) {
    this.#freshFor = freshFor;
    this.#most = most;
  }

  async of(shopId: string, now: Date, read: () => Promise<Page>): Promise<Page> {
    const known = this.#pages.get(shopId);
    if (known && Math.abs(now.getTime() - known.readAt) < this.#freshFor) return known.page;
    const page = await read();
    this.#pages.delete(shopId);
    const oldest = this.#pages.keys().next();
    if (this.#pages.size >= this.#most && !oldest.done) this.#pages.delete(oldest.value);
    this.#pages.set(shopId, { readAt: now.getTime(), page });
    return page;
  }
}
