import { chownSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The user that PostgreSQL must run as; null means: the one who runs this process. */
export type ServerUser = { readonly uid: number; readonly gid: number } | null;

/** PostgreSQL refuses to run as root. 65534 is "nobody" on every Linux; numeric, because slim images lack the name. */
const NOBODY = { uid: 65534, gid: 65534 } as const;

export function chooseServerUser(): ServerUser {
  return process.getuid?.() === 0 ? NOBODY : null;
}

/**
 * Whether `user` may pass through every existing folder on the way to `target` (a project under root's home is 0700).
 * Access lists are not looked at; the server's own start is the last word.
 */
export function canTraverse(target: string, user: ServerUser): boolean {
  if (user === null) return true;
  let current = path.resolve(target);
  while (current !== path.dirname(current)) {
    current = path.dirname(current);
    const stats = statSync(current, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    const bit = stats.uid === user.uid ? 0o100 : stats.gid === user.gid ? 0o010 : 0o001;
    if ((stats.mode & bit) === 0) return false;
  }
  return true;
}

/** A temporary folder that `user` can reach: TMPDIR may itself be private to this user. */
export function reachableTempDir(user: ServerUser): string {
  const candidates = [tmpdir(), "/var/tmp", "/tmp"];
  return candidates.find((folder) => canTraverse(path.join(folder, "x"), user)) ?? tmpdir();
}

/** Creates a folder only its owner can read, and gives it to `user`: what PostgreSQL demands of its data directory. */
export function createPrivateDir(folder: string, user: ServerUser): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user !== null) chownSync(folder, user.uid, user.gid);
}

/** Options for `spawn`: the server's user, and a working folder that exists for everybody. */
export function spawnAs(user: ServerUser): { cwd: string; uid?: number; gid?: number } {
  const cwd = path.parse(process.cwd()).root;
  return user === null ? { cwd } : { cwd, ...user };
}
