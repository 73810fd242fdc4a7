import { type Prisma, PrismaClient } from "#app/generated/prisma/client.ts";
import { SequentialPg } from "./sequential-pg.server.ts";

/** A transaction that sees one shop's rows and nothing else. */
export type ShopTx = Prisma.TransactionClient & { readonly __shop?: never };

/** A transaction without a shop: row-level security hides every tenant row; only the named cross-shop functions work. */
export type SweepTx = Prisma.TransactionClient & { readonly __sweep?: never };

export type Tx = Prisma.TransactionClient;

export interface TransactionOptions {
  /** Milliseconds the whole transaction may take; 15,000 by default. */
  timeout?: number;
}

const DEFAULT_TIMEOUT = 15_000;
/** How long a request may wait for a connection of the pool. */
const MAX_WAIT = 5_000;

/**
 * The only door to PostgreSQL. Every connection runs as the role `doorstep_app`, which owns nothing and is subject to
 * row-level security: a query that forgets its shop finds no rows instead of another shop's.
 */
export class Database {
  readonly #client: PrismaClient;

  constructor(options: { url: string; poolSize?: number }) {
    const adapter = new SequentialPg({
      connectionString: options.url,
      max: options.poolSize ?? 10,
      options: "-c role=doorstep_app -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000",
      application_name: "doorstep",
      connectionTimeoutMillis: MAX_WAIT,
    });
    this.#client = new PrismaClient({ adapter });
  }

  /** Runs the work in one transaction in which exactly this shop's rows exist. */
  forShop<T>(shopId: string, work: (tx: ShopTx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.shop_id', ${shopId}, true)`;
      return work(tx);
    }, options);
  }

  /** For sweeps across shops: call one of the named SQL functions, which return only (shop_id, id) pairs. */
  acrossShops<T>(work: (tx: SweepTx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#transaction(work, options);
  }

  /**
   * One call of a named function across shops, in a transaction that begins and ends on the server: whatever happens to
   * this process, no lock outlives the call.
   */
  once<Row>(statement: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return this.#client.$queryRaw<Row[]>(statement, ...values);
  }

  /** @throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.#client.$queryRaw`SELECT 1`;
  }

  async close(): Promise<void> {
    await this.#client.$disconnect();
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T> {
    return this.#client.$transaction(work, { timeout: options.timeout ?? DEFAULT_TIMEOUT, maxWait: MAX_WAIT });
  }
}
