import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { filesIn, TEMPORARY_PREFIX } from "./cluster-files.ts";
import { hasLivingOwner } from "./cluster-owner.ts";
import { looksLikePostgres, processState } from "./process-state.ts";
import { stopServer } from "./run-server.ts";
import { chooseServerUser, reachableTempDir } from "./server-user.ts";

/** A folder younger than this may belong to a launcher that has not written its name into it yet. */
const GRACE_MS = 60_000;

/**
 * Stops and removes the temporary clusters whose test run was killed, so that neither processes nor folders pile up.
 * Returns the folders that were removed.
 */
export async function removeOrphanedClusters(folder = reachableTempDir(chooseServerUser())): Promise<string[]> {
  const removed: string[] = [];
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(TEMPORARY_PREFIX))) {
    const root = path.join(folder, name);
    if (isOrphaned(root)) {
      await removeCluster(root);
      removed.push(root);
    }
  }
  return removed;
}

function isOrphaned(root: string): boolean {
  const stats = statSync(root, { throwIfNoEntry: false });
  if (stats === undefined || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
  const files = filesIn(root);
  return existsSync(files.owner) ? !hasLivingOwner(files) : Date.now() - stats.mtimeMs > GRACE_MS;
}

async function removeCluster(root: string): Promise<void> {
  const pidFile = path.join(filesIn(root).data, "postmaster.pid");
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8").split("\n")[0]) : 0;
  if (pid > 0 && processState(pid) === "running" && looksLikePostgres(pid)) await stopServer(pid);
  // Two runs may start at once and remove the same one.
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}
