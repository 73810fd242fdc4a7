import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { ClusterFiles } from "./cluster-files.ts";
import { processStartTime, processState } from "./process-state.ts";

let claims = 0;

const ownerSchema = z.object({ pid: z.number().int(), startTime: z.string().nullable() });

/**
 * Makes this process the one that stops the server, unless another living process already is. Returns whether it is ours.
 * The file appears whole and exclusively, so that of two processes starting together only one becomes the owner.
 */
export function claimCluster(files: ClusterFiles): boolean {
  const draft = `${files.owner}.${process.pid}-${claims++}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) }));
  try {
    return linkExclusively(draft, files);
  } finally {
    rmSync(draft, { force: true });
  }
}

function linkExclusively(draft: string, files: ClusterFiles): boolean {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      linkSync(draft, files.owner);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (hasLivingOwner(files)) return false;
    rmSync(files.owner, { force: true });
  }
  return false;
}

export function releaseCluster(files: ClusterFiles): void {
  rmSync(files.owner, { force: true });
}

/** Whether the process that claimed the cluster still lives; a number given to a new process does not count. */
export function hasLivingOwner(files: Pick<ClusterFiles, "owner">): boolean {
  const owner = readOwner(files.owner);
  if (owner === null || processState(owner.pid) !== "running") return false;
  return owner.startTime === null || owner.startTime === processStartTime(owner.pid);
}

function readOwner(file: string): z.infer<typeof ownerSchema> | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null; // Missing, or cut off by a kill: nobody's.
  }
}
