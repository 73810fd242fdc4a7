import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import path from "node:path";
import { z } from "zod";

const reportSchema = z.object({ ownerUrl: z.string(), port: z.number(), pid: z.number(), owned: z.boolean() });

export interface SpawnedLauncher {
  readonly process: ChildProcess;
  readonly report: z.infer<typeof reportSchema>;
  /** Ends the launcher the hard way, as a crash or `kill -9` does, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Runs `startPostgres` in a process of its own. */
export async function spawnLauncher(options: { dataDir?: string; temporary?: boolean }): Promise<SpawnedLauncher> {
  const script = path.join(import.meta.dirname, "launch-and-wait.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return {
    process: child,
    report: reportSchema.parse(JSON.parse(line)),
    async kill() {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}
