import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BenchResult } from "./bench.ts";
import { openBenchDatabase } from "./bench-database.ts";
import { importBundled } from "./bundle-bench.ts";

/** Of what rendering alone would make in the same time: the rest is the ledger, the request and the answer. */
const LEAST_SHARE = 0.3;

/** What sending costs the worker, beside rendering alone: the provider and the database have processes of their own. */
export async function run(): Promise<BenchResult> {
  const [database, { sendMails }, { renderMails }] = [
    await openBenchDatabase(),
    await importBundled<typeof import("./send-mails.ts")>("send-mails"),
    await importBundled<typeof import("./render-mails.ts")>("render-mails"),
  ];
  const provider = fork(fileURLToPath(new URL("resend-server.ts", import.meta.url)));
  try {
    const [{ port }] = (await once(provider, "message")) as [{ port: number }];
    const sending = await sendMails({ url: database.url, providerUrl: `http://127.0.0.1:${port}` });
    const rendering = await renderMails();
    return {
      name: "notify: sending",
      rows: [...sending.rows, ...rendering.rows.slice(0, 1)],
      ratio: {
        label: "claim to answer / rendering alone",
        value: sending.mailsPerSecond / rendering.mailsPerSecond,
        limit: LEAST_SHARE,
        better: "higher",
      },
    };
  } finally {
    provider.disconnect();
    await database.close();
  }
}
