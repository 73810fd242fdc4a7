import { Pool } from "undici";
import { systemClock } from "#app/lib/clock.ts";
import { SECRET } from "#tests/modules/shops/edge-services.ts";
import { BROWSER, sessionToken } from "#tests/routes/admin-requests.ts";
import { signProxyQuery } from "#tests/sandbox/storefront/app-proxy.ts";
import { percentile } from "./figures.ts";

const WARM_UP = 10;
const REQUESTS = 60;

export interface PageAddress {
  /** Who asks: the framed admin, a shopper through Shopify's proxy, or anybody. */
  kind: "admin" | "proxy" | "open";
  path: string;
  /** A piece of text that the right answer holds. */
  holds: string;
}

/** Milliseconds from the request to the last byte of the answer. */
export interface PageTimes {
  p50: number;
  p95: number;
}

/** Asks a web process for pages, one after the other on one connection. Tokens and signatures are made before the clock runs. */
export class PageReader {
  readonly #pool: Pool;
  readonly #domain: string;

  constructor(base: string, domain: string) {
    this.#pool = new Pool(base, { connections: 1, pipelining: 1 });
    this.#domain = domain;
  }

  async time(addressOf: (index: number) => PageAddress): Promise<PageTimes> {
    const times: number[] = [];
    for (let index = -WARM_UP; index < REQUESTS; index += 1) {
      const took = await this.#read(addressOf(index + WARM_UP));
      if (index >= 0) times.push(took);
    }
    return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #read(address: PageAddress): Promise<number> {
    const request = await this.#prepare(address);
    const started = performance.now();
    const answer = await this.#pool.request({ method: "GET", ...request });
    const text = await answer.body.text();
    const took = performance.now() - started;
    if (answer.statusCode !== 200 || !text.includes(address.holds)) {
      throw new Error(`${address.path} was answered ${answer.statusCode}: ${text.slice(0, 300)}`);
    }
    return took;
  }

  async #prepare({ kind, path }: PageAddress): Promise<{ path: string; headers: Record<string, string> }> {
    const headers = { "user-agent": BROWSER };
    switch (kind) {
      case "open":
        return { path, headers };
      case "admin":
        return { path, headers: { ...headers, authorization: `Bearer ${await sessionToken(this.#domain)}` } };
      case "proxy": {
        const nowSeconds = Math.floor(systemClock.now().getTime() / 1_000);
        const visit = { shop: this.#domain, pathPrefix: "/apps/doorstep", customerId: "", nowSeconds };
        return { path: `${path}?${signProxyQuery(new URLSearchParams(), { ...visit, secret: SECRET })}`, headers };
      }
    }
  }
}
