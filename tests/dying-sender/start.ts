import { flushCompileCache } from "node:module";
import { Database } from "#app/lib/db.server.ts";
import type { CrashPoint, Fate } from "./crash-points.ts";
import { sendQueued } from "./send-queued.ts";

/** A worker with the real send path that dies, without a word, where it is told to; then somebody else takes over. */
const fate = JSON.parse(process.argv[2] ?? "") as Fate;
// Whoever is killed keeps nothing for the next one at its end, and the next one starts twice as fast with it.
flushCompileCache();
const db = new Database({ url: fate.databaseUrl, poolSize: 3 });
let passed = 0;

function reach(point: CrashPoint): void {
  if (point !== fate.point) return;
  passed += 1;
  if (passed === fate.pass) process.kill(process.pid, "SIGKILL");
}

await sendQueued({ db, ...fate }, reach);
await db.close();
