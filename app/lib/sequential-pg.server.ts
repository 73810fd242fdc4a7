import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlQuery, Transaction } from "@prisma/driver-adapter-utils";

/**
 * Prisma asks for several relations of a row all at once, in a transaction over its one connection. A connection takes
 * one statement at a time: pg keeps the others waiting, warns of it, and will refuse them from version 9 on. So in a
 * transaction statements follow each other, in the order in which they were asked for.
 */
export class SequentialPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => inSequence(await start(isolationLevel));
    return adapter;
  }
}

function inSequence(tx: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  const afterLast = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
  const [query, execute] = [tx.queryRaw.bind(tx), tx.executeRaw.bind(tx)];
  return Object.assign(tx, {
    queryRaw: (statement: SqlQuery) => afterLast(() => query(statement)),
    executeRaw: (statement: SqlQuery) => afterLast(() => execute(statement)),
  });
}
