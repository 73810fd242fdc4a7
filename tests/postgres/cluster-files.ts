import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chownSync } from "node:fs";
import path from "node:path";
import { executable, type PostgresBinaries } from "./find-binaries.ts";
import { PostgresUnavailableError } from "./postgres-errors.ts";
import { canTraverse, createPrivateDir, reachableTempDir, spawnAs, type ServerUser } from "./server-user.ts";

/** The bootstrap superuser: owns the databases, runs migrations. */
export const OWNER_ROLE = "doorstep_owner";

/** What stands beside one cluster's data. */
export interface ClusterFiles {
  readonly root: string;
  /** PostgreSQL's own data directory; everything else belongs to the launcher. */
  readonly data: string;
  readonly password: string;
  readonly port: string;
  readonly log: string;
  readonly owner: string;
}

export const TEMPORARY_PREFIX = "doorstep-temporary-postgres-";

/**
 * Names the files of a cluster below `dataDir`, or below a temporary folder when the server's user cannot get there
 * (the project lies below root's home). The replacement's name depends on `dataDir` alone, so that data is found again.
 */
export function locateCluster(dataDir: string | null, user: ServerUser): ClusterFiles {
  if (dataDir === null) {
    const root = mkdtempSync(path.join(reachableTempDir(user), TEMPORARY_PREFIX));
    chmodSync(root, 0o755);
    return filesIn(root);
  }
  const wanted = path.resolve(dataDir);
  const reachable = canTraverse(path.join(wanted, "data"), user);
  const root = reachable ? wanted : path.join(reachableTempDir(user), `doorstep-${hash(wanted)}-postgres`);
  mkdirSync(root, { recursive: true, mode: 0o755 });
  if (!canTraverse(path.join(root, "data"), user)) chmodSync(root, 0o755);
  return filesIn(root);
}

export function filesIn(root: string): ClusterFiles {
  const file = (name: string) => path.join(root, name);
  return {
    root,
    data: file("data"),
    password: file("password"),
    port: file("port"),
    log: file("server.log"),
    owner: file("owner.json"),
  };
}

/**
 * Creates the cluster unless it is there, and returns the owner's password. A cluster whose creation was interrupted
 * has no password file yet; it holds nothing and is made again.
 * @throws PostgresUnavailableError when initdb fails, or another major version of PostgreSQL wrote the data
 */
export function ensureCluster(files: ClusterFiles, binaries: PostgresBinaries, user: ServerUser): string {
  if (!existsSync(files.password)) createCluster(files, binaries, user);
  const version = Number(readFileSync(path.join(files.data, "PG_VERSION"), "utf8"));
  if (version !== binaries.majorVersion) {
    throw new PostgresUnavailableError(
      `${files.root} was written by PostgreSQL ${version}, but PostgreSQL ${binaries.majorVersion} was found ` +
        `(${binaries.binDir}). Remove the folder to start afresh, or bring back version ${version}.`,
    );
  }
  return readFileSync(files.password, "utf8");
}

function createCluster(files: ClusterFiles, binaries: PostgresBinaries, user: ServerUser): void {
  rmSync(files.data, { recursive: true, force: true });
  createPrivateDir(files.data, user);
  const password = randomBytes(24).toString("base64url");
  // initdb reads the password as the server's user, who must not be able to read ours.
  const passwordDir = mkdtempSync(path.join(files.root, "initdb-"));
  const passwordFile = path.join(passwordDir, "password");
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user !== null) for (const entry of [passwordDir, passwordFile]) chownSync(entry, user.uid, user.gid);
    runInitdb(files, { binaries, user, passwordFile });
  } finally {
    rmSync(passwordDir, { recursive: true, force: true });
  }
  // Written last: its presence says that the cluster is complete.
  writeFileSync(files.password, password, { mode: 0o600 });
}

function runInitdb(
  files: ClusterFiles,
  context: { binaries: PostgresBinaries; user: ServerUser; passwordFile: string },
): void {
  const options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"];
  const result = spawnSync(
    executable(context.binaries.binDir, "initdb"),
    [`--pgdata=${files.data}`, `--username=${OWNER_ROLE}`, `--pwfile=${context.passwordFile}`, ...options],
    { ...spawnAs(context.user), encoding: "utf8" },
  );
  if (result.status === 0) return;
  const reason = result.error?.message ?? result.stderr.trim();
  throw new PostgresUnavailableError(`initdb could not create the database cluster in ${files.data}: ${reason}`);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
