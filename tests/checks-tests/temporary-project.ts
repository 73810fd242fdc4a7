import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A throw-away project on disk, so that a rule can be broken without touching the real tree. */
export async function temporaryProject(files: Readonly<Record<string, string>>): Promise<TemporaryProject> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), "doorstep-check-")));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

export interface TemporaryProject {
  root: string;
  remove(): Promise<void>;
}
