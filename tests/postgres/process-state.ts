import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export type ProcessState = "gone" | "zombie" | "running";

/**
 * A zombie has ended but was not collected (a container whose first process does not reap): signals still reach its
 * number, so only /proc tells it apart from a living process.
 */
export function processState(pid: number): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "gone";
  }
  return readStat(pid)?.state === "Z" ? "zombie" : "running";
}

/** Start time in kernel ticks since boot; with the pid it names one process for ever. Null where /proc is missing. */
export function processStartTime(pid: number): string | null {
  return readStat(pid)?.startTime ?? null;
}

/** Whether the running process `pid` is a PostgreSQL server; true when it cannot be found out. */
export function looksLikePostgres(pid: number): boolean {
  const command = readCommand(pid);
  return command === null || /postgres|postmaster/.test(command);
}

function readStat(pid: number): { state: string; startTime: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name stands in brackets and may hold spaces and brackets; fields count from behind the last one.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state, startTime] = [fields[0], fields[19]];
    return state === undefined || startTime === undefined ? null : { state, startTime };
  } catch {
    return null;
  }
}

function readCommand(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    if (process.platform === "win32") return null;
    const ps = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return ps.status === 0 && ps.stdout.trim() !== "" ? ps.stdout : null;
  }
}
