import { watch } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "#app/build.ts";
import { errorMessage } from "#app/lib/errors.ts";
import type { AppProcess } from "./app-processes.ts";

/** Editors save in several steps. */
const SETTLE_MS = 300;

export interface RebuildOptions {
  project: string;
  processes: readonly AppProcess[];
  print(line: string): void;
}

/**
 * Development: builds anew when a file of the app changes and restarts its processes; a build that fails says why and
 * leaves the old ones running. Returns a function that ends it.
 */
export function rebuildOnChange({ project, processes, print }: RebuildOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  let building = false;
  const rebuild = async () => {
    if (building) return schedule();
    building = true;
    try {
      if ((await buildIfStale()) === "built") {
        await Promise.all(processes.map((one) => one.reload()));
        print("Rebuilt and restarted.");
      }
    } catch (error) {
      print(errorMessage(error));
    } finally {
      building = false;
    }
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void rebuild(), SETTLE_MS);
  };
  const watcher = watch(join(project, "app"), { recursive: true }, (_event, name) => {
    if (name !== null && !name.startsWith("generated")) schedule();
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
